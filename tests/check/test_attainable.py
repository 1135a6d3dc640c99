"""The checker's own search for attainable points against teams tried one by one, and against itself without shortcuts."""
# ruff: noqa: ARG002 - a term's methods take what the interface hands every term

from collections.abc import Iterable
from itertools import combinations
from random import Random
from typing import Any

import pytest

from matcher import Round, RuleBook, constraints, scoring
from matcher.check import attainable_ground, attainable_needed
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
@pytest.mark.parametrize("first", range(2000, 3000, 250))
def test_it_is_the_most_of_all_teams_of_many_rounds(first: int) -> None:
    assert agree(random_round(seed, 5 + seed % 6) for seed in range(first, first + 250)) > 150


# ---------------------------------------------------------------- without shortcuts


def without_bounds(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(attainable_ground, "LASTING", frozenset())
    patch.setattr(attainable_needed, "MOST_COMPLETIONS", -1)
    for term in scoring.TERMS:
        patch.setattr(type(term), "submodular", False)


def without_groups(patch: pytest.MonkeyPatch) -> None:
    for term in scoring.TERMS:
        if "kind" in vars(type(term)):
            patch.setattr(type(term), "kind", ScoreTerm.kind)
    for item in constraints.RULES:
        if item.team_level:
            patch.setattr(type(item), "kind", PlanRule.kind)
        if hasattr(item, "named"):
            patch.setattr(type(item), "named", lambda _self, facts, _place: frozenset(facts.people))


def without_sums(patch: pytest.MonkeyPatch) -> None:
    for term in scoring.TERMS:
        patch.setattr(type(term), "additive", False)


@pytest.mark.parametrize(
    "left_out",
    [(without_bounds,), (without_groups,), (without_bounds, without_groups, without_sums)],
    ids=["bounds", "groups", "all"],
)
def test_shortcuts_lose_nothing(left_out: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [random_round(seed, 11, similar=seed % 2 == 0) for seed in range(100, 120)]
    usual = [found(document) for document in documents]
    for leave_out in left_out:
        leave_out(monkeypatch)
    assert [found(document) for document in documents] == usual


@pytest.mark.parametrize("id_", sorted(LASTING | {item.id for item in constraints.RULES if item.lasting}))
def test_no_further_member_repairs_what_lasts(id_: str) -> None:
    broken = 0
    for seed in range(60):
        round_ = Round.from_document({"id": "tiny"} | random_round(seed, 8))
        people = list(round_.facts.people.values())
        Random(seed).shuffle(people)
        broke = [_breaks(round_, id_, people[:size]) for size in range(1, 6)]
        assert broke == sorted(broke)
        broken += broke[-1]
    assert broken > 10


def _breaks(round_: Round, id_: str, people: Iterable[Person]) -> bool:
    book = RuleBook.of(round_.rules)
    place = round_.facts.places["V"]
    team = TeamView(round_.facts, place, tuple((person, "resident") for person in people))
    item = book.plan_rule(id_)
    view = OneTeam(PlanView(round_.facts, book, ()), team, frozenset())
    return any(True for _ in item.rule.breaches_alone(view, item.params))


# ---------------------------------------------------------------- terms that the search has never seen


class Invented(ScoreTerm[NoParams]):
    """A term of the tests; its words don't matter."""

    name = sentence = why = allowed = refused = words = Text("", "")
    default_weight = 17
    Params = NoParams

    def points(self, team: Any, params: NoParams) -> Linear:
        raise NotImplementedError  # the checker has no use for it


class OneOfAUnit(Invented):
    """Neither a sum nor ever less to gain: how many members are the only one of their unit."""

    id = "one_of_a_unit"

    def count(self, team: TeamView, params: NoParams) -> int:
        units = [person.record.unit for person, _ in team.members]
        return sum(1 for name in units if units.count(name) == 1)


class Mentor(Invented):
    """What a member adds depends on the first secretary's own age, not on the unit that leads."""

    id = "mentor"
    submodular = True

    def count(self, team: TeamView, params: NoParams) -> int:
        return sum(
            self.kind(team, person, params) for person, role in team.members if role != "first_secretary"
        )

    def kind(self, team: TeamView, person: Person, params: NoParams) -> bool:
        return team.secretary is not None and person.age + 9 < team.secretary.age


@pytest.mark.parametrize("term", [OneOfAUnit(), Mentor()], ids=lambda term: term.id)
def test_a_term_never_seen(term: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "TERMS", (*scoring.TERMS, term))
    rules = [rule(name, "off") for name in ("lead_unit", "type_specialty", "unit_quota", "spouses")]
    for seed in range(25):
        document = random_round(seed, 8) | {"decisions": [], "rules": rules}
        if seed % 2:  # first secretaries who differ in all but their unit
            document["cadres"] = [row | {"unit": "U1"} for row in document["cadres"]]
        round_ = Round.from_document({"id": "tiny"} | document)
        book = RuleBook.of(round_.rules)
        assert found(document) == {place: _most(round_, book, place) for place in "VW"}


def _most(round_: Round, book: RuleBook, village_: str) -> int:
    """The most points that the checker counts over all whole teams, where no rule but their structure is on."""
    place = round_.facts.places[village_]
    view = PlanView(round_.facts, book, ())
    able = {
        role: [
            person for person in round_.facts.people.values() if not view.permits(person, place.seat(role))
        ]
        for role in TEAM_ROLES
    }
    row = place.village
    residents = 2 if row.residents is None else row.residents
    least = row.support_min or 0
    most = least if row.support_max is None else row.support_max
    best = 0
    for first in able["first_secretary"]:
        for second in combinations([p for p in able["resident"] if p is not first], residents):
            rest = [p for p in able["support"] if p is not first and p not in second]
            for size in range(least, most + 1):
                for third in combinations(rest, size):
                    best = max(best, _points(round_, book, village_, [first, *second, *third], residents))
    return best


def _points(round_: Round, book: RuleBook, village_: str, people: list[Person], residents: int) -> int:
    roles = ["first_secretary", *["resident"] * residents, *["support"] * len(people)]
    members = tuple(zip(people, roles, strict=False))
    team = TeamView(round_.facts, round_.facts.places[village_], members)
    terms = [item for item in book.terms if item.on and not item.rule.of_plan]
    return sum(item.weight * item.rule.count(team, item.params) for item in terms)


# ---------------------------------------------------------------- by hand


def one_village(people: list[Row], *rules: Row, **tables: Any) -> Row:
    """One first secretary (3 x level) and one resident (2 x level) for a need of 1."""
    place = village("V", needs={"law": 1})
    return round_of([place], people, rules=[*only_terms("need_fit"), *rules], **tables)


def able(name: str, level: int, **fields: Any) -> Row:
    return cadre(name, specialties={"law": level}, **fields)


def test_one_side_of_a_couple_is_enough() -> None:
    """Two people who are alike but for what a third record says of one of them."""
    people = [able("a", 5), able("b", 4), able("c", 4, spouse="a"), able("d", 1)]
    assert found(one_village(people)) == {"V": 15 + 8}
    people[1]["spouse"] = "a"
    assert found(one_village(people)) == {"V": 12 + 8}  # b and c: a goes with neither
    people[1]["spouse"] = "c"
    assert found(one_village(people)) == {"V": 15 + 8}  # a and b
    assert found(one_village(people, rule("spouses", "soft", 9))) == {"V": 15 + 8}


def test_locks_and_binds_hold() -> None:
    people = [able("a", 5), able("b", 4), able("c", 1), able("d", 2, unit="U2")]
    units = [unit("U1"), unit("U2")]

    def most(*decisions: Row) -> dict[str, int]:
        return found(one_village(people, units=units, decisions=list(decisions)))

    lock = {"kind": "lock", "cadre": "c", "village": "V"}
    assert most() == {"V": 15 + 8}
    assert most(lock) == {"V": 15 + 2}
    assert most(lock | {"role": "first_secretary"}) == {"V": 3 + 10}
    assert most({"kind": "bind", "unit": "U2", "village": "V"}) == {"V": 6 + 10}
    assert most(lock, lock | {"cadre": "d"}, lock | {"cadre": "b"}) == {"V": 0}  # three for two seats
    assert most({"kind": "pick", "cadre": "c"}) == {"V": 15 + 8}  # a pick is a matter of the whole plan


def test_zero_limits_bind_a_single_team() -> None:
    people = [able("a", 5, unit="U0"), able("b", 4, unit="U3"), able("c", 2), able("d", 1)]
    units = [unit("U0", quota=0), unit("U1", quota=1), unit("U3", max_villages=0)]
    assert found(one_village(people, units=units)) == {
        "V": 6 + 8
    }  # b may only follow; U1's quota is for later
    off = (rule("unit_quota", "off"), rule("lead_unit", "soft", 5))
    assert found(one_village(people, *off, units=units)) == {"V": 15 + 8}


def test_a_village_without_a_team_has_nothing_to_reach() -> None:
    people = [able("a", 5)]
    assert found(one_village(people)) == {"V": 0}
    assert found(one_village(people, rule("team_structure", "soft", 9))) == {"V": 15}
    assert found(one_village([able("a", 5, flags=["care"])])) == {"V": 0}


def test_the_villages_asked_for() -> None:
    document = random_round(3, 8)
    round_ = Round.from_document({"id": "tiny"} | document)
    book = RuleBook.of(round_.rules)
    every = attainable_points(round_.facts, book)
    assert list(every) == ["V", "W"]
    assert attainable_points(round_.facts, book, ["W"]) == {"W": every["W"]}
    assert attainable_of(round_.facts, book, "V") == every["V"]
