"""From a round document to facts: the only place that knows the document's field names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .facts import (
    NEEDS_BY_TYPE,
    SECTION_OR_ABOVE,
    Cadre,
    Decision,
    Facts,
    Incumbent,
    Place,
    Seat,
    Unit,
    Village,
    age_at,
    derived_strengths,
    exact,
    needs_from_types,
    whole_months,
)
from .rulebook import Doc, rules_in_effect

SAME_GRADE = {"合格": "称职", "基本合格": "基本称职", "不合格": "不称职"}


def read_round(doc: Doc) -> Facts:
    doc = _without_counties(doc)
    county = _one_county(doc)
    rules = rules_in_effect(_rows(doc, "rules"))
    by_type = rules["team_structure"].params["by_type"]
    needs = NEEDS_BY_TYPE | dict(doc.get("needs_by_type") or {})
    as_of = _day(doc["as_of"])
    starts_on = _day(doc.get("starts_on") or doc["as_of"])
    return Facts(
        county=county,
        rules=rules,
        villages={row["id"]: _village(row, county, by_type, needs) for row in _rows(doc, "villages")},
        units=_units(doc, county),
        cadres={row["id"]: _cadre(row, county, as_of) for row in _rows(doc, "cadres")},
        couples=frozenset(_couple(row) for row in _rows(doc, "cadres") if _text(row, "spouse")),
        incumbents=_incumbents(doc, county, starts_on),
        decisions=tuple(_decision(row, county) for row in _rows(doc, "decisions")),
        scores=_scores(doc),
        baseline=frozenset((row["cadre"], read_seat(row, county)) for row in _rows(doc, "baseline")),
    )


def read_seat(row: Doc, county: str) -> Seat:
    """The seat a row names. A row without a village names a captain's township, if any."""
    village, township, role = _text(row, "village"), _text(row, "township"), _text(row, "role")
    if village or not township:
        return Seat(role, village)
    return Seat(role or "captain", "", (_text(row, "county") or county, township))


def _rows(doc: Doc, table: str) -> list[Doc]:
    return list(doc.get(table) or [])


def _text(row: Doc, field: str) -> str:
    return str(row.get(field) or "")


def _several(row: Doc, field: str) -> tuple[str, ...]:
    return tuple(row.get(field) or ())


def _number(row: Doc, field: str, blank: int) -> int:
    value = row.get(field)
    return blank if value in (None, "") else int(str(value))


def _levels(row: Doc, field: str) -> dict[str, int]:
    return {code: level for code, level in (row.get(field) or {}).items() if level is not None}


def _day(text: str) -> date:
    """A date given as a month is its first day."""
    return date.fromisoformat(text if text.count("-") == 2 else f"{text}-01")


def _months_until(row: Doc, field: str, end: date) -> int | None:
    return whole_months(_day(row[field]), end) if _text(row, field) else None


def _without_counties(doc: Doc) -> Doc:
    """Where no village names its county there is only one: whatever else names one says nothing."""
    if any(_text(row, "county") for row in _rows(doc, "villages")):
        return doc
    places = ("native_township", "spouse_native_township")
    bare = dict(doc)
    for table in ("units", "incumbents", "decisions", "baseline"):
        bare[table] = [{**row, "county": ""} for row in _rows(doc, table)]
    bare["cadres"] = [
        {**row, **{key: _text(row, key).rpartition("/")[2] for key in places}} for row in _rows(doc, "cadres")
    ]
    return bare


def _one_county(doc: Doc) -> str:
    named = {_text(row, "county") for row in _rows(doc, "villages")} - {""}
    return named.pop() if len(named) == 1 else ""


def _place(row: Doc, county: str) -> Place:
    return (_text(row, "county") or county, _text(row, "township"))


def _village(row: Doc, county: str, by_type: Mapping[str, Doc], needs: Mapping[str, Doc]) -> Village:
    types = _several(row, "types")
    structure = next((by_type[kind] for kind in types if kind in by_type), {})
    support_min = _number(row, "support_min", _number(structure, "support_min", 0))
    return Village(
        id=row["id"],
        place=_place(row, county),
        types=types,
        needs=_levels(row, "needs") or needs_from_types(types, needs),
        hardship=_number(row, "hardship", 1),
        residents=_number(row, "residents", _number(structure, "residents", 2)),
        support_min=support_min,
        support_max=_number(row, "support_max", _number(structure, "support_max", support_min)),
        languages=frozenset(_several(row, "languages")),
        decided_unit=_text(row, "lead_unit"),
        current_unit=_text(row, "current_lead_unit"),
    )


def _units(doc: Doc, county: str) -> dict[str, Unit]:
    rows = _rows(doc, "units")
    strengths = derived_strengths(
        (exact(row.get("funds") or 0), exact(row.get("projects") or 0), row["id"], row["level"])
        for row in rows
    )
    return {row["id"]: _unit(row, county, strengths[row["id"]]) for row in rows}


def _unit(row: Doc, county: str, strength: int) -> Unit:
    return Unit(
        id=row["id"],
        level=row["level"],
        place=_place(row, county),
        quota=None if row.get("quota") in (None, "") else _number(row, "quota", 0),
        max_villages=_number(row, "max_villages", 1),
        funds=row.get("funds") or 0,
        projects=row.get("projects") or 0,
        leader=_text(row, "leader"),
        strength=_number(row, "strength", strength),
        resources=_levels(row, "resources"),
    )


def _cadre(row: Doc, county: str, as_of: date) -> Cadre:
    villages = (_text(row, "native_village"), _text(row, "spouse_native_village"))
    places = (_text(row, "native_township"), _text(row, "spouse_native_township"))
    return Cadre(
        id=row["id"],
        female=row.get("sex") == "female",
        age=age_at(_day(row["birth_month"]), as_of),
        political_status=_text(row, "political_status"),
        party_months=_months_until(row, "party_joined", as_of),
        work_months=_months_until(row, "work_started", as_of),
        section=_text(row, "rank") in SECTION_OR_ABOVE,
        unit=row["unit"],
        levels=_levels(row, "specialties"),
        grassroots=exact(row.get("grassroots_years") or 0),
        appraisals=tuple(SAME_GRADE.get(grade, grade) for grade in _several(row, "appraisals")[:3]),
        home_villages=frozenset((*villages, *_several(row, "kin_villages"))) - {""},
        home_places=frozenset(_named_place(text, county) for text in places if text),
        conditions=frozenset(code for code, met in (row.get("conditions") or {}).items() if met is True),
        flags=frozenset(_several(row, "flags")),
        languages=frozenset(_several(row, "languages")),
        willing=row.get("willing") is True,
        named_pick=row.get("named_pick") is True,
    )


def _named_place(text: str, county: str) -> Place:
    """From "county/township", the county possibly blank."""
    before, _, township = text.rpartition("/")
    return (before or county, township)


def _couple(row: Doc) -> tuple[str, str]:
    first, second = sorted((str(row["id"]), _text(row, "spouse")))
    return (first, second)


def _incumbents(doc: Doc, county: str, starts_on: date) -> dict[str, tuple[Incumbent, ...]]:
    found: dict[str, tuple[Incumbent, ...]] = {}
    for row in _rows(doc, "incumbents"):
        found[row["cadre"]] = (*found.get(row["cadre"], ()), _incumbent(row, county, starts_on))
    return found


def _incumbent(row: Doc, county: str, starts_on: date) -> Incumbent:
    days: Any = row.get("days_per_month")
    return Incumbent(
        cadre=row["cadre"],
        seat=read_seat(row, county),
        months=_months_until(row, "since", starts_on),
        extended=row.get("extension_approved") is True,
        triggers=bool(_several(row, "recall")),
        days=None if days in (None, "") else exact(days),
    )


def _decision(row: Doc, county: str) -> Decision:
    return Decision(_text(row, "kind"), _text(row, "cadre"), _text(row, "unit"), read_seat(row, county))


def _scores(doc: Doc) -> dict[str, dict[str, int]]:
    scores: dict[str, dict[str, int]] = {}
    for row in _rows(doc, "suitability"):
        if row.get("score") is not None:
            scores.setdefault(row["cadre"], {})[row["village"]] = int(exact(row["score"]))
    return scores
