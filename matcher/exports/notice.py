"""公示: the public notice of a plan. It shows name, unit, post and village of everybody posted, and nothing else."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from matcher.exports.looks import Looks
from matcher.exports.material import Background, Material
from matcher.exports.roster_page import in_order
from matcher.words import notice as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.round import Round

_HEADERS = (words.NAME, words.UNIT, words.POST, words.VILLAGE)
_WIDTHS = (14, 40, 20, 30)
_A4 = 9


@dataclass(frozen=True, slots=True)
class Notice:
    """A public notice in one language.

    Attributes
    ----------
    rows
        Name, unit, post and village (of a captain the township) of everybody posted, by township and village.
    as_of
        The day that the workbook says it was made on: the round's own.
    """

    language: Language
    title: str
    rows: tuple[tuple[str, str, str, str], ...]
    as_of: date

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of the four columns."""
        return tuple(header.in_(self.language) for header in _HEADERS)

    @property
    def count(self) -> str:
        """How many are posted, as a sentence."""
        return words.COUNT.in_(self.language).format(count=len(self.rows))

    def document(self) -> dict[str, Any]:
        """Return it as data."""
        return {"title": self.title, "headers": list(self.headers), "rows": [list(row) for row in self.rows]}

    def text(self) -> str:
        """Return it as plain text, a line for each person, columns parted by tabs."""
        lines = [self.title, "", *("\t".join(row) for row in (self.headers, *self.rows)), "", self.count]
        return "\n".join(lines) + "\n"

    def html(self) -> str:
        """Return it as an HTML document that loads nothing from elsewhere."""
        title = html.escape(self.title)
        head = "".join(f"<th>{html.escape(header)}</th>" for header in self.headers)
        rows = "\n".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows
        )
        language = "zh-CN" if self.language == "zh" else "en"
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body>\n<h1>{title}</h1>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"
            f"<p>{html.escape(self.count)}</p>\n</body>\n</html>\n"
        )

    def workbook(self) -> bytes:
        """Return it as a workbook of one sheet; what begins like a formula stays text."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        created = datetime(self.as_of.year, self.as_of.month, self.as_of.day)
        book.set_properties({"title": self.title, "created": created})
        looks = Looks(book)
        sheet = book.add_worksheet(words.SHEET.in_(self.language))
        sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, "", looks.heading)
        sheet.write_string(0, 0, self.title, looks.heading)
        for column, (header, width) in enumerate(zip(self.headers, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, header, looks.header)
        for number, row in enumerate(self.rows, start=2):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, looks.text)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        book.close()
        return buffer.getvalue()


def notice_of(round_: Round, plan: Plan, language: Language = "zh", *, better: Sequence[Plan] = ()) -> Notice:
    """Return the public notice of a plan.

    Parameters
    ----------
    round_
        The round.
    plan
        The plan; it is checked first.
    language
        Of headers and posts; names of people, units and places stay as the round gives them.
    better
        The plans ranked before it, where it is not the first.

    Raises
    ------
    PlanRefused
        When the plan breaks a hard rule, as every partial plan does, or states a wrong figure.
    """
    material = Material.checked(Background.of(round_, language), plan, better=better)
    names, people = material.names, round_.facts.people
    rows = tuple(
        (
            people[post.cadre].record.name,
            people[post.cadre].unit.name,
            names.role(post.role),
            names.village_at(post.village) if post.village is not None else names.place_of(post),
        )
        for post in in_order(material)
    )
    title = words.TITLE.in_(language).format(name=round_.name or round_.region or round_.id)
    return Notice(language, title, rows, round_.as_of)
