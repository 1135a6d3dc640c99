"""One file a step, each frozen once a release has it."""
