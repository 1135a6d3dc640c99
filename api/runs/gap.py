"""The gap between a score and its bound."""

from __future__ import annotations


def gap_of(score: int | None, bound: int | None) -> float | None:
    """Return by which share the bound is above the score; None where either is missing."""
    if score is None or bound is None:
        return None
    return (bound - score) / max(1, abs(score))
