"""Figures as people read them."""

from __future__ import annotations

import json
from typing import Any


def percent(share: float) -> str:
    """Return a share in percent; one that is not zero is never shown as zero."""
    shown = f"{100 * share:.2f}%"
    return "<0.01%" if share > 0 and shown == "0.00%" else shown


def index(value: float) -> str:
    """Return a village's index to its 4 decimals."""
    return f"{value:.4f}"


def parameter(value: Any) -> str:
    """Write a parameter: maps and lists without their brackets."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {parameter(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(parameter(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value)
