"""Measured runs: each in a process of its own, watched, and recounted by the checker."""
