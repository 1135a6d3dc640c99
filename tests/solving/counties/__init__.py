"""Rounds of several counties, solved county by county."""
