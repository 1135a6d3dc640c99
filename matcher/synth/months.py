"""Months and days counted backwards from a day."""

from __future__ import annotations

from datetime import date


def month_before(day: date, months: int) -> tuple[int, int]:
    """Return year and month ``months`` before the month of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return year, month + 1


def day_before(day: date, months: int, of_month: int = 1) -> str:
    """Return the ISO date on day ``of_month`` of the month that is ``months`` before that of ``day``."""
    year, month = month_before(day, months)
    return date(year, month, of_month).isoformat()


def birth_month(as_of: date, age: int, past: int) -> str:
    """Return the birth month of someone who turned ``age`` ``past`` months (0 to 11) before ``as_of``."""
    year, month = month_before(as_of, age * 12 + past)
    return f"{year}-{month:02d}"
