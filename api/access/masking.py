"""Views of documents without what is sensitive, and problems without what is anybody's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from api.access.sensitivity import CLASSES, SENSITIVE, class_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.problems import Problem

_HIDDEN = "…"

#: Tables that no person stands in; of them, and of files and sheets, a value may be told.
_OPEN_TABLES: Final = frozenset({"", "round", "villages", "units", "rules", "needs_by_type"})

#: Problems whose value is a heading, a sheet or a file: what whoever made the table wrote there, of no person.
_OF_THE_FORM: Final = frozenset(
    {
        "unknown_header", "duplicate_header", "unknown_item", "unknown_sheet", "duplicate_sheet", "missing_sheet",
        "missing_column", "ignored_column", "too_many_rows", "too_many_columns", "too_many_cells",
    }
)  # fmt: skip

#: Details that say what is allowed, not what was given.
_RULES: Final = frozenset(
    {
        "list", "ge", "gt", "le", "lt", "min_length", "max_length", "most", "target", "kind", "first", "first_row",
        "table", "known", "zh", "en",
    }
)  # fmt: skip


def shown(problem: Problem) -> dict[str, Any]:
    """Return a problem as data, where it stands and what is wrong, without what was given of a person."""
    is_form = problem.code in _OF_THE_FORM
    is_open = problem.table in _OPEN_TABLES and (
        problem.table not in CLASSES or not problem.field or class_of(problem.table, problem.field) == "open"
    )
    if is_form or is_open:
        return problem.document()
    details = {
        name: value
        for name, value in problem.details.items()
        if name in _RULES and not (name == "first" and isinstance(value, str))
    }
    return replace(problem, value=_HIDDEN if problem.value else "", details=details).document()


def all_shown(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as data, as :func:`shown` does."""
    return [shown(problem) for problem in problems]


def masked(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ``round/1`` document without its sensitive fields; it is for reading, and no round any more."""
    return {
        name: [_masked_row(name, row) for row in value]
        if name in CLASSES and isinstance(value, list)
        else value
        for name, value in document.items()
    }


def masked_edits(edits: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return edits without the sensitive values that they set."""
    return [_masked_edit(edit) for edit in edits]


def _masked_row(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if class_of(table, name) not in SENSITIVE}


def _masked_edit(edit: Mapping[str, Any]) -> dict[str, Any]:
    values = edit.get("values", {})
    if edit.get("op") == "baseline":
        rows = values.get("rows", [])
        return {**edit, "values": {"rows": [_masked_row("baseline", row) for row in rows]}}
    if edit.get("op") == "field":
        return {**edit, "values": masked(values)}
    return {**edit, "values": _masked_row(str(edit.get("table", "")), values)}
