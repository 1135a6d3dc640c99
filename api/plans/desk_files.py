"""What the desk makes of a plan for people outside: the public notice, the roster, the posts as a table."""

from __future__ import annotations

import base64
import csv
import io
from typing import TYPE_CHECKING, Any, Final

from api.plans.findings import Sayer
from api.problems import Refused
from matcher.exports import Names, Notice, PlanRefused, notice_of, roster_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.plans.desk_table import Table
    from matcher.codes import Language

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def public_notice(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the public notice of a plan in both languages, as data.

    Raises
    ------
    Refused
        With the code ``plan_not_publishable`` and what the checker found.
    """
    return {language: _notice(table, question, language).document() for language in _LANGUAGES}


def _notice(table: Table, question: Mapping[str, Any], language: Language) -> Notice:
    try:
        better = [table.plan(digest) for digest in question["better"]]
        return notice_of(
            table.round(question["round"]), table.plan(question["plan"]), language, better=better
        )
    except PlanRefused as refused:
        facts = table.round(question["round"]).facts
        found = Sayer(facts, is_masked=True).report(refused.report)
        raise Refused("plan_not_publishable", problems=[*found["broken"], *found["differences"]]) from None


def export(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file made of a plan, its bytes as base64: ``notice.txt`` and its like, ``roster.xlsx``, ``posts.csv``.

    Raises
    ------
    Refused
        With the code ``plan_not_publishable`` and what the checker found.
    """
    content = _FILES[question["file"]](table, question)
    return {"content": base64.b64encode(content).decode()}


def _roster(table: Table, question: Mapping[str, Any]) -> bytes:
    round_, plan = table.round(question["round"]), table.plan(question["plan"])
    better = [table.plan(digest) for digest in question["better"]]
    try:
        return roster_workbook(round_, plan, question["language"], better=better)
    except PlanRefused as refused:
        found = Sayer(round_.facts, is_masked=True).report(refused.report)
        raise Refused("plan_not_publishable", problems=[*found["broken"], *found["differences"]]) from None


def _posts(table: Table, question: Mapping[str, Any]) -> bytes:
    """Return the posts as CSV, ids with names, in UTF-8 with a mark for Excel."""
    names = Names(table.round(question["round"]).facts, question["language"])
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("cadre", "name", "unit", "role", "village", "county", "township", "place"))
    for post in table.plan(question["plan"]).posts:
        unit = names.facts.people[post.cadre].unit.name
        ids = (post.cadre, names.cadre(post.cadre), unit, post.role, post.village, post.county, post.township)
        rows.writerow([_plain(cell or "") for cell in (*ids, names.place_of(post))])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


_FILES: Final[Mapping[str, Callable[[Table, Mapping[str, Any]], bytes]]] = {
    "notice.txt": lambda table, asked: _notice(table, asked, asked["language"]).text().encode(),
    "notice.html": lambda table, asked: _notice(table, asked, asked["language"]).html().encode(),
    "notice.xlsx": lambda table, asked: _notice(table, asked, asked["language"]).workbook(),
    "roster.xlsx": _roster,
    "posts.csv": _posts,
    "plan.json": lambda table, asked: table.plan(asked["plan"]).json_text().encode(),
}
