"""What a cell's reader says when it can't read the cell."""

from __future__ import annotations

from typing import Any


class _Unreadable:
    """Stands in a record for a cell that could not be read: no field accepts it, so the record doesn't stand."""

    def __repr__(self) -> str:
        return "unreadable"


#: See :class:`_Unreadable`. A record that holds it still counts as existing for references.
UNREADABLE = _Unreadable()


class Wrong(Exception):
    """A cell that can't be read.

    Attributes
    ----------
    code
        What is wrong, as in :data:`matcher.words.problems.SENTENCES`.
    value
        The part of the cell that is at fault; "" for the whole cell.
    details
        What else the sentence needs.
    instead
        The value to go on with, so that one mistake doesn't lead to others.
    """

    def __init__(self, code: str, value: str = "", instead: Any = UNREADABLE, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.details = details
        self.instead = instead
