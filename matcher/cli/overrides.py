"""``--set``, ``--lock`` and ``--baseline``: a new round with other rules, decisions or plan in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from matcher.cli.inputs import read_plans
from matcher.cli.locks import lock_row
from matcher.cli.refusals import refuse
from matcher.codes import MODES
from matcher.problems import InvalidInput, Location, Problem
from matcher.tables.vocabulary import rule_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matcher.round import Round

Row = dict[str, Any]


def overridden(
    round_: Round, sets: Sequence[str] | None, locks: Sequence[str] | None, baseline: Path | None
) -> Round:
    """Return the round with what the options change.

    Raises
    ------
    Refused
        When an option is not written as it should be, or names nobody.
    InvalidInput
        When the changed round is not valid; each problem has the option as its place.
    """
    document, changes = round_.document(), {}
    origins: dict[tuple[str, int], str] = {}
    if sets:
        changes["rules"] = _rules(document.get("rules", []), sets, origins)
    if locks:
        changes["decisions"] = [*document.get("decisions", []), *(lock_row(round_, text) for text in locks)]
    if baseline is not None:
        changes["baseline"] = _baseline(baseline, origins)
    if not changes:
        return round_
    try:
        return round_.patched(**changes)
    except InvalidInput as error:
        raise InvalidInput(_located(problem, origins) for problem in error.problems) from None


def _located(problem: Problem, origins: dict[tuple[str, int], str]) -> Problem:
    """Give a problem the option that it comes from as its place."""
    origin = origins.get((problem.table, problem.row if problem.row is not None else -1))
    return problem if origin is None else problem.at(Location(origin))


def _rules(rows: Sequence[Row], sets: Sequence[str], origins: dict[tuple[str, int], str]) -> list[Row]:
    """Return the rules table with every ``--set`` merged into the row of its rule."""
    changed = [{**row, "params": dict(row.get("params", {}))} for row in rows]
    numbers = {row["id"]: number for number, row in enumerate(changed)}
    for text in sets:
        name, separator, value = text.partition("=")
        rule, dot, param = (part.strip() for part in name.partition("."))
        if not (separator and dot and rule and param):
            raise refuse("set_syntax", "--set", value=text)
        rule = rule_id(rule)
        if rule not in numbers:
            numbers[rule] = len(changed)
            changed.append({"id": rule, "params": {}})
        number = numbers[rule]
        _set(changed[number], param, _value(value.strip()))
        origin = origins.get(("rules", number))
        origins["rules", number] = f"{origin} --set {text}" if origin else f"--set {text}"
    return changed


def _set(row: Row, param: str, value: Any) -> None:
    """Set one thing of a rule; null takes back what the round says."""
    if param == "mode":
        row["mode"] = MODES.find(value) or value if isinstance(value, str) else value
    elif param == "weight":
        row["weight"] = value
    elif value is None:
        row["params"].pop(param, None)
    else:
        row["params"][param] = value


def _value(text: str) -> Any:
    """Read a value: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _baseline(path: Path, origins: dict[tuple[str, int], str]) -> list[Row]:
    """Return the posts of a file's best plan as the baseline table."""
    rows = []
    for number, post in enumerate(read_plans(path).plans[0].posts):
        origins["baseline", number] = f"--baseline {path.name}"
        rows.append(post.model_dump(mode="json", exclude_none=True))
    return rows
