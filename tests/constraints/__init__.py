"""Plan rules, each against its cases (cases/*.yaml)."""
