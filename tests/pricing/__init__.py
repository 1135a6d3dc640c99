"""Pricing: the best team of one block at given prices, against the solver and against trying every team."""
