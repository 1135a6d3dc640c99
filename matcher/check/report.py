"""Comparing a plan's stated figures with the recount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.check.attainable import attainable_points
from matcher.check.bounding import BoundReport, check_bound
from matcher.check.difference import Difference
from matcher.check.ranks import demands_of, standing
from matcher.check.recount import Recount, exact_index, recount
from matcher.demands import with_demands
from matcher.explaining.explanation import explanation_of
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.round.facts import Facts

#: Figures with decimals are compared to this; they are exact elsewhere.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found.

    Attributes
    ----------
    recount
        Every figure, recounted.
    differences
        Figures of the plan that the recount does not confirm.
    attainable_checked
        False where attainable points were taken from the plan and not searched again.
    bound
        What was found about the plan's bound, where that was asked for.
    """

    recount: Recount
    differences: tuple[Difference, ...]
    attainable_checked: bool
    bound: BoundReport | None = None

    @property
    def ok(self) -> bool:
        """Whether the plan keeps every hard rule and states no wrong figure."""
        proven = self.bound is None or self.bound.ok
        return self.recount.feasible and not self.differences and proven

    def document(self) -> dict[str, Any]:
        """Return the report as JSON data."""
        return {
            "ok": self.ok,
            "score": self.recount.score,
            "broken": [
                {
                    "rule": item.rule,
                    "subjects": dict(item.breach.subjects),
                    "amount": item.breach.amount,
                }
                for item in self.recount.broken
            ],
            "violations": [violation.model_dump(mode="json") for violation in self.recount.violations],
            "terms": [term.model_dump(mode="json") for term in self.recount.terms],
            "differences": [
                {"figure": d.figure, "stated": d.stated, "recounted": d.recounted} for d in self.differences
            ],
            "attainable": "searched" if self.attainable_checked else "taken from the plan",
            **({"bound": self.bound.document()} if self.bound is not None else {}),
        }


def check(
    round_: Round,
    plan: Plan,
    *,
    attainable: bool = False,
    reserves: bool = False,
    bound: bool = False,
    better: Sequence[Plan] = (),
    book: RuleBook | None = None,
    at_place: Callable[[int, int], object] | None = None,
) -> Report:
    """Check a plan against its round.

    Parameters
    ----------
    round_
        The round.
    plan
        The plan; nothing in it is believed but, unless ``attainable``, the attainable points.
    attainable
        Search every village's attainable points again, exhaustively; always done where a rule of the
        round is measured by them.
    reserves
        Put every substitute in the seat and recount the whole plan.
    bound
        Show the bound again by the plan's certificate: every team at its prices. Attainable points are then
        searched where the certificate has a floor.
    better
        The plans ranked better, rank 1 first: distances are counted from them, and the bound is one on the plans
        that are so far from them.
    book
        The rules in effect; those of the round where not given.
    at_place
        Told, while the bound is shown, how many villages and captaincies are done and how many there are.

    Returns
    -------
    Report
        Hard rules broken, soft rules not met, every figure, and each difference to what the plan states.
    """
    facts = round_.facts
    rules = book if book is not None else RuleBook.of(round_.rules)
    stated = {row.village: row.attainable for row in plan.villages}
    floor = bound and plan.certificate is not None and plan.certificate.floor is not None
    attainable = attainable or floor or rules.plan_rule("village_floor").on
    reach = attainable_points(facts, rules) if attainable else stated
    counted = recount(facts, rules, plan.posts, reach)
    differences = [
        *_repeated(plan),
        *_figures(plan, counted),
        *_proof(plan),
        *_reserves(plan, facts),
        *standing(facts, rules, plan, better),
        *_reasons(round_, rules, plan),
    ]
    if reserves:
        differences += substitutes(facts, rules, plan, reach, counted.score)
    shown = None
    if bound:
        indexes = [exact_index(row.points, row.attainable) for row in counted.villages]
        told = {"at_place": at_place} if at_place is not None else {}
        asked = with_demands(rules, demands_of(facts, rules, plan, better))
        shown = check_bound(facts, asked, plan, reach, min(indexes, default=None), **told)
    return Report(counted, tuple(differences), attainable, shown)


def substitutes(
    facts: Facts, book: RuleBook, plan: Plan, attainable: Mapping[str, int], score: int
) -> Iterator[Difference]:
    """Yield the substitutes who could not take the seat, or would change the score otherwise than stated."""
    for reserve in plan.reserves:
        for substitute in reserve.substitutes:
            posts = [
                post.model_copy(update={"cadre": substitute.cadre}) if post.cadre == reserve.cadre else post
                for post in plan.posts
            ]
            swapped = recount(facts, book, posts, attainable)
            change = swapped.score - score if swapped.feasible else None
            if change != substitute.change:
                yield Difference(
                    f"change by {substitute.cadre} for {reserve.cadre}", substitute.change, change
                )


def _reasons(round_: Round, book: RuleBook, plan: Plan) -> Iterator[Difference]:
    """Yield the part of the explanation that the posts don't bear out."""
    if plan.explanation is None:
        return
    stated, counted = plan.explanation, explanation_of(round_, plan, book)
    if plan.certificate is None or plan.certificate.round_digest != round_.digest:
        # Names may have been put right since; what is counted may not have changed.
        stated, counted = stated.unsaid(), counted.unsaid()
    for part in ("summary", "teams", "posts"):
        if getattr(stated, part) != getattr(counted, part):
            yield Difference(f"explanation: {part}", "as stated", "otherwise")


def _repeated(plan: Plan) -> Iterator[Difference]:
    """Yield what is stated twice, where the second figure would hide the first."""
    stated = {
        "term": [term.id for term in plan.terms],
        "village": [row.village for row in plan.villages],
        "reserves of": [row.cadre for row in plan.reserves],
    }
    for name, ids in stated.items():
        for id_ in dict.fromkeys(id_ for id_ in ids if ids.count(id_) > 1):
            yield Difference(f"{name} {id_}", "twice", "once")


def _figures(plan: Plan, counted: Recount) -> Iterator[Difference]:
    """Yield the stated figures that differ from the recount."""
    if plan.score != counted.score:
        yield Difference("score", plan.score, counted.score)
    yield from _rows(
        "terms", {t.id: t.weighted for t in plan.terms}, {t.id: t.weighted for t in counted.terms}
    )
    yield from _rows(
        "term weights", {t.id: t.weight for t in plan.terms}, {t.id: t.weight for t in counted.terms}
    )
    yield from _rows(
        "term points", {t.id: t.points for t in plan.terms}, {t.id: t.points for t in counted.terms}
    )
    stated = {row.village: row for row in plan.villages}
    for row in counted.villages:
        own = stated.pop(row.village, None)
        if own is None:
            yield Difference(f"village {row.village}", None, row.points)
        elif (own.points, own.attainable, own.terms) != (row.points, row.attainable, row.terms):
            yield Difference(f"village {row.village}", own.model_dump(), row.model_dump())
        elif row.attainable < max(0, row.points) and counted.feasible:
            yield Difference(f"attainable points of village {row.village}", row.attainable, f"≥ {row.points}")
        elif abs(own.index - row.index) > TOLERANCE:
            yield Difference(f"index of village {row.village}", own.index, row.index)
    for village in stated:
        yield Difference(f"village {village}", village, None)
    yield from _multiset("violations", plan.violations, counted.violations, may=counted.left_aside)
    if plan.kind == "partial" and counted.feasible:
        yield Difference("kind of plan", plan.kind, "best")
    yield from _multiset("bundles", plan.bundles, counted.bundles)
    if plan.floor is not None:
        worst = counted.floor(proven=plan.floor.proven)
        if worst is None or abs(worst.index - plan.floor.index) > TOLERANCE:
            yield Difference("floor", plan.floor.index, worst.index if worst else None)
        elif set(worst.villages) != set(plan.floor.villages):
            yield Difference("villages at the floor", list(plan.floor.villages), list(worst.villages))


def _rows(name: str, stated: dict[str, int], counted: dict[str, int]) -> Iterator[Difference]:
    for key in dict.fromkeys([*counted, *stated]):
        if stated.get(key) != counted.get(key):
            yield Difference(f"{name} {key}", stated.get(key), counted.get(key))


def _multiset(name: str, stated: Any, counted: Any, *, may: Any = ()) -> Iterator[Difference]:
    """Yield rows that stand on one side only, in any order; rows of ``may`` can be stated or left out."""
    left = [row.model_dump(mode="json") for row in stated]
    for row in counted:
        data = row.model_dump(mode="json")
        if data in left:
            left.remove(data)
        else:
            yield Difference(name, None, data)
    for row in may:
        data = row.model_dump(mode="json")
        if data in left:
            left.remove(data)
    for data in left:
        yield Difference(name, data, None)


def _proof(plan: Plan) -> Iterator[Difference]:
    """Yield what is wrong with bound, gap and proof among themselves."""
    if plan.bound is None:
        if plan.gap is not None or plan.proof != "none":
            yield Difference("proof without a bound", plan.proof, "none")
        return
    if plan.bound < plan.score:
        yield Difference("bound below the score", plan.bound, plan.score)
        return
    gap = (plan.bound - plan.score) / max(1, abs(plan.score))
    if plan.gap is None or abs(plan.gap - gap) > TOLERANCE:
        yield Difference("gap", plan.gap, gap)
    proof = "optimal" if plan.bound == plan.score else "gap"
    if plan.proof != proof:
        yield Difference("proof", plan.proof, proof)


def _reserves(plan: Plan, facts: Facts) -> Iterator[Difference]:
    """Yield reserves who are nobody, hold a post themselves or stand out of order, and posts that nobody holds."""
    posted = {post.cadre for post in plan.posts}
    held = {(post.cadre, post.role, post.village, post.county, post.township) for post in plan.posts}
    for reserve in plan.reserves:
        seat = (reserve.cadre, reserve.role, reserve.village, reserve.county, reserve.township)
        if seat not in held:
            yield Difference("reserve for a post not held", reserve.cadre, None)
        named = [(-substitute.change, substitute.cadre) for substitute in reserve.substitutes]
        if named != sorted(set(named)):
            yield Difference(
                f"order of the reserves of {reserve.cadre}", [cadre for _, cadre in named], "best first"
            )
        for _, cadre in named:
            if cadre in posted or cadre not in facts.people:
                yield Difference("reserve who holds a post or is unknown", cadre, None)
