"""The looks of the exported workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.exports.page import Look

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_GRID = {"border": 1, "border_color": "#808080"}


class Looks:
    """The cell formats of one workbook, made once.

    Parameters
    ----------
    book
        The workbook.
    """

    def __init__(self, book: Any) -> None:
        def look(**properties: Any) -> Any:
            return book.add_format({**_FONT, **properties})

        self.heading = look(font_name="黑体", font_size=16, align="center")
        self.about = look(align="center", font_color="#404040")
        self.caption = look(font_name="黑体", font_size=11)
        self.label = look(bold=True, **_GRID, bg_color="#F2F2F2", text_wrap=True)
        self.value = look(**_GRID, num_format="@", align="left", text_wrap=True)
        self.header = look(bold=True, **_GRID, bg_color="#E7EEF7", align="center", text_wrap=True)
        self.note = look()
        #: Text stays text, whatever it begins with and whatever is typed over it.
        self.text = look(**_GRID, num_format="@", text_wrap=True)
        self._of: dict[Look, Any] = {
            "text": self.text,
            "middle": look(**_GRID, align="center", text_wrap=True),
            "whole": look(**_GRID, num_format="0_ "),
            "index": look(**_GRID, num_format="0.0000_ "),
            "amount": look(**_GRID, num_format="#,##0.##_ "),
        }

    def of(self, look: Look) -> Any:
        """Return the format of a column's cells."""
        return self._of[look]
