"""Runs without HTTP: a queue, leases on runs, workers, and the processes that solve."""
