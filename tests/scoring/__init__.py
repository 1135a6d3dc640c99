"""Score terms, each against its cases (cases/*.yaml)."""
