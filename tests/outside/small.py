"""Building blocks of small rounds: people, units and villages in which nothing is wrong unless asked for."""

from typing import Any

from .brute_force import attainable
from .facts import exact
from .figures import index, recount

Row = dict[str, Any]

OFF = (
    "need_coverage", "need_fit", "competence", "age_mix", "strong_unit", "bundled_people", "unit_fit",
    "keep_bundle", "retain", "local_fit", "suitability",
)  # fmt: skip


def village(name: str, **fields: Any) -> Row:
    return {"id": name, "name": name, "township": "Hekou", "residents": 1} | fields


def unit(name: str, **fields: Any) -> Row:
    return {"id": name, "name": name, "level": "county", "max_villages": 9} | fields


def cadre(name: str, **fields: Any) -> Row:
    """Forty years old at the as-of date of `round_of`, and eligible for everything but captain."""
    return {
        "id": name,
        "name": name,
        "birth_month": "1985-01",
        "political_status": "中共党员",
        "party_joined": "2010-01-01",
        "work_started": "2008-07",
        "unit": "U1",
    } | fields


def rule(name: str, mode: str = "", weight: int | None = None, **params: Any) -> Row:
    return {"id": name, "mode": mode, "weight": weight, "params": params}


def only_terms(*kept: str) -> list[Row]:
    """Rule rows that switch off every other term but `min_change`, and the soft rules."""
    soft = [rule(name, "off") for name in ("young_share", "keep_one", "team_units")]
    return soft + [rule(name, "off") for name in OFF if name not in kept]


def round_of(villages: list[Row], cadres: list[Row], **tables: Any) -> Row:
    return {
        "schema": "round/1",
        "as_of": "2025-06-01",
        "villages": villages,
        "cadres": cadres,
        "units": [unit("U1")],
    } | tables


def post(who: str, where: str, role: str = "resident") -> Row:
    return {"cadre": who, "village": where, "role": role}


def captain(who: str, township: str = "Hekou") -> Row:
    return {"cadre": who, "township": township, "role": "captain"}


def plan_of(*posts: Row) -> Row:
    return {"posts": list(posts)}


def stated(round_doc: Row, *posts: Row) -> Row:
    """A whole plan document for these posts, its figures right and its bound one above the score."""
    most = {row["id"]: attainable(round_doc, row["id"]) for row in round_doc["villages"]}
    bare = [{"village": name, "attainable": points} for name, points in most.items()]
    plan = {"posts": [dict(row) for row in posts], "villages": bare}
    figures = recount(round_doc, plan)
    for row in figures["villages"]:
        row["attainable"] = most[row["village"]]
        row["index"] = round(float(index(row["points"], row["attainable"])), 4)
    score = figures["score"]
    gap = float(1 / exact(max(1, abs(score))))
    del figures["violations_hard"]
    return plan | figures | {"bound": score + 1, "gap": gap, "proof": "gap"}
