"""Rounds as pandas DataFrames: one a table, every field a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from matcher.round.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.round.model import Round


def frames_of(round_: Round) -> dict[str, pd.DataFrame]:
    """Return the tables of ``round_``; shape (rows, fields) each, blanks are None."""
    result = {}
    for name, record_class in TABLES.items():
        rows = [row.model_dump(mode="json") for row in getattr(round_, name)]
        frame = pd.DataFrame(rows, columns=list(record_class.model_fields), dtype=object)
        result[name] = frame
    return result


def document_from(tables: Mapping[str, pd.DataFrame], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``round/1`` data from DataFrames and the round's own fields."""
    document: dict[str, Any] = {key: _plain(value) for key, value in fields.items()}
    for name, frame in tables.items():
        columns = [str(column) for column in frame.columns]
        document[name] = [
            {key: value for key, value in zip(columns, map(_plain, row), strict=True) if value is not None}
            for row in frame.itertuples(index=False, name=None)
        ]
    return document


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON data: numpy scalars unwrapped, timestamps as dates, NaN as None."""
    if isinstance(value, np.ndarray):
        return [_plain(item) for item in value.tolist()]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if np.isnan(value) else int(value) if value.is_integer() else value
    return value.date() if isinstance(value, pd.Timestamp) else value
