"""Tables as data."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table; what is missing is None, which JSON has."""
    return [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def is_missing(value: Any) -> bool:
    """Return whether a cell of a table has nothing in it."""
    return value is None or (isinstance(value, float) and isnan(value))
