"""From ``round/1`` data to a round, collecting every problem on the way.

Each record is validated by itself, so that one bad row hides no other; what concerns several
records (:mod:`matcher.round.integrity`) is then looked at over the rows that stand.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from matcher import rulebook
from matcher.problems import MOST_PROBLEMS, InvalidInput, Problem, shortened
from matcher.round import integrity
from matcher.round.fields import RoundFields
from matcher.round.records import TABLES, Record, RuleOverride

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Errors of the validation library, as the codes that :mod:`matcher.words.problems` has sentences for.
_CODES = {
    "missing": "missing_field",
    "extra_forbidden": "unknown_field",
    "int_type": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "int_parsing": "not_a_whole_number",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "finite_number": "not_a_number",
    "string_type": "not_text",
    "bool_type": "not_yes_or_no",
    "bool_parsing": "not_yes_or_no",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "string_too_short": "blank",
    "string_too_long": "too_long",
    "literal_error": "not_one_of",
    "tuple_type": "not_a_list",
    "dict_type": "not_a_map",
    "model_type": "not_a_record",
    "string_unicode": "not_text",
    "invalid_key": "unknown_field",
}


def validated(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields and records of a round, or raise with everything that is wrong.

    Raises
    ------
    InvalidInput
        With every problem of the document; with the first ones where there are more than
        :data:`~matcher.problems.MOST_PROBLEMS`, which is said.
    """
    if not isinstance(document, dict):
        raise InvalidInput([Problem("not_a_round", "round", value=shortened(type(document).__name__))])
    problems: list[Problem] = []
    tables: dict[str, list[Record]] = {}
    standing: dict[str, list[int]] = {}
    for name, record_class in TABLES.items():
        tables[name], standing[name] = _records(name, record_class, document.get(name) or [], problems)
    fields = {key: value for key, value in document.items() if key not in TABLES and value is not None}
    problems += _own_problems(fields)
    problems += islice(integrity.record_errors(tables, standing, document), MOST_PROBLEMS - len(problems))
    _not_too_many(problems)
    problems += [
        replace(problem, row=standing["rules"][problem.row or 0])
        for problem in rulebook.problems([row for row in tables["rules"] if isinstance(row, RuleOverride)])
    ]
    if problems:
        raise InvalidInput(in_order(problems))
    return {**fields, **{name: tuple(rows) for name, rows in tables.items()}}


def _not_too_many(problems: list[Problem], table: str = "") -> None:
    """Stop where so many problems were found that more would tell nobody anything."""
    if len(problems) >= MOST_PROBLEMS:
        too_many = Problem("too_many_problems", table, details={"most": MOST_PROBLEMS})
        raise InvalidInput([*in_order(problems), too_many])


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return the problems by table, record and field, each once."""
    order = {name: i for i, name in enumerate(("round", *TABLES))}
    unique = {(p.code, p.table, p.row, p.field, p.value): p for p in problems}
    return sorted(
        unique.values(), key=lambda p: (order.get(p.table, -1), -1 if p.row is None else p.row, p.field)
    )


def _records(
    name: str, record_class: type[Record], rows: Any, problems: list[Problem]
) -> tuple[list[Record], list[int]]:
    """Validate the rows of one table; return those that stand, with their indices."""
    if not isinstance(rows, list | tuple):
        problems.append(Problem("not_a_list", "round", field=name, value=shortened(rows)))
        return [], []
    records, indices = [], []
    for index, row in enumerate(rows):
        try:
            records.append(
                row if isinstance(row, record_class) else record_class.model_validate(_filled(row))
            )
            indices.append(index)
        except ValidationError as error:
            problems.extend(problems_of(error, name, index))
            _not_too_many(problems, name)
    return records, indices


def _filled(row: Any) -> Any:
    """Leave out blank (null) fields, which mean the default."""
    return {k: v for k, v in row.items() if v is not None} if isinstance(row, dict) else row


def _own_problems(fields: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the round's own fields."""
    try:
        RoundFields.model_validate(fields)
    except ValidationError as error:
        yield from problems_of(error, "round", None)


def problems_of(error: ValidationError, table: str, row: int | None) -> Iterator[Problem]:
    """Yield the problems that the validation library found in one record."""
    for found in error.errors(include_url=False):
        yield problem_of(found, table, row)


def problem_of(found: Mapping[str, Any], table: str, row: int | None) -> Problem:
    """Return one finding of the validation library as a problem."""
    path = [str(part) for part in found["loc"] if part != "[key]"]
    context = dict(found.get("ctx", {}))
    code = _CODES.get(found["type"], found["type"])
    given = context.pop("value", None)
    value = "" if code == "missing_field" else shortened(given if given is not None else found["input"])
    details = {"message": found["msg"], **context}
    if len(path) > 1:
        details["inside"] = ".".join(path[1:])
    return Problem(code, table, row, path[0] if path else "", value, details)
