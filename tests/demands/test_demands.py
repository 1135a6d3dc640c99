"""Each demand by itself: what keeps it, what breaks it and by how much, and that encoding and check count the same."""

import pytest

from matcher import Plan, Settings, solve
from matcher.check.alike import Alike
from matcher.check.recount import recount
from matcher.demands import (
    Distance,
    DistanceParams,
    Holds,
    HoldsParams,
    Substance,
    SubstanceParams,
    TermsAtLeast,
    TermsAtLeastParams,
    better_plan,
    sizes_vary,
    with_demands,
)
from matcher.demands.book import Demand, demand
from matcher.edits import drop, edited
from matcher.model.instance import Instance
from matcher.round import Round
from matcher.rulebook import RuleBook
from matcher.solving.state import State
from tests.properties.judged import EFFORT, attainable_of, best_of, round_of
from tests.properties.tiny_rounds import seeded_round

SETTINGS = Settings(method="columns", effort=EFFORT, workers=1)


def plan_of(round_: Round) -> Plan | None:
    return solve(round_, SETTINGS).best


def demands(round_: Round, plan: Plan) -> list[Demand]:
    """Every demand that can be made against a plan, most of which the plan itself can't meet."""
    facts, book = round_.facts, RuleBook.of(round_.rules)
    better = (better_plan(plan, 1, 0.5, facts, Alike(facts, book)),)
    post = plan.posts[0]
    place = post.village or "/".join(facts.township_of(post.county or "", post.township or ""))
    vary = sizes_vary(book, facts.places.values())
    terms = TermsAtLeastParams.of(
        book, ["need_coverage", "bundled_people", "min_change", "competence"], 10**4
    )
    return [
        demand(Distance(), DistanceParams(better=better, sizes_vary=vary)),
        demand(Distance(), DistanceParams(better=better, sizes_vary=True)),
        demand(Substance(), SubstanceParams(better=better, counting="secretaries")),
        demand(Substance(), SubstanceParams(better=better, counting="everything")),
        demand(TermsAtLeast(), terms),
        demand(Holds(), HoldsParams(place=place, cadre=post.cadre, absent=True)),
        demand(Holds(), HoldsParams(place=place, cadre=post.cadre)),
    ]


def test_encoding_and_check_find_the_same() -> None:
    """On the plan itself and on one that must differ from it: both sides see a demand broken, or neither does."""
    kept = broken = 0
    for seed in range(50):
        doc = seeded_round(seed)
        if not best_of(doc).feasible:
            continue
        round_ = round_of(doc)
        plan = plan_of(round_)
        assert plan is not None
        if not plan.posts:
            continue
        other = plan_of(edited(round_, [drop(plan.posts[0].cadre)]))
        for asked in demands(round_, plan):
            book = with_demands(RuleBook.of(round_.rules), [asked])
            instance = Instance(round_, book, attainable_of(doc))
            for one in filter(None, (plan, other)):
                teams: dict[str, list[tuple[str, str]]] = {}
                for post in one.posts:
                    place = post.village or "/".join(
                        round_.facts.township_of(post.county or "", post.township or "")
                    )
                    teams.setdefault(place, []).append((post.cadre, post.role))
                if not all(instance.blocks[place].can_hold(team) for place, team in teams.items()):
                    continue
                links = [link for link in instance.links if link.of_question]
                state = State(instance, teams)
                short = any(
                    (link.row.at_least is not None and state.totals[link.name] < link.row.at_least)
                    or (link.row.at_most is not None and state.totals[link.name] > link.row.at_most)
                    for link in links
                )
                counted = recount(round_.facts, book, one.posts, attainable_of(doc))
                assert short == any(item.rule == asked.rule.id for item in counted.broken), (
                    seed,
                    asked.rule.id,
                )
                broken += short
                kept += not short
    assert kept > 50
    assert broken > 50


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "differ from rank 1"),
        (4, "points, 10000 needed"),
        (5, "does not have the pairing"),
    ],
)
def test_what_is_said_of_a_demand_that_is_broken(number: int, words: str) -> None:
    seed = next(s for s in range(40) if best_of(seeded_round(s)).feasible and best_of(seeded_round(s)).posts)
    round_ = round_of(seeded_round(seed))
    plan = plan_of(round_)
    assert plan is not None
    asked = demands(round_, plan)[number]
    book = with_demands(RuleBook.of(round_.rules), [asked])
    (item,) = [
        item
        for item in recount(round_.facts, book, plan.posts, attainable_of(seeded_round(seed))).broken
        if item.rule == asked.rule.id
    ]
    assert words in asked.rule.say(item.breach.data, "en")
    assert asked.rule.say(item.breach.data, "zh") != asked.rule.say(item.breach.data, "en")
