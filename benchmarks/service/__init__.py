"""Figures of the running service: how fast it answers under load, how soon queued runs end, what memory it takes."""
