"""Tables as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table; what is missing is None, which JSON has."""
    return [
        {str(name): None if value is None or value != value else value for name, value in row.items()}  # noqa: PLR0124 - NaN
        for row in table.to_dict("records")
    ]
