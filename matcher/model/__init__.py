"""Models: a round as blocks and link rows, what need not be looked at, and their translation for CP-SAT."""
