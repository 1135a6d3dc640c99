"""The rule of retention: what was deleted is kept for its time, and then it is gone."""
