"""What must hold between the records of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher import codes
from matcher.problems import Problem, shortened
from matcher.round import record_checks
from matcher.round.records import TABLES, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matcher.round.model import Round

#: References: table, field, the table that must hold the id. Native villages may lie outside the round.
_REFERENCES = (
    ("villages", "lead_unit", "units"),
    ("villages", "current_lead_unit", "units"),
    ("cadres", "unit", "units"),
    ("cadres", "spouse", "cadres"),
    ("incumbents", "cadre", "cadres"),
    ("incumbents", "village", "villages"),
    ("decisions", "cadre", "cadres"),
    ("decisions", "unit", "units"),
    ("decisions", "village", "villages"),
    ("suitability", "cadre", "cadres"),
    ("suitability", "village", "villages"),
    ("baseline", "cadre", "cadres"),
    ("baseline", "village", "villages"),
)


def errors(round_: Round) -> list[Problem]:
    """Return what is wrong between the records of a round whose records stand by themselves."""
    tables = {name: getattr(round_, name) for name in TABLES}
    standing = {name: list(range(len(rows))) for name, rows in tables.items()}
    return list(record_errors(tables, standing, {"as_of": round_.as_of}))


def record_errors(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]], document: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield what is wrong between records.

    Parameters
    ----------
    tables
        The records that stand by themselves, by table.
    standing
        The index of each of them in its table as given.
    document
        The document as given: its rows that don't stand still name ids that others may refer to.
    """
    for name, rows in tables.items():
        yield from _duplicates(name, _given(name, tables, standing, document))
        for index, row in zip(standing[name], rows, strict=True):
            yield from record_checks.problems(name, index, row)
    yield from _dangling(tables, standing, document)
    yield from _blank_counties(tables, standing)
    yield from _unknown_townships(tables, standing, document)
    yield from _impossible_births(tables, standing, document)
    yield from _unknown_flags(tables, standing, document)
    yield from _too_many_asked(tables, standing)
    yield from _names_for_ids(tables, standing)
    yield from _empty(document, tables)


def _empty(document: Mapping[str, Any], tables: Mapping[str, Sequence[Any]]) -> Iterator[Problem]:
    for name in ("villages", "units", "cadres"):
        if not tables[name] and not document.get(name):
            yield Problem("empty_table", name)


def _given(
    name: str,
    tables: Mapping[str, Sequence[Any]],
    standing: Mapping[str, Sequence[int]],
    document: Mapping[str, Any],
) -> list[tuple[int, Any]]:
    """Return every row of a table with its index: the record where it stands, else the row as it was given.

    So one mistake in a row hides no other, and what the row names still exists for the others.
    """
    records = dict(zip(standing[name], tables[name], strict=True))
    rows = document.get(name)
    if not isinstance(rows, list | tuple) or len(rows) == len(records):
        return list(records.items())
    given = ((index, records.get(index, row)) for index, row in enumerate(rows))
    return [(index, row) for index, row in given if isinstance(row, Record | dict)]


def _text(row: Any, field: str) -> str:
    """Return a text field of a record, or of a row that doesn't stand; "" where there is none."""
    value = row.get(field) if isinstance(row, dict) else getattr(row, field)
    return value if isinstance(value, str) else ""


def _duplicates(name: str, rows: Sequence[tuple[int, Any]]) -> Iterator[Problem]:
    key = TABLES[name].key
    if not key:
        return
    first: dict[tuple[str, ...], int] = {}
    for index, row in rows:
        value = tuple(_text(row, part) for part in key)
        if value in first and all(value):
            details = {"first": first[value]}
            yield Problem("duplicate", name, index, key[0], shortened("、".join(value)), details)
        first.setdefault(value, index)


def _dangling(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]], document: Mapping[str, Any]
) -> Iterator[Problem]:
    given = {name: _given(name, tables, standing, document) for name in tables}
    known = {name: {_text(row, "id") for _, row in given[name]} for name in ("villages", "units", "cadres")}
    for name, field, target in _REFERENCES:
        for index, row in given[name]:
            value = _text(row, field)
            if value and value not in known[target]:
                yield Problem("dangling_id", name, index, field, shortened(value), {"target": target})


def _blank_counties(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]]
) -> Iterator[Problem]:
    """Yield records whose blank county can't mean "the one county", as the round has several."""
    counties = {village.county for village in tables["villages"] if village.county}
    if len(counties) < 2:  # noqa: PLR2004
        return
    details = {"counties": sorted(counties)}
    for name in ("villages", "units"):
        for index, row in zip(standing[name], tables[name], strict=True):
            if not row.county and (name == "villages" or row.level in ("county", "township")):
                yield Problem("county_needed", name, index, "county", "", details)


def _unknown_townships(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]], document: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield captains' places that are no township of a village in the round."""
    villages = [row for _, row in _given("villages", tables, standing, document)]
    counties = {_text(village, "county") for village in villages} - {""}
    only = next(iter(counties)) if len(counties) == 1 else ""
    known = {(_text(village, "county") or only, _text(village, "township")) for village in villages}
    for name in ("incumbents", "decisions", "baseline"):
        for index, row in zip(standing[name], tables[name], strict=True):
            if row.township and (row.county or only, row.township) not in known:
                yield Problem("unknown_township", name, index, "township", shortened(row.township))


def _impossible_births(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]], document: Mapping[str, Any]
) -> Iterator[Problem]:
    as_of = str(document.get("as_of") or "9999-12-31")
    for index, row in zip(standing["cadres"], tables["cadres"], strict=True):
        if row.birth_month > as_of[:7]:
            yield Problem(
                "birth_after_as_of", "cadres", index, "birth_month", row.birth_month, {"as_of": as_of}
            )


def _unknown_flags(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]], document: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield flags that neither the built-in negative list nor the round's own one has."""
    own = set[str]()
    for _, row in _given("rules", tables, standing, document):
        params = row.get("params") if isinstance(row, dict) else row.params
        if _text(row, "id") == "negative_list" and isinstance(params, dict):
            items = params.get("items")
            own.update(map(str, items) if isinstance(items, dict | list | tuple) else ())
    for index, row in zip(standing["cadres"], tables["cadres"], strict=True):
        for code in row.flags:
            if code not in own and code not in codes.NEGATIVE_ITEMS:
                near = codes.NEGATIVE_ITEMS.nearest(code)
                details = {"list": "flag", "nearest": near.code if near else ""}
                yield Problem("unknown_code", "cadres", index, "flags", shortened(code), details)


def _too_many_asked(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]]
) -> Iterator[Problem]:
    """Yield villages whose own least support cadres is more than the most that their type allows."""
    by_type: Mapping[str, Any] = {}
    for row in tables["rules"]:
        given = row.params.get("by_type") if row.id == "team_structure" else None
        by_type = given if isinstance(given, dict) else by_type
    for index, row in zip(standing["villages"], tables["villages"], strict=True):
        named: Any = next((by_type[type_] for type_ in row.types if type_ in by_type), {})
        most = named.get("support_max") if isinstance(named, dict) else None
        if row.support_max is None and isinstance(most, int) and (row.support_min or 0) > most:
            yield Problem(
                "support_range", "villages", index, "support_min", str(row.support_min), {"most": most}
            )


def _names_for_ids(
    tables: Mapping[str, Sequence[Any]], standing: Mapping[str, Sequence[int]]
) -> Iterator[Problem]:
    """Yield native villages written as the name of a village here, which would lose the recusal silently."""
    ids = {village.id for village in tables["villages"]}
    named: dict[str, str] = {}
    for village in tables["villages"]:
        named.setdefault(village.name, village.id)
    for index, row in zip(standing["cadres"], tables["cadres"], strict=True):
        for field in ("native_village", "spouse_native_village", "kin_villages"):
            value = getattr(row, field)
            for place in value if isinstance(value, tuple) else (value,):
                if place in named and place not in ids:
                    details = {"id": named[place]}
                    yield Problem("village_by_name", "cadres", index, field, shortened(place), details)
