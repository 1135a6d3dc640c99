"""Ranked plans: each is the best that differs from all before it, and the figures say so."""

from collections.abc import Iterator
from math import ceil

import pytest

from matcher import Settings, check, solve
from matcher.check.alike import Alike
from matcher.plan import First, Plan
from matcher.problems import InvalidInput
from matcher.result import Result
from matcher.rulebook import RuleBook
from matcher.solving.ranking.order import Ranked, proven
from tests.outside.brute_force import best_plan
from tests.outside.small import Row, cadre, only_terms, unit, village
from tests.outside.small import round_of as bare_round
from tests.properties.judged import EFFORT, best_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county

Post = tuple[str, str, str]


def small_round(villages: list[Row], cadres: list[Row], **tables: object) -> Row:
    return bare_round(villages, cadres, id="small", **tables)


def ranked(doc: Row, method: str = "columns", **settings: object) -> Result:
    asked = {"method": method, "effort": EFFORT, "workers": 1, **settings}
    return solve(round_of(doc), Settings.model_validate(asked))


def posts_of(rows: list[Row]) -> set[Post]:
    return {(row["cadre"], row.get("village") or row["township"], row["role"]) for row in rows}


def posts_in(plan: Plan) -> set[Post]:
    return posts_of([post.model_dump(exclude_none=True) for post in plan.posts])


def half_in_substance(doc: Row, own: set[Post], first: set[Post]) -> bool:
    """Whether half of the teams that differ have another first secretary or cover other needs."""
    facts = round_of(doc).facts

    def looks(posts: set[Post], village: str) -> tuple[set[str], set[str]]:
        members = {(cadre, role) for cadre, place, role in posts if place == village}
        able = {
            k
            for cadre, _ in members
            for k, level in facts.people[cadre].record.specialties.items()
            if level >= 3 and facts.places[village].needs.get(k)
        }
        return {cadre for cadre, role in members if role == "first_secretary"}, able

    villages = [v for v in facts.places if {p for p in own if p[1] == v} != {p for p in first if p[1] == v}]
    return 2 * sum(looks(own, v) != looks(first, v) for v in villages) >= len(villages)


def nobody_is_alike(doc: Row) -> bool:
    round_ = round_of(doc)
    alike = Alike(round_.facts, RuleBook.of(round_.rules))
    return all(len(alike.group(person)) == 1 for person in round_.facts.people)


@pytest.mark.parametrize(
    ("method", "start"),
    [("columns", start) for start in range(0, 200, 20)]
    + [("one_piece", start) for start in range(0, 60, 20)],
)
def test_the_second_plan_is_the_best_that_differs(method: str, start: int) -> None:
    """Against every plan there is, in rounds where no two people are interchangeable and all plans are of one size."""
    judged = 0
    for seed in range(start, start + 20):
        doc = seeded_round(seed)
        if not best_of(doc).feasible or not nobody_is_alike(doc):
            continue
        result = ranked(doc, method, plans=2, min_distance=0.4)
        first = posts_in(result.plans[0])
        least = max(1, ceil(0.4 * len(first)))

        def far(rows: list[Row], first: set[Post] = first, least: int = least) -> bool:
            own = posts_of(rows)
            return min(len(own - first), len(first - own)) >= least

        def asked(rows: list[Row], doc: Row = doc, first: set[Post] = first) -> bool:
            return far(rows) and half_in_substance(doc, posts_of(rows), first)

        at_the_distance = best_plan(doc, None, far)
        if not at_the_distance.feasible:
            assert len(result.plans) == 1
            assert result.ranking_ended is not None
            assert result.ranking_ended.reason == "none"
            continue
        assert len(result.plans) == 2
        second, best = result.plans[1], best_plan(doc, None, asked)
        assert second.bound is not None
        highest = at_the_distance.score or 0
        assert highest <= second.bound
        assert second.score >= highest - max(1, 0.06 * abs(highest))
        if second.substance == "met":
            limit = second.bound if second.substance_bound is None else second.substance_bound
            assert second.score <= (best.score or 0) <= limit <= second.bound
        elif second.substance == "none":
            assert not best.feasible
        elif second.substance == "none_within":
            assert not best.feasible or (best.score or 0) < second.score - (second.no_substance_within or 0)
        assert far([post.model_dump(exclude_none=True) for post in second.posts])
        assert second.distance[0].posts == len(posts_in(second) - first)
        judged += 1
    assert judged > 2


def test_every_rank_stands_the_check_with_those_before_it() -> None:
    result = solve(county(), Settings(method="columns", plans=4, gap=0.003, effort=60))
    assert len(result.plans) == 4
    scores = [plan.score for plan in result.plans]
    assert scores == sorted(scores, reverse=True)
    for place, plan in enumerate(result.plans):
        report = check(county(), plan, better=result.plans[:place], bound=plan.certificate is not None)
        assert report.ok, report.document()
        assert plan.rank == place + 1
        assert len(plan.distance) == place
        for apart, better in zip(plan.distance, result.plans, strict=False):
            assert apart.exchanged >= ceil(0.15 * len(better.posts))
            assert apart.posts >= apart.exchanged
            if plan.substance == "met":
                assert 2 * apart.substantial >= apart.teams
        assert plan.explanation is not None
        assert len(plan.explanation.posts) == len(plan.posts)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rank", 3),
        ("min_distance", 0.9),
        ("distance", ()),
    ],
)
def test_a_false_standing_is_found(field: str, value: object) -> None:
    result = ranked(seeded_round(next(_with_two())), plans=2, min_distance=0.2)
    altered = result.plans[1].model_copy(update={field: value})
    doc = seeded_round(next(_with_two()))
    assert not check(round_of(doc), altered, better=result.plans[:1]).ok


def test_false_distances_and_reasons_are_found() -> None:
    doc = seeded_round(next(_with_two()))
    first, second = ranked(doc, plans=2, min_distance=0.2).plans
    wrong = second.distance[0].model_copy(update={"posts": second.distance[0].posts + 1})
    assert not check(round_of(doc), second.model_copy(update={"distance": (wrong,)}), better=[first]).ok
    assert second.explanation is not None
    silent = second.explanation.model_copy(update={"posts": second.explanation.posts[1:]})
    assert not check(round_of(doc), second.model_copy(update={"explanation": silent}), better=[first]).ok
    assert check(round_of(doc), second, better=[first]).ok


def _with_two() -> Iterator[int]:
    for seed in range(100):
        if (
            best_of(seeded_round(seed)).feasible
            and len(ranked(seeded_round(seed), plans=2, min_distance=0.2).plans) == 2
        ):
            yield seed


def test_people_who_are_interchangeable_are_no_other_plan() -> None:
    """Three twins for one seat: to exchange one for another is no second plan."""
    twins = [cadre(name, unit="U2") for name in ("T1", "T2", "T3")]
    doc = small_round(
        [village("V1", residents=0)], twins, units=[unit("U1"), unit("U2")], rules=only_terms("competence")
    )
    result = ranked(doc, plans=2)
    assert len(result.plans) == 1
    assert result.ranking_ended is not None
    assert result.ranking_ended.reason == "none"
    assert "第2个方案" in result.ranking_ended.sentences["zh"]


def test_fewest_changes_come_first() -> None:
    """The plan that keeps both is worth less by score; asked for the fewest changes, it is the plan."""
    people = [
        cadre("A"), cadre("B"),
        cadre("C", grassroots_years=9, appraisals=["优秀", "优秀"]), cadre("D", grassroots_years=9),
    ]  # fmt: skip
    doc = small_round(
        [village("V1")],
        people,
        baseline=[
            {"cadre": "A", "village": "V1", "role": "first_secretary"},
            {"cadre": "B", "village": "V1", "role": "resident"},
        ],
        rules=[*only_terms("competence"), {"id": "min_change", "weight": 1, "params": {}}],
    )
    best = ranked(doc).plans[0]
    assert {post.cadre for post in best.posts} == {"C", "D"}
    fewest = ranked(doc, kind="fewest_changes").plans[0]
    assert {post.cadre for post in fewest.posts} == {"A", "B"}
    assert fewest.first is not None
    assert fewest.first.least == fewest.first.bound == 0
    assert check(round_of(doc), fewest, bound=True).ok


def test_fewest_changes_of_what() -> None:
    doc = small_round([village("V1")], [cadre("A"), cadre("B")])
    with pytest.raises(InvalidInput, match="neither a plan in force nor incumbents"):
        ranked(doc, kind="fewest_changes")


@pytest.mark.parametrize("kind", ["fairest", "strongest_bundles"])
def test_kinds_put_their_own_first(kind: str) -> None:
    result = solve(county(), Settings.model_validate({"kind": kind, "gap": 0.01, "effort": 15}))
    best = solve(county(), Settings(gap=0.01, effort=60)).plans[0]
    plan = result.plans[0]
    assert plan.kind == kind
    assert check(county(), plan).ok
    if kind == "fairest":
        assert plan.floor is not None
        assert best.floor is not None
        assert plan.floor.index >= best.floor.index
    else:
        bundles = ("strong_unit", "bundled_people", "unit_fit", "keep_bundle")
        total = [sum(t.weighted for t in one.terms if t.id in bundles) for one in (plan, best)]
        assert total[0] >= total[1]


@pytest.mark.parametrize("kind", ["best", "fairest", "fewest_changes", "strongest_bundles"])
@pytest.mark.parametrize("seeds", [(0, 1, 14), (16, 20, 24), (45, 77)], ids=str)
def test_no_plan_of_any_kind_scores_more_than_is_proven(kind: str, seeds: tuple[int, ...]) -> None:
    """Rounds in which bounds of one rank once stood at another: on another floor, or before plans were put in order."""
    for seed in seeds:
        doc = seeded_round(seed)
        if kind == "fewest_changes" and not (doc.get("baseline") or doc.get("incumbents")):
            continue
        plans = ranked(doc, plans=3, min_distance=0.3, kind=kind).plans
        for place, plan in enumerate(plans):
            report = check(round_of(doc), plan, better=plans[:place], bound=plan.certificate is not None)
            assert report.ok, (seed, report.document())
            assert plan.bound is None or plan.bound >= plan.score
            apart = plan.distance
            if plan.substance == "none" and len(plans) > place + 1:
                later = plans[place + 1].distance[:place]
                assert not all(2 * one.substantial >= one.teams > 0 for one in later)
            assert place == 0 or (plan.substance == "met") == all(
                2 * one.substantial >= one.teams for one in apart
            )


def test_what_comes_first_is_counted_again() -> None:
    doc = seeded_round(next(_with_two()))
    plan = ranked(doc).plans[0]
    forged = First(terms=("keep_bundle",), least=10**6, bound=10**6)
    assert not check(round_of(doc), plan.model_copy(update={"first": forged})).ok


@pytest.mark.parametrize(
    ("field", "value"),
    [("substance", "none"), ("substance", "open"), ("no_substance_within", 10**6)],
)
def test_a_false_claim_of_substance_is_found(field: str, value: object) -> None:
    doc = seeded_round(next(_with_two()))
    first, second = ranked(doc, plans=2, min_distance=0.2).plans
    assert second.substance == "met"
    assert not check(round_of(doc), second.model_copy(update={field: value}), better=[first]).ok
    assert second.tradeoff is not None
    told = second.tradeoff.model_copy(update={"sentences": {"zh": "更好", "en": "better"}})
    assert not check(round_of(doc), second.model_copy(update={"tradeoff": told}), better=[first]).ok


@pytest.mark.parametrize(
    ("above", "said"), [({0}, 7), (set(), None), ({0, 1}, None)], ids=["its own", "fewer", "more"]
)
def test_what_substance_costs_is_said_behind_the_plans_it_was_proven_for(
    above: set[int], said: int | None
) -> None:
    """Behind fewer it is not proven; behind more the plan that scores more may not be at the distance any longer."""
    plan = solve(county(), Settings(gap=0.05, effort=15)).plans[0]
    first = Ranked(plan, frozenset(), plan.score + 9, None)
    own = Ranked(plan.model_copy(update={"score": 5}), frozenset({0}), plan.score + 8, None, of_substance=7)
    put = proven([first, own], own, frozenset(above))
    assert put.substance_bound == said
    assert put.bound == plan.score + (8 if 0 in above else 9)
