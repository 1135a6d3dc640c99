"""The checker's own search for attainable points against teams tried one by one, and against itself without shortcuts."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

import pytest

from matcher import Round, RuleBook, constraints, scoring
from matcher.check.attainable import attainable_of, attainable_points
from matcher.check.attainable_aspects import OneTeam
from matcher.check.attainable_ground import LASTING
from matcher.check.view import PlanView, TeamView
from matcher.codes import Text
from matcher.round.facts import Person
from matcher.rulekit import Linear, NoParams, PlanRule, ScoreTerm
from tests.outside.brute_force import attainable as brute_force
from tests.outside.reading import read_round
from tests.outside.screening import Screening
from tests.outside.small import OFF, Row, cadre, only_terms, round_of, rule, unit, village
from tests.outside.teams import how_many

SPECIALTIES = ("law", "party", "industry", "project", "civil_affairs")
TYPES = ("weak_org", "conflict", "general", "lifted")
TEAM_ROLES = ("first_secretary", "resident", "support")
RULES = (
    "team_structure", "type_specialty", "lead_unit", "team_units", "unit_quota", "spouses", "keep_one",
    "team_age_mix", "lone_woman", "village_floor", "township_captain",
)  # fmt: skip
#: More teams than this are too many to try one by one.
MOST_TEAMS = 6000


def found(document: Row) -> dict[str, int]:
    round_ = Round.from_document({"id": "tiny"} | document)
    return attainable_points(round_.facts, RuleBook.of(round_.rules))


# ---------------------------------------------------------------- rounds by chance


def random_round(seed: int, people: int, *, similar: bool = False) -> Row:
    """Two villages, four units, rules in any mode; ``similar`` people differ in little but their points."""
    draw = Random(seed)
    names = "abcdefghijklmnop"[:people]
    cadres = [_person(draw, name, similar=similar) for name in names]
    for _ in range(draw.randint(0, 2)):
        one, other = draw.sample(range(people), 2)
        cadres[one]["spouse"] = names[other]
    incumbents = [
        {"cadre": name, "village": draw.choice("VW"), "role": draw.choice(TEAM_ROLES),
         "since": draw.choice(["2025-01", "2025-01", "2020-01"])}
        for name in draw.sample(names, draw.randint(0, 3))
    ]  # fmt: skip
    return round_of(
        [_village(draw, name) for name in "VW"],
        cadres,
        units=_units(draw),
        incumbents=incumbents,
        decisions=[_decision(draw, names) for _ in range(draw.choice([0, 0, 0, 1, 2]))],
        suitability=[
            {"cadre": name, "village": place, "score": draw.randint(0, 100)}
            for name in names for place in "VW" if draw.random() < 0.15
        ],
        rules=_rules(draw),
    )  # fmt: skip


def _person(draw: Random, name: str, *, similar: bool) -> Row:
    known = draw.sample(SPECIALTIES[:3] if similar else SPECIALTIES, draw.randint(0, 2 if similar else 3))
    return cadre(
        name,
        unit=draw.choice(["U1", "U2", "U3", "U4"]),
        sex=draw.choice(["male", "female"]),
        birth_month="1980-03" if similar else f"{draw.randint(1971, 1998)}-03",
        specialties={code: draw.randint(1, 5) for code in known},
        rank=draw.choice(["clerk", "section_deputy"]),
        grassroots_years=draw.choice([0, 3]),
        appraisals=draw.choice([[], ["优秀", "优秀"], ["称职"]]),
        willing=draw.choice([True, None]),
        languages=draw.choice([[], ["miao"]]),
        native_village=draw.choice(["V", "W", None, None, None]),
        political_status=draw.choice(["中共党员", "中共党员", "群众"]),
    )


def _village(draw: Random, name: str) -> Row:
    least = draw.choice([0, 0, 1, 2])
    return village(
        name,
        residents=draw.choice([0, 1, 2, 2, None]),
        support_min=draw.choice([least, least, None]),
        support_max=least + draw.randint(0, 1),
        types=draw.sample(TYPES, draw.randint(1, 2)),
        needs={code: draw.randint(0, 5) for code in draw.sample(SPECIALTIES, draw.choice([0, 3]))},
        hardship=draw.randint(1, 5),
        languages=draw.choice([[], ["miao"]]),
        lead_unit=draw.choice([None, None, None, "U1", "U2"]),
        current_lead_unit=draw.choice([None, "U1", "U4"]),
    )


def _units(draw: Random) -> list[Row]:
    return [
        unit("U1", max_villages=draw.choice([0, 1, 9, 9])),
        unit("U2", quota=draw.choice([None, 0, 1, 2])),
        unit("U3", max_villages=draw.choice([0, 1]), resources={"law": draw.randint(1, 5)}),
        unit("U4", quota=draw.choice([None, 0]), level="prefecture", funds=draw.randint(0, 9)),
    ]


def _decision(draw: Random, names: str) -> Row:
    kind = draw.choice(["lock", "lock", "lock", "forbid", "drop", "pick", "bind", "unbind"])
    if kind in ("bind", "unbind"):
        return {"kind": kind, "unit": draw.choice(["U1", "U2", "U3"]), "village": draw.choice("VW")}
    row = {"kind": kind, "cadre": draw.choice(names)}
    if kind in ("lock", "forbid"):
        row["village"] = draw.choice("VW")
        if draw.random() < 0.4:
            row["role"] = draw.choice(TEAM_ROLES)
    return row


def _rules(draw: Random) -> list[Row]:
    params: dict[str, Row] = {
        "team_units": {"max_units": draw.randint(1, 3)},
        "team_age_mix": {"min_bands": draw.randint(1, 3)},
        "type_specialty": draw.choice(
            [{}, {"map": {"weak_org": draw.sample(SPECIALTIES, 2), "general": [draw.choice(SPECIALTIES)]}}]
        ),
        "team_structure": draw.choice(
            [{}, {"by_type": {"weak_org": {"residents": draw.randint(0, 2)}, "lifted": {"support_max": 1}}}]
        ),
    }
    rows = []
    for name in RULES:
        mode = draw.choice(["hard", "soft", "off", ""])
        if mode:
            weight = draw.randint(0, 40) if mode == "soft" else None
            rows.append(rule(name, mode, weight, **params.get(name, {})))
    return rows + [rule(name, "on", draw.choice([0, 0, 1, 5, 20])) for name in OFF if draw.random() < 0.3]


def by_trying(document: Row) -> dict[str, int]:
    """The attainable points of the villages that have few enough teams, by the outside auditor."""
    screening = Screening(read_round(document))
    villages = screening.facts.villages.values()
    return {
        place.id: brute_force(document, place.id)
        for place in villages
        if how_many(screening, place) <= MOST_TEAMS
    }


def agree(documents: Iterable[Row]) -> int:
    """See that the search finds what trying finds; return in how many villages there was something to find."""
    something = 0
    for document in documents:
        expected = by_trying(document)
        assert {place: points for place, points in found(document).items() if place in expected} == expected
        something += sum(points > 0 for points in expected.values())
    return something


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_it_is_the_most_of_all_teams(first: int) -> None:
    assert agree(random_round(seed, 5 + seed % 5) for seed in range(first, first + 50)) > 30


@pytest.mark.parametrize("first", range(1000, 1060, 20))
def test_it_is_the_most_of_all_teams_of_people_much_alike(first: int) -> None:
    assert agree(random_round(seed, 11 + seed % 4, similar=True) for seed in range(first, first + 20)) > 10


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2000, 5000, 500))
def test_it_is_the_most_of_all_teams_of_many_rounds(first: int) -> None:
    assert agree(random_round(seed, 5 + seed % 6) for seed in range(first, first + 500)) > 300


# ---------------------------------------------------------------- without shortcuts


def without_bounds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("matcher.check.attainable_ground.LASTING", frozenset())
    patch.setattr("matcher.check.attainable_needed.MOST_COMPLETIONS", -1)
    for term in scoring.TERMS:
        patch.setattr(type(term), "submodular", False)


def without_groups(patch: pytest.MonkeyPatch) -> None:
    for term in scoring.TERMS:
        if "kind" in vars(type(term)):
            patch.setattr(type(term), "kind", ScoreTerm.kind)
    for item in constraints.RULES:
        for name in {"kind", "named"} & vars(type(item)).keys():
            patch.delattr(type(item), name)


def without_sums(patch: pytest.MonkeyPatch) -> None:
    for term in scoring.TERMS:
        patch.setattr(type(term), "additive", False)


@pytest.mark.parametrize(
    "left_out",
    [(without_bounds,), (without_groups,), (without_bounds, without_groups, without_sums)],
    ids=["bounds", "groups", "all"],
)
def test_shortcuts_lose_nothing(left_out: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [random_round(seed, 12, similar=seed % 2 == 0) for seed in range(100, 130)]
    usual = [found(document) for document in documents]
    for leave_out in left_out:
        leave_out(monkeypatch)
    assert [found(document) for document in documents] == usual


@pytest.mark.parametrize("id_", sorted(LASTING))
def test_no_further_member_repairs_what_lasts(id_: str) -> None:
    for seed in range(40):
        round_ = Round.from_document({"id": "tiny"} | random_round(seed, 8))
        book = RuleBook.of(round_.rules)
        broken = [_broken(round_, book, id_, size) for size in (2, 3, 4)]
        for smaller, larger in zip(broken, broken[1:], strict=False):
            assert all(team in larger for part in smaller for team in larger | part_of(round_, part))


def part_of(round_: Round, team: frozenset[str]) -> set[frozenset[str]]:
    """The teams with one more person."""
    return {team | {name} for name in round_.facts.people if name not in team}


def _broken(round_: Round, book: RuleBook, id_: str, size: int) -> set[frozenset[str]]:
    """The teams of a size that break a rule."""
    place = next(iter(round_.facts.places.values()))
    view = PlanView(round_.facts, book, ())
    item = book.plan_rule(id_)
    found = set()
    for people in combinations(round_.facts.people.values(), size):
        members = tuple((person, "resident") for person in people)
        alone = OneTeam(view, TeamView(round_.facts, place, members), frozenset())
        if any(True for _ in item.rule.breaches_alone(alone, item.params)):
            found.add(frozenset(person.id for person in people))
    return found
