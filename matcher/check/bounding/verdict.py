"""Checking a stated bound: everything that its certificate says, and every team at its prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.check.bounding.account import Prices
from matcher.check.bounding.aspects import WorthTooLarge
from matcher.check.bounding.bench import Bench
from matcher.check.bounding.blocks import better_than
from matcher.check.bounding.ledger import Ledger
from matcher.problems import Problem
from matcher.rulekit import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

    from matcher.certificate import Certificate
    from matcher.check.bounding.blocks import Better
    from matcher.plan import Plan
    from matcher.round.facts import Facts, Place
    from matcher.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class BoundReport:
    """What the checker found about a plan's bound.

    Attributes
    ----------
    problems
        Everything that is wrong with the certificate, or with the bound beside it.
    proven
        What no plan's score exceeds, as the checker itself has shown; None where something is wrong.
    stated
        The bound that the plan states.
    floor
        The least index of every village that ``proven`` takes for granted, as in the certificate; None where
        it holds for all plans.
    """

    problems: tuple[Problem, ...]
    proven: int | None
    stated: int | None
    floor: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def by_search(self) -> bool:
        """Whether the plan's bound is below what is shown: that part rests on the solver's own search."""
        return self.ok and None not in (self.proven, self.stated) and self.stated < self.proven  # type: ignore[operator]

    def document(self) -> dict[str, Any]:
        """Return the findings as JSON data."""
        return {
            "ok": self.ok,
            "proven": self.proven,
            "stated": self.stated,
            "floor": self.floor,
            "problems": [problem.document() for problem in self.problems],
        }


def check_bound(
    facts: Facts,
    book: RuleBook,
    plan: Plan,
    attainable: Mapping[str, int],
    worst: Fraction | None = None,
    *,
    at_place: Callable[[int, int], object] = lambda done, total: None,  # noqa: ARG005
) -> BoundReport:
    """Check the bound of a plan by its certificate.

    Parameters
    ----------
    facts
        The round's derived facts.
    book
        The rules in effect.
    plan
        The plan with its certificate; nothing of it is believed.
    attainable
        Every village's attainable points, from the checker's own search wherever the certificate has a floor or
        ``village_floor`` is in force.
    worst
        The plan's worst index, recounted.
    at_place
        Told, before each village or captaincy, how many are done and how many there are.
    """
    certificate = plan.certificate
    if certificate is None:
        return BoundReport((Problem("no_certificate", field="certificate"),), None, plan.bound)
    if certificate.round_digest != facts.round.digest:
        problem = Problem("certificate_of_other_round", "certificate", field="round_digest")
        return BoundReport((problem,), None, plan.bound)
    bench = Bench(facts, book)
    ledger = Ledger(bench, certificate)
    problems = list(ledger.prices())
    usable = not problems
    problems += ledger.places()
    if usable:
        problems += ledger.sums()
        problems += _blocks(bench, ledger, certificate, attainable, at_place)
    problems += _beside(plan, certificate, worst)
    proven = certificate.bound if not problems else None
    return BoundReport(tuple(problems), proven, plan.bound, certificate.floor)


def says_nothing(book: RuleBook) -> list[str]:
    """Return terms and rules in force that don't say what they read of people: with them a check takes very long."""
    unsaid = [
        item.rule.id
        for item in book.terms
        if item.on
        and not (item.rule.additive or item.rule.additive_with_lead)
        and type(item.rule).summary is Rule.summary
    ]
    return unsaid + [
        item.rule.id
        for item in book.plan
        if item.on
        and item.rule.team_level
        and not item.rule.lasting
        and type(item.rule).summary is Rule.summary
    ]


def _blocks(
    bench: Bench,
    ledger: Ledger,
    certificate: Certificate,
    attainable: Mapping[str, int],
    at_place: Callable[[int, int], object],
) -> Iterator[Problem]:
    """Look for a team above the stated bound of every block."""
    by_rule: dict[str, dict[Any, int]] = {}
    for price in certificate.prices:
        by_rule.setdefault(price.rule, {})[price.key] = price.price
    prices = Prices(certificate.scale, by_rule, certificate.least_index, attainable)
    for index, block in enumerate(certificate.blocks):
        at_place(index, len(certificate.blocks))
        id_ = ledger.place_of(block)
        if id_ is None:
            continue
        place = bench.places[id_]
        try:
            better = better_than(bench, place, prices, block.bound)
        except WorthTooLarge:
            yield Problem("prices_too_large", "certificate.prices")
            return
        if better is not None:
            yield _exceeded(index, place, better, block.bound, certificate.scale)


def _exceeded(index: int, place: Place, better: Better, bound: int, scale: int) -> Problem:
    name = place.village.name if place.is_village else place.township[1]
    details: dict[str, Any] = {
        "place": name,
        "worth": better.worth,
        "over": better.worth - bound,
        "scale": scale,
        "team": [person.record.name for person, _ in better.team],
        "cadres": [person.id for person, _ in better.team],
    }
    return Problem("block_exceeded", "certificate.blocks", index, "bound", str(bound), details)


def _beside(plan: Plan, certificate: Certificate, worst: Fraction | None) -> Iterator[Problem]:
    """Yield what doesn't go together: the plan's score and bound, and the certificate's bound and floor."""
    if plan.score > certificate.bound:
        details = {"bound": certificate.bound}
        yield Problem(
            "score_above_certificate", "plan", field="score", value=str(plan.score), details=details
        )
    if plan.bound is not None and plan.bound > certificate.bound:
        details = {"bound": certificate.bound}
        yield Problem(
            "bound_above_certificate", "plan", field="bound", value=str(plan.bound), details=details
        )
    floor = certificate.least_index
    if floor is not None and worst is not None and worst < floor:
        shown = {"worst": f"{float(worst):.4f}"}
        yield Problem(
            "floor_above_plan", "certificate", field="floor", value=certificate.floor or "", details=shown
        )
