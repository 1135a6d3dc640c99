"""The looks of a written workbook."""

from __future__ import annotations

from typing import Any


class Styles:
    """The cell formats of one workbook, made once.

    Attributes
    ----------
    header, needed
        A header; the header of a column that every row must fill in.
    item
        The name of an item in the round's own sheet.
    text
        A cell that stays text whatever is typed: ids keep their zeros, 1985.10 its last one.
    plain
        A number.
    wrapped
        Help text.
    """

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF", "num_format": "@"}
        self.header = book.add_format({**head, "bg_color": "#DDEBF7"})
        self.needed = book.add_format({**head, "bg_color": "#DDEBF7", "font_color": "#C00000"})
        self.item = book.add_format({**head, "bg_color": "#F2F2F2"})
        self.text = book.add_format({"num_format": "@"})
        self.plain = book.add_format({})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
