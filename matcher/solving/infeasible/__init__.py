"""When no plan is possible: which rules conflict, which cheapest changes are proven to help, what works meanwhile."""
