"""Runs: started, followed, stopped, repeated, and what came of them."""
