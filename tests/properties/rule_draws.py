"""The `rules` table of a tiny round: every rule and term, in every mode, with parameters that bind."""

from collections.abc import Callable

from tests.outside.rulebook import PLAN_RULES as DEFAULTS
from tests.outside.rulebook import SCREENING
from tests.outside.rulebook import TERMS as WEIGHTS
from tests.outside.small import Row, rule

from .draws import Draws

SCREENING_RULES = tuple(SCREENING)
PLAN_RULES = tuple(name for name in DEFAULTS if name not in ("one_post", "decisions"))
#: The terms that a round may always have; those that are off by default come in by focus alone.
TERMS = tuple(name for name, weight in WEIGHTS.items() if weight)
OFF_BY_DEFAULT = tuple(name for name, weight in WEIGHTS.items() if not weight)
DECISIONS = ("lock", "forbid", "pick", "drop", "bind", "unbind")

Params = Callable[[Draws, Row], Row]


def rule_rows(draws: Draws, doc: Row, focus: str) -> list[Row]:
    """Rows for some rules and terms; with a focus always for that rule, and few others, lest they cover it."""
    rows = []
    for name in SCREENING_RULES:
        if name == focus or draws.percent(6 if focus else 12):
            rows.append(_screening_row(draws, doc, name, name == focus))
    for name in PLAN_RULES:
        if name == focus or draws.percent(6 if focus else 20, name, rich=90):
            rows.append(_plan_row(draws, doc, name, name == focus))
    for name in TERMS:
        if name != focus and draws.percent(15):
            rows.append({"id": name, "params": {}, "weight": draws.one([0, 1, 3, 7, 40])})
        elif (name, focus) == ("retain", "keep_one"):
            rows.append({"id": name, "params": {}, "weight": 0})  # it would keep them anyway
    if focus in OFF_BY_DEFAULT:
        rows.append({"id": focus, "params": {}, "weight": draws.one([1, 7, 40])})
    draws.chance.shuffle(rows)
    return rows


def _screening_row(draws: Draws, doc: Row, name: str, in_force: bool) -> Row:
    params = SCREENING_PARAMS[name](draws, doc) if name in SCREENING_PARAMS else {}
    return rule(name, "on" if in_force or draws.percent(75) else "off", **params)


def _plan_row(draws: Draws, doc: Row, name: str, in_force: bool) -> Row:
    params = PLAN_PARAMS[name](draws, doc) if name in PLAN_PARAMS else {}
    by_default_off = DEFAULTS[name][0] == "off"
    modes = ["hard", "soft", "soft", "soft"] if by_default_off else ["hard", "soft", "soft", "off"]
    mode = draws.one(["hard", "soft"]) if in_force else draws.one(modes)
    return rule(name, mode, draws.one([0, 1, 5, 12, 30]) if mode == "soft" else None, **params)


def _items(draws: Draws, _doc: Row) -> Row:
    return {"items": draws.one([{"health": "身体健康"}, {"health": "身体健康", "trained": "经过培训"}])}


def _flags(draws: Draws, _doc: Row) -> Row:
    return {"items": draws.one([{"debt": "失信"}, {"debt": "失信", "sanction": "处分"}])}


def _months(*options: int) -> Params:
    return lambda draws, _doc: {"months": draws.one(options)}


SCREENING_PARAMS: dict[str, Params] = {
    "qualification": _items,
    "party_membership": _months(0, 12, 24, 36),
    "work_experience": _months(0, 23, 24, 25),
    "age_limit": lambda draws, _doc: {
        "max_age": draws.one([49, 50, 55]),
        "incumbents": draws.one(["keep", "screen"]),
    },
    "negative_list": _flags,
    "recusal": lambda draws, _doc: {"level": draws.one(["village", "township"])},
    "rotation_due": _months(12, 21, 24),
    "recall": lambda draws, _doc: {"min_days": draws.one([19.5, 20, 22])},
    "service_area": lambda draws, _doc: {"township_scope": draws.one(["township", "county"])},
}


def _structure(draws: Draws, _doc: Row) -> Row:
    seats: list[Row] = [{"residents": 1}, {"residents": 0, "support_max": 1}, {"support_min": 1}, {}]
    return {"by_type": {kind: draws.one(seats) for kind in draws.some(["general", "lifted", "weak_org"], 2)}}


def _map(draws: Draws, _doc: Row) -> Row:
    kinds = ["weak_org", "conflict", "lifted", "general"]
    codes = ["party", "law", "industry", "project"]
    return {
        "map": {kind: [draws.one(codes), "digital"][: draws.number(1, 2)] for kind in draws.some(kinds, 4)}
    }


def _young(draws: Draws, _doc: Row) -> Row:
    return draws.one([{"min_share": draws.one([0.2, 0.25, 0.34, 0.5])}, {"min_posts": draws.number(1, 3)}])


def _share(draws: Draws, _doc: Row) -> Row:
    return {
        "min_share": draws.one(
            [0.5, 0.6, 0.75] if draws.has("section_rank_share") else [0.2, 0.25, 0.34, 0.5]
        )
    }


def _total(draws: Draws, doc: Row) -> Row:
    """Limits around what the teams may have."""
    least = most = 0
    for row in doc["villages"]:
        core = 1 + (2 if row["residents"] is None else row["residents"])
        least += core + row.get("support_min", 0)
        most += core + row.get("support_max", row.get("support_min", 0))
    high = draws.number(least, most)
    low = draws.number(least, max(least, most - 1))
    return draws.one(
        [{"min": high}, {"max": low}, {"max": low}, {"min": min(low, high), "max": max(low, high)}]
    )


def _units_of_captains(draws: Draws, doc: Row) -> Row:
    if draws.percent(60):
        return {}
    place = draws.one(doc["villages"])
    key = draws.one([place["township"], f"{place['county']}/{place['township']}"])
    return {"units": {key: draws.some([row["id"] for row in doc["units"]], 3)}}


def _specialties(draws: Draws, _doc: Row) -> Row:
    return {
        "specialties": {
            code: draws.one([1, 1, 2]) for code in draws.chance.sample(["party", "law", "industry"], 2)
        }
    }


PLAN_PARAMS: dict[str, Params] = {
    "team_structure": _structure,
    "type_specialty": _map,
    "team_units": lambda draws, _doc: {"max_units": draws.one([1, 1, 2])},
    "young_share": _young,
    "section_rank_share": _share,
    "total_posts": _total,
    "specialty_min": _specialties,
    "mean_age": lambda draws, _doc: {"max_age": draws.one([38, 39.5, 40, 41, 42.5, 45])},
    "team_age_mix": lambda draws, _doc: {"min_bands": draws.one([1, 2, 3, 3])},
    "township_captain": _units_of_captains,
    "village_floor": lambda draws, _doc: {"min_index": draws.one([0.5, 0.6, 0.8, 0.9, 0.95, 1])},
}
