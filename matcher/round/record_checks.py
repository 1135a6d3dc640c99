"""What must hold within one record, beyond the kinds of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.problems import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator


def problems(name: str, index: int, row: Any) -> Iterator[Problem]:
    """Yield what is wrong with the record ``row``, which has this index in the table ``name``."""
    check = _CHECKS.get(name)
    if check is not None:
        yield from check(name, index, row)


def _cadre(name: str, index: int, row: Any) -> Iterator[Problem]:
    if row.spouse == row.id:
        yield Problem("own_spouse", name, index, "spouse", shortened(row.spouse))
    for field in ("party_joined", "work_started"):
        day = getattr(row, field)
        if day is not None and day.isoformat()[:7] < row.birth_month:
            yield Problem("before_birth", name, index, field, day.isoformat(), {"birth": row.birth_month})


def _village(name: str, index: int, row: Any) -> Iterator[Problem]:
    if row.support_min is not None and row.support_max is not None and row.support_min > row.support_max:
        details = {"most": row.support_max}
        yield Problem("support_range", name, index, "support_min", str(row.support_min), details)


def _unit(name: str, index: int, row: Any) -> Iterator[Problem]:
    if row.level == "township" and not row.township:
        yield Problem("township_needed", name, index, "township")


def _posting(name: str, index: int, row: Any) -> Iterator[Problem]:
    """Yield what is wrong with the place of an incumbent, a baseline post or a lock."""
    if row.role == "captain":
        if row.village:
            yield Problem("captain_village", name, index, "village", shortened(row.village))
        if not row.township:
            yield Problem("captain_township", name, index, "township")
    else:
        if not row.village:
            yield Problem("village_needed", name, index, "village")
        if row.township:
            yield Problem("township_not_asked", name, index, "township", shortened(row.township))


#: What each kind of decision must name, and what it may name.
_DECISIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "lock": (("cadre",), ("village", "role", "county", "township")),
    "forbid": (("cadre",), ("village", "role", "county", "township")),
    "pick": (("cadre",), ()),
    "drop": (("cadre",), ()),
    "bind": (("unit", "village"), ()),
    "unbind": (("unit", "village"), ()),
}


def _decision(name: str, index: int, row: Any) -> Iterator[Problem]:
    needed, allowed = _DECISIONS[row.kind]
    for field in ("cadre", "unit", "village", "township", "role"):
        value = getattr(row, field)
        if field in needed and not value:
            yield Problem("decision_needs", name, index, field, "", {"kind": row.kind})
        if value and field not in needed and field not in allowed:
            yield Problem("decision_refuses", name, index, field, shortened(value), {"kind": row.kind})
    if row.kind == "lock" and row.cadre:
        if row.role == "captain" or not row.township:
            yield from _posting(name, index, row)
        else:
            yield Problem("township_not_asked", name, index, "township", shortened(row.township))
    if row.kind == "forbid":
        yield from _forbid(name, index, row)


def _forbid(name: str, index: int, row: Any) -> Iterator[Problem]:
    """Yield what is wrong with the place of a ban: a village's roles, or a township's captaincy."""
    if not (row.village or row.role or row.township):
        yield Problem("forbid_what", name, index, "village")
    if row.village and row.role == "captain":
        yield Problem("captain_village", name, index, "village", shortened(row.village))
    if row.township and (row.village or row.role not in (None, "captain")):
        yield Problem("township_not_asked", name, index, "township", shortened(row.township))


_CHECKS = {
    "villages": _village,
    "units": _unit,
    "cadres": _cadre,
    "incumbents": _posting,
    "baseline": _posting,
    "decisions": _decision,
}
