"""Pricing: the best team of one village at given prices, by a compiled dynamic program."""
