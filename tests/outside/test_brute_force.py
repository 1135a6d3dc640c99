"""The enumerations: by hand where it is easy, against a plainer enumeration where it is not."""

import random
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from .brute_force import attainable, best_floor, best_plan
from .figures import recount
from .small import Row, cadre, only_terms, plan_of, post, round_of, rule, unit, village

FIRST = "first_secretary"


def two_villages(*rules: Row) -> Row:
    """One post each; need_fit alone counts: a first secretary's factor 3 x need x level."""
    people = [cadre("a", specialties={"law": 5}), cadre("b", specialties={"law": 3}), cadre("c")]
    rows = [village("V", residents=0, needs={"law": 4}), village("W", residents=0, needs={"law": 2})]
    return round_of(rows, people, rules=[*only_terms("need_fit"), *rules])


def test_best_plan_and_floor_by_hand() -> None:
    doc = two_villages()
    # V: a 60, b 36, c 0. W: a 30, b 18, c 0. Best a-V, b-W: 60 + 18 = 78, indices 1 and 18/30.
    assert (attainable(doc, "V"), attainable(doc, "W")) == (60, 30)
    found = best_plan(doc)
    assert (found.feasible, found.score) == (True, 78)
    assert found.posts == [post("a", "V", FIRST), post("b", "W", FIRST)]
    # b-V, a-W: indices 36/60 and 1: as fair, 3/5, and 66 points.
    assert best_floor(doc) == Fraction(3, 5)
    assert best_plan(doc, Fraction(3, 5)).score == 78
    assert best_plan(doc, Fraction(61, 100)).feasible is False


def test_hard_rules_bind_the_best_plan() -> None:
    locked = two_villages() | {"decisions": [{"kind": "lock", "cadre": "a", "village": "W"}]}
    assert best_plan(locked).score == 66
    assert attainable(locked, "V") == 36  # a is promised elsewhere
    assert best_plan(two_villages(rule("village_floor", "hard", min_index="0.61"))).feasible is False
    assert best_plan(two_villages(rule("village_floor", "soft", 10, min_index="0.61"))).score == 68
    picked = two_villages() | {"decisions": [{"kind": "pick", "cadre": "c"}]}
    assert best_plan(picked).score == 60


def test_attainable_keeps_what_one_team_can_break() -> None:
    people = [
        cadre("a", unit="U0", specialties={"law": 5}),
        cadre("b", spouse="c", specialties={"law": 4}),
        cadre("c", specialties={"law": 3}),
        cadre("d", unit="U3", specialties={"law": 5}),
        cadre("e", specialties={"law": 1}),
    ]
    units = [unit("U0", quota=0), unit("U1"), unit("U3", max_villages=0)]
    doc = round_of([village("V", needs={"law": 1})], people, units=units, rules=only_terms("need_fit"))
    # a's unit sends nobody, d's leads nothing (d may be resident), b and c are a couple: b first 12 + d 10.
    assert attainable(doc, "V") == 22
    doc["rules"] += [rule("unit_quota", "soft", 1), rule("lead_unit", "off"), rule("spouses", "off")]
    assert attainable(doc, "V") == 25  # a and d, in either order: 15 + 10


def random_round(seed: int) -> Row:
    """Three villages, seven people, and rules of every kind switched by chance."""
    chance = random.Random(seed)
    people = [
        cadre(
            name,
            unit=chance.choice(["U1", "U2", "U3"]),
            sex=chance.choice(["male", "female"]),
            birth_month=f"{chance.randint(1972, 1997)}-03",
            specialties={
                code: chance.randint(1, 5) for code in chance.sample(["law", "party", "industry"], 2)
            },
            rank=chance.choice(["clerk", "section_deputy"]),
            native_village=chance.choice(["V", "W", "elsewhere"]),
            political_status=chance.choice(["中共党员", "中共党员", "群众"]),
            named_pick=chance.random() < 0.1,
        )
        for name in "abcdefg"
    ]
    people[0]["spouse"] = "b"
    rows = [village(name, residents=chance.randint(0, 1), types=[chance.choice(TYPES)]) for name in "VWX"]
    rows[2] |= {"residents": 0, "township": "Shan", "support_max": 1}
    units = [unit("U1", max_villages=1), unit("U2", quota=chance.randint(0, 3)), unit("U3", max_villages=0)]
    incumbents = [{"cadre": "c", "village": "V", "role": "resident"}]
    baseline = [post("c", "V"), post("d", "W", FIRST)]
    tables: dict[str, Any] = {"units": units, "incumbents": incumbents, "baseline": baseline}
    return round_of(rows, people, rules=[_switched(chance, name) for name in SWITCHED], **tables)


TYPES = ["weak_org", "conflict", "general"]
SWITCHED = (
    "type_specialty", "lead_unit", "team_units", "unit_quota", "young_share", "named_picks", "spouses",
    "keep_one", "section_rank_share", "mean_age", "team_age_mix", "lone_woman", "township_captain",
)  # fmt: skip


def _switched(chance: random.Random, name: str) -> Row:
    modes = ["hard", "soft", "off"] if name != "township_captain" else ["soft", "off", "off"]
    return rule(name, chance.choice(modes), chance.randint(0, 40))


def plainly(round_doc: Row) -> int | None:
    """The best score by trying every order of people on every seat, asking nothing but the recount."""
    seats: list[Row] = []
    for row in round_doc["villages"]:
        seats += [post("", row["id"], FIRST), *[post("", row["id"])] * row["residents"]]
        seats += [post("", row["id"], "support")] * row.get("support_max", 0)
    if any(row["id"] == "township_captain" and row["mode"] != "off" for row in round_doc["rules"]):
        seats += [{"township": place, "role": "captain"} for place in ("Hekou", "Shan")]
    names = [row["id"] for row in round_doc["cadres"]]
    free = [n for n, seat in enumerate(seats) if seat["role"] in ("support", "captain")]
    scores: list[int] = []
    for chosen in permutations([*names, *[""] * len(free)], len(seats)):
        if all(who or n in free for n, who in enumerate(chosen)):
            posts = [seat | {"cadre": who} for seat, who in zip(seats, chosen, strict=True) if who]
            figures = recount(round_doc, plan_of(*posts))
            if not figures["violations_hard"]:
                scores.append(figures["score"])
    return max(scores, default=None)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_cuts_lose_nothing(seed: int) -> None:
    doc = random_round(seed)
    doc["cadres"] = doc["cadres"][:5]
    doc["villages"] = doc["villages"][1:]
    assert best_plan(doc).score == plainly(doc)
