"""Edits: small changes of a round, as data that can be saved, told and applied again.

Each function here makes one edit; :func:`edited` applies a list of them and gives a round of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from matcher.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.plan import Plan
    from matcher.round import Round

Row = dict[str, Any]
#: What a post counts that goes to somebody of the unit that held it, in points: four times the weight of a pairing kept.
SAME_UNIT = 60
#: The tables of a round and what names a row of each.
KEYS: dict[str, tuple[str, ...]] = {
    "villages": ("id",),
    "units": ("id",),
    "cadres": ("id",),
    "incumbents": ("cadre",),
    "decisions": (),
    "suitability": ("cadre", "village"),
    "baseline": ("cadre",),
    "rules": ("id",),
}


class Edit(BaseModel):
    """One change of a round.

    Attributes
    ----------
    op
        ``decide`` adds a row to the decisions; ``release`` takes one away; ``rule`` changes a rule or term; ``cell``
        changes a field of a row; ``add`` and ``remove`` a row; ``baseline`` puts a plan in force; ``field`` changes a
        field of the round itself.
    table, key
        The table and what names the row: its id, or for decisions its number from 1.
    values
        The fields that change.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    op: Literal["decide", "release", "rule", "cell", "add", "remove", "baseline", "field"]
    table: str = ""
    key: str = ""
    values: dict[str, Any] = {}


def drop(cadre: str, reason: str = "") -> Edit:
    """Say that a cadre gets no post."""
    return _decision("drop", cadre=cadre, reason=reason)


def pick(cadre: str, reason: str = "") -> Edit:
    """Say that a cadre gets some post."""
    return _decision("pick", cadre=cadre, reason=reason)


def lock(cadre: str, village: str = "", role: str = "", *, county: str = "", township: str = "") -> Edit:
    """Say that a cadre holds a post at a village (in a role), or a township's captaincy."""
    if township:
        return _decision("lock", cadre=cadre, county=county, township=township, role="captain")
    return _decision("lock", cadre=cadre, village=village, role=role)


def forbid(cadre: str, village: str = "", role: str = "") -> Edit:
    """Say that a cadre is not posted to a village, or not in a role, or not in that role there."""
    return _decision("forbid", cadre=cadre, village=village, role=role)


def bind(unit: str, village: str) -> Edit:
    """Say that a unit leads a village."""
    return _decision("bind", unit=unit, village=village)


def unbind(unit: str, village: str) -> Edit:
    """Say that a unit does not lead a village."""
    return _decision("unbind", unit=unit, village=village)


def release(number: int) -> Edit:
    """Take back the decision of that number, from 1."""
    return Edit(op="release", table="decisions", key=str(number))


def weight(term: str, value: int) -> Edit:
    """Give a term, or a soft rule, that weight."""
    return Edit(op="rule", table="rules", key=term, values={"weight": value})


def rule(id_: str, *, mode: str | None = None, weight: int | None = None, **params: Any) -> Edit:
    """Give a rule that mode, weight and parameters; what is not given stays."""
    values: Row = {"params": params} if params else {}
    values |= {"mode": mode} if mode is not None else {}
    values |= {"weight": weight} if weight is not None else {}
    return Edit(op="rule", table="rules", key=id_, values=values)


def cell(table: str, key: str, **values: Any) -> Edit:
    """Give fields of the row that ``key`` names other values; None makes them blank.

    Where two fields name a row (the panel's scores), ``key`` is both with a ``/`` between them.
    """
    return Edit(op="cell", table=table, key=key, values=values)


def add(table: str, **values: Any) -> Edit:
    """Add a row to a table."""
    return Edit(op="add", table=table, values=values)


def remove(table: str, key: str) -> Edit:
    """Take a row out of a table."""
    return Edit(op="remove", table=table, key=key)


def baseline(plan: Plan) -> Edit:
    """Put a plan in force."""
    rows = [post.model_dump(mode="json", exclude_none=True) for post in plan.posts]
    return Edit(op="baseline", table="baseline", values={"rows": rows})


def adjustment(plan: Plan, edits: Iterable[Edit], *, same_unit: int = SAME_UNIT) -> tuple[Edit, ...]:
    """Return the edits that make a round a mid-term adjustment of a plan.

    Parameters
    ----------
    plan
        The plan in force.
    edits
        What has changed since, such as who is recalled or drops out; they come last, so a weight in them counts.
    same_unit
        The weight of the term ``keep_unit``; 0 for no preference.
    """
    return (baseline(plan), weight("keep_unit", same_unit), *edits)


def _decision(kind: str, **values: str) -> Edit:
    given = {key: value for key, value in values.items() if value}
    return Edit(op="decide", table="decisions", values={"kind": kind, **given})


def edited(round_: Round, edits: Iterable[Edit], *, name: str = "") -> Round:
    """Return the round with edits applied, in their order.

    Parameters
    ----------
    name
        What to call the new round; the name of the old one where not given.

    Raises
    ------
    InvalidInput
        With every edit that names a row that is not there, or what the changed round has wrong.
    """
    document = round_.document()
    problems: list[Problem] = []
    released: set[int] = set()
    for number, edit in enumerate(edits):
        try:
            problem = _apply(document, edit, number, released)
        except (AttributeError, KeyError, TypeError, ValueError):
            problem = Problem("edit_bad", "edits", number, "values", edit.op, {"table": edit.table})
        if problem is not None:
            problems.append(problem)
    if problems:
        raise InvalidInput(problems)
    if released:
        rows = document["decisions"]
        document["decisions"] = [row for number, row in enumerate(rows, start=1) if number not in released]
    if name:
        document["name"] = name
    return type(round_).from_document(document)


def _apply(document: Row, edit: Edit, number: int, released: set[int]) -> Problem | None:
    """Apply one edit to a document in place; return what is wrong with it."""
    if edit.op == "field":
        document.update(edit.values)
        return None
    if edit.table not in KEYS:
        return Problem("edit_table", "edits", number, "table", edit.table, {"known": list(KEYS)})
    rows: list[Row] = list(document.get(edit.table, []))
    document[edit.table] = rows
    if edit.op in ("decide", "add"):
        rows.append(dict(edit.values))
    elif edit.op == "baseline":
        document[edit.table] = [dict(row) for row in edit.values["rows"]]
    elif edit.op == "rule":
        _change_rule(rows, edit)
    elif edit.op == "release":
        if edit.table != "decisions" or edit.key not in {str(n) for n in range(1, len(rows) + 1)}:
            return Problem("edit_row", "edits", number, "key", edit.key, {"target": edit.table})
        released.add(int(edit.key))
    else:
        return _change_row(rows, edit, number)
    return None


def _change_rule(rows: list[Row], edit: Edit) -> None:
    at = next((i for i, row in enumerate(rows) if row["id"] == edit.key), None)
    row: Row = dict(rows[at]) if at is not None else {"id": edit.key}
    params = {**row.get("params", {}), **edit.values.get("params", {})}
    row.update({key: value for key, value in edit.values.items() if key != "params"})
    if params:
        row["params"] = {key: value for key, value in params.items() if value is not None}
    if at is None:
        rows.append(row)
    else:
        rows[at] = row


def _change_row(rows: list[Row], edit: Edit, number: int) -> Problem | None:
    """Change or remove the row that the edit names."""
    at = next((i for i, row in enumerate(rows) if _key_of(edit.table, row, i) == edit.key), None)
    if at is None:
        return Problem("edit_row", "edits", number, "key", edit.key, {"target": edit.table})
    if edit.op == "remove":
        rows.pop(at)
        return None
    changed = {**rows[at], **edit.values}
    rows[at] = {key: value for key, value in changed.items() if value is not None}
    return None


def _key_of(table: str, row: Row, number: int) -> str:
    keys = KEYS[table]
    return "/".join(str(row.get(key, "")) for key in keys) if keys else str(number + 1)
