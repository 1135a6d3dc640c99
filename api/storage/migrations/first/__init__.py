"""The tables of the first step, by what they are about."""
