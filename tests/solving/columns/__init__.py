"""Solving with whole teams: prices, columns, plans out of them, and the proof that no plan is better."""
