"""Why not: every answer against the best of all plans that have the pairing."""

from functools import cache

import pytest

from matcher import Settings, check, solve
from matcher.demands import Holds, HoldsParams, with_demands
from matcher.demands.book import demand
from matcher.edits import edited, lock, weight
from matcher.plan import Plan
from matcher.problems import InvalidInput
from matcher.questions import explain_post, explain_team, firm_core, why_not
from matcher.questions.at_prices import AtPrices
from matcher.questions.turning import turning_points
from matcher.rulebook import RuleBook
from tests.exports.captains import document_with_captains
from tests.outside.small import Row
from tests.properties.judged import EFFORT, best_of, instance_under, optimum, optimum_of, round_of
from tests.properties.tiny_rounds import seeded_round

COLUMNS = Settings(method="columns", effort=EFFORT, workers=1)


@cache
def plan_of(seed: int) -> Plan | None:
    return solve(round_of(seeded_round(seed)), COLUMNS).best


def seeds(start: int, stop: int) -> list[int]:
    return [seed for seed in range(start, stop) if best_of(seeded_round(seed)).feasible]


def best_with(doc: Row, cadre: str, village: str, *, absent: bool = False) -> int | None:
    """The best score of all plans that have a pairing, or have it not, by the one model."""
    asked = demand(Holds(), HoldsParams(place=village, cadre=cadre, absent=absent))
    book = with_demands(RuleBook.of(round_of(doc).rules), [asked])
    return optimum_of(instance_under(round_of(doc), book))


@pytest.mark.parametrize("start", range(0, 40, 10))
def test_every_pairing_of_tiny_rounds(start: int) -> None:
    answers = set()
    for seed in seeds(start, start + 10):
        doc, plan = seeded_round(seed), plan_of(seed)
        assert plan is not None
        round_ = round_of(doc)
        for village in list(round_.facts.places)[:2]:
            for cadre in list(round_.facts.people)[:5]:
                answer = why_not(round_, plan, cadre, village, settings=COLUMNS)
                answers.add(answer.answer)
                best = best_with(doc, cadre, village)
                if answer.answer == "refused":
                    assert answer.refusals
                    assert best is None
                elif answer.answer == "impossible":
                    assert best is None
                elif answer.answer == "held":
                    assert best == plan.score
                else:
                    assert answer.answer in ("cost", "better")
                    assert best is not None
                    assert answer.at_least is not None
                    assert answer.at_most is not None
                    assert answer.at_least <= plan.score - best <= answer.at_most
                    assert answer.plan is not None
                    assert check(round_, answer.plan, bound=answer.plan.certificate is not None).ok
                    assert any(move.cadre == cadre for move in answer.moves)
                    assert answer.plan.explanation is not None
    assert answers >= {"refused", "cost", "held"}


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_prices_never_promise_too_much(start: int) -> None:
    """The bounds with and without a pairing hold for the best plans that have it and have it not."""
    for seed in seeds(start, start + 20):
        doc, plan = seeded_round(seed), plan_of(seed)
        if plan is None or plan.certificate is None:
            continue
        round_ = round_of(doc)
        prices = AtPrices(round_, plan)
        assert prices.bound <= plan.certificate.bound
        for village in list(round_.facts.places)[:2]:
            for cadre in list(round_.facts.people)[:6]:
                best = best_with(doc, cadre, village)
                bound = prices.bound_with(cadre, village)
                assert best is None or (bound is not None and bound >= best)


def test_the_firm_core_is_in_every_plan_as_good() -> None:
    firm = 0
    for seed in seeds(0, 40):
        doc, plan = seeded_round(seed), plan_of(seed)
        if plan is None or plan.certificate is None:
            continue
        round_ = round_of(doc)
        for post in firm_core(round_, [plan], within=3):
            if not post.firm or "/" in post.place:
                continue
            firm += 1
            without = best_with(doc, post.cadre, post.place, absent=True)
            assert without is None or without < plan.score - 3
    assert firm > 5


def test_the_firm_posts_of_another_plan() -> None:
    """Posts of rank 2 are measured against the best plan: what is firm is in the best plan too, and in every plan as good."""
    looked, firm = 0, 0
    for seed in seeds(0, 30):
        doc = seeded_round(seed)
        settings = Settings(method="columns", effort=EFFORT, plans=2, min_distance=0.3)
        plans = solve(round_of(doc), settings).plans
        if len(plans) < 2 or plans[0].certificate is None:
            continue
        round_ = round_of(doc)
        found = firm_core(round_, plans, within=3, rank=2)
        assert {(one.cadre, one.role) for one in found} == {(one.cadre, one.role) for one in plans[1].posts}
        best = {(one.cadre, one.place) for one in firm_core(round_, plans, within=3)}
        for post in found:
            looked += 1
            firm += post.firm
            assert not post.firm or (post.cadre, post.place) in best
            if post.firm and "/" not in post.place:
                without = best_with(doc, post.cadre, post.place, absent=True)
                assert without is None or without < plans[0].score - 3
    assert looked > 20
    assert firm
    for rank in (0, 3):
        with pytest.raises(InvalidInput, match=f"there is no plan of rank {rank}"):
            firm_core(round_, plans[:2], rank=rank)


def test_questions_about_nobody() -> None:
    plan = plan_of(seeds(0, 20)[0])
    assert plan is not None
    round_ = round_of(seeded_round(seeds(0, 20)[0]))
    with pytest.raises(InvalidInput, match="there is no “X9”"):
        why_not(round_, plan, "X9", next(iter(round_.facts.places)))
    with pytest.raises(InvalidInput, match="which cadre or unit"):
        why_not(round_, plan, "", next(iter(round_.facts.places)))
    with pytest.raises(InvalidInput, match="no role “mayor”"):
        why_not(round_, plan, next(iter(round_.facts.people)), next(iter(round_.facts.places)), "mayor")


def test_what_a_certificate_says_of_villages_is_not_believed() -> None:
    for seed in seeds(0, 20):
        plan = plan_of(seed)
        if plan is None or plan.certificate is None:
            continue
        blocks = tuple(
            block.model_copy(update={"bound": block.bound - 50_000}) for block in plan.certificate.blocks
        )
        false = plan.certificate.model_copy(update={"blocks": blocks})
        lied = plan.model_copy(update={"certificate": false})
        nothing = plan.model_copy(update={"certificate": false.model_copy(update={"blocks": ()})})
        round_ = round_of(seeded_round(seed))
        right = firm_core(round_, [plan], within=3)
        assert firm_core(round_, [lied], within=3) == right
        assert firm_core(round_, [nothing], within=3) == right


def test_nothing_is_impossible_because_of_a_floor_that_may_give() -> None:
    fair = COLUMNS.model_copy(update={"equity": "floor_first"})
    for seed in (13, 33):
        doc = seeded_round(seed)
        plan = solve(round_of(doc), fair).best
        assert plan is not None
        for village in round_of(doc).facts.places:
            for cadre in round_of(doc).facts.people:
                answer = why_not(round_of(doc), plan, cadre, village, settings=fair)
                if answer.answer == "impossible":
                    assert best_with(doc, cadre, village) is None


def test_a_role_that_the_village_has_not() -> None:
    seed = next(s for s in seeds(0, 40) if plan_of(s) is not None and no_support(s))
    plan, round_ = plan_of(seed), round_of(seeded_round(seed))
    assert plan is not None
    answer = why_not(round_, plan, next(iter(round_.facts.people)), no_support(seed) or "", "support")
    assert answer.answer == "refused"
    assert answer.refusals


def no_support(seed: int) -> str | None:
    """The first village without a seat for support."""
    instance = instance_under(round_of(seeded_round(seed)), RuleBook.of(round_of(seeded_round(seed)).rules))
    eligible = instance.screening.eligible
    return next((v for v in round_of(seeded_round(seed)).facts.places if "support" not in eligible[v]), None)


def test_a_lock_is_no_way_to_ask() -> None:
    """A lock changes which rules apply: the best plan with one can score more than the best plan without any."""
    gained = 0
    for seed in seeds(0, 40):
        doc, plan = seeded_round(seed), plan_of(seed)
        assert plan is not None
        for village in round_of(doc).facts.places:
            for cadre in round_of(doc).facts.people:
                best = optimum(edited(round_of(doc), [lock(cadre, village)]).document())
                asked = best_with(doc, cadre, village)
                assert asked is None or asked <= plan.score
                gained += best is not None and best > plan.score
        if gained:
            return
    raise AssertionError("no round shows it")


def test_a_captain_is_asked_about_like_anybody() -> None:
    """The cost of every pairing with a township's captaincy is that of the best of all plans that have it."""
    doc = document_with_captains()
    round_ = round_of(doc)
    plan = solve(round_, COLUMNS).best
    assert plan is not None
    captains = {post.cadre: f"{post.county}/{post.township}" for post in plan.posts if post.role == "captain"}
    place, costs = next(iter(captains.values())), 0
    for cadre in [cadre.id for cadre in round_.cadres if cadre.rank == "section_chief"][-5:]:
        answer = why_not(round_, plan, cadre, place, "captain", settings=COLUMNS)
        if answer.answer == "held":
            assert captains[cadre] == place
        elif answer.answer == "cost":
            assert answer.exact
            assert answer.plan is not None
            assert check(round_, answer.plan).ok
            assert plan.score - (best_with(doc, cadre, place) or 0) == answer.at_most
            turns = turning_points(round_, plan, answer, COLUMNS)
            assert all(turn.edit.values.keys() <= {"willing", "weight"} for turn in turns)
            costs += 1
    assert costs


def test_a_plan_of_another_round_is_refused() -> None:
    doc, plan = next((seeded_round(s), plan_of(s)) for s in seeds(0, 40))
    assert plan is not None
    village, cadre = plan.posts[0].village or "", plan.posts[0].cadre
    heavier = edited(round_of(doc), [weight(plan.terms[0].id, 7)])
    left = {
        name: [row for row in rows if cadre not in (row.get("id"), row.get("cadre"), row.get("spouse"))]
        for name, rows in doc.items()
        if name in ("cadres", "suitability", "decisions", "incumbents", "baseline")
    }
    gone = round_of({**doc, **left})
    for other in (heavier, gone):
        for ask in (
            lambda other=other: why_not(other, plan, next(iter(other.facts.people)), village),
            lambda other=other: explain_team(other, plan, village),
            lambda other=other: explain_post(other, plan, cadre),
            lambda other=other: firm_core(other, [plan]),
        ):
            with pytest.raises(InvalidInput, match="plan 1 is not one of this round"):
                ask()


def test_a_lead_unit_has_no_role() -> None:
    doc, plan = next((seeded_round(s), plan_of(s)) for s in seeds(0, 40))
    assert plan is not None
    unit, village = next(iter(round_of(doc).facts.units)), plan.posts[0].village or ""
    with pytest.raises(InvalidInput, match="a question about a lead unit has no role, here “resident”"):
        why_not(round_of(doc), plan, village=village, unit=unit, role="resident")


def test_an_answer_about_another_kind_of_plan_says_of_which_plans_it_speaks() -> None:
    doc = next(
        seeded_round(s, "min_change") for s in range(200) if best_of(seeded_round(s, "min_change")).feasible
    )
    plan = solve(round_of(doc), COLUMNS.model_copy(update={"kind": "strongest_bundles"})).best
    assert plan is not None
    answer = why_not(round_of(doc), plan, next(iter(round_of(doc).facts.people)), plan.posts[0].village or "")
    assert answer.kind == "strongest_bundles"
    assert answer.document()["kind"] == "strongest_bundles"
