"""Sensitivity: what one more of something is worth, how far weights can move, how robust each post is."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import pandas as pd

from matcher.check.distances import held
from matcher.check.recount import recount
from matcher.edits import cell, edited, weight
from matcher.model.instance import Instance
from matcher.questions.at_prices import at_prices
from matcher.rulebook import RuleBook
from matcher.settings import Settings
from matcher.solving.memory import Memory, memory_of
from matcher.solving.once import solve_once
from matcher.solving.stopping import Stop

if TYPE_CHECKING:
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.rulebook import InForce
    from matcher.rulekit import ScoreTerm
    from matcher.solving.once import Found

#: Weights are looked at up to so many times their own.
FAR = 4
#: By how much a weight is moved to see what stays.
SHAKEN = 0.2
#: The highest weight that a round may have.
HIGHEST = 1_000_000
#: Solves for one end of a range at most.
SOLVES = 12


def worths(round_: Round, plan: Plan) -> pd.DataFrame:
    """Return what one more of each scarce thing is worth at most, the most worth first.

    At the prices of the plan's bound: one more unit of a limit raises the bound by its price, so no plan gains more
    by it than that and what the bound is above the plan.

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``what`` (a unit, a cadre, a specialty, or the rule itself), ``name``, ``points``.

    Raises
    ------
    NoPrices
        Where the plan has no certificate.
    """
    prices = at_prices(round_, plan)
    certificate, facts = plan.certificate, round_.facts
    # Prices count from the bound of the certificate, which may be above the plan's.
    above = 0 if certificate is None or plan.bound is None else max(0, certificate.bound - plan.bound)
    rows = []
    for price in certificate.prices if certificate is not None else ():
        key = price.key if isinstance(price.key, str) else "/".join(str(part) for part in _parts(price.key))
        named = facts.people.get(key)
        name = named.record.name if named else facts.units[key].name if key in facts.units else key
        points = abs(price.price) / prices.scale + above
        rows.append({"rule": price.rule, "what": key, "name": name, "points": points})
    table = pd.DataFrame(rows, columns=["rule", "what", "name", "points"])
    return table.sort_values(["points", "rule", "what"], ascending=[False, True, True], ignore_index=True)


def _parts(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


def seat_worths(round_: Round, plan: Plan, villages: list[str] | None = None) -> pd.DataFrame:
    """Return what one more support seat is worth at most, village by village, the most worth first.

    Returns
    -------
    pandas.DataFrame
        ``village``, ``name``, ``points``: no plan of the round with that seat scores more than the plan's bound and so
        many points.

    Raises
    ------
    NoPrices
        Where the plan has no certificate.
    """
    prices = at_prices(round_, plan)
    before = prices.bound if plan.bound is None else plan.bound
    structure = RuleBook.of(round_.rules).plan_rule("team_structure")
    rows = []
    for village in villages if villages is not None else list(round_.facts.places):
        place = round_.facts.places[village]
        least, most = structure.rule.seats(place, structure.params)["support"]  # type: ignore[attr-defined]
        larger = edited(round_, [cell("villages", village, support_min=least, support_max=most + 1)])
        bound = prices.bound_with_block(Instance(larger).block(larger.facts.places[village]))
        if bound is not None:
            rows.append({"village": village, "name": place.village.name, "points": max(0, bound - before)})
    table = pd.DataFrame(rows, columns=["village", "name", "points"])
    return table.sort_values(["points", "village"], ascending=[False, True], ignore_index=True)


@dataclass(frozen=True)
class WeightRange:
    """Over which weights of one term a plan stays the best, all other weights as they are.

    Attributes
    ----------
    term, weight
        The term and its weight now.
    lowest, highest
        Whole weights: from here to there the plan stays the best, or within ``gap`` of the best.
    open_below, open_above
        Whether it does so as far as was looked: down to 0, or up to the highest weight tried.
    gap
        0 where the plan is proven optimal all along: the range is exact.
    settled
        Whether every solve came to an answer within the effort.
    """

    term: str
    weight: int
    lowest: int
    highest: int
    open_below: bool
    open_above: bool
    gap: float
    settled: bool


def weight_ranges(
    round_: Round,
    plan: Plan,
    settings: Settings | None = None,
    *,
    terms: list[str] | None = None,
    stop: Stop | None = None,
) -> list[WeightRange]:
    """Return over which weights a plan stays the best, term by term.

    A plan's score is linear in a weight, and the best score is the highest of such lines. So each end of a range is
    found by solving at a weight where another plan wins, going to where the two are equal, and again. Where the rule
    ``village_floor`` is on, which plans are allowed moves with the weights too: no range is given then.
    """
    asked, stopping = settings or Settings(), stop or Stop()
    gap = max(asked.gap, plan.gap or 0.0)
    memory = memory_of(round_.facts, plan)
    points = {term.id: term.points for term in plan.terms}
    found = []
    for item in RuleBook.of(round_.rules).terms:
        if not item.on or (terms is not None and item.rule.id not in terms) or stopping.now:
            continue
        search = _Ends(round_, plan, item, points[item.rule.id], asked, gap, memory, stopping)
        furthest = min(max(item.weight * FAR, item.weight + 10), HIGHEST)
        high = search.end(furthest)
        low = search.end(0)
        found.append(
            WeightRange(
                term=item.rule.id,
                weight=item.weight,
                lowest=low,
                highest=high,
                open_below=low == 0,
                open_above=high == furthest,
                gap=gap,
                settled=search.settled,
            )
        )
    return found


class _Ends:
    """Looks for one end of the range of a term's weight, then the other."""

    def __init__(
        self,
        round_: Round,
        plan: Plan,
        item: InForce[ScoreTerm[Any]],
        points: int,
        settings: Settings,
        gap: float,
        memory: Memory,
        stop: Stop,
    ) -> None:
        self.round = round_
        self.plan = plan
        self.item = item
        self.points = points
        self.settings = settings
        self.gap = gap
        self.memory = memory
        self.stop = stop
        self.book = RuleBook.of(round_.rules)
        self.settled = True

    def end(self, at: int) -> int:
        """Return the last weight, from its own towards ``at``, at which the plan stays."""
        own = self.item.weight
        if self.plan.kind != "best" or self.book.plan_rule("village_floor").on:
            # What a kind puts first is not asked for here; what a village can attain moves with the weights.
            self.settled = False
            return own
        for _ in range(SOLVES):
            if at == own:
                return own
            found = solved_at(self.round, self.item.rule.id, at, self.settings, self.memory, self.stop)
            score = self.plan.score + (at - own) * self.points
            if found.bound is not None and found.bound - score <= self.gap * max(1, abs(score)):
                return at
            other = found.plan
            if other is None or other.score <= score:
                break
            at = self._where_equal(other, at)
        self.settled = False
        return own

    def _where_equal(self, other: Plan, at: int) -> int:
        """Return the last whole weight, coming from our own, at which ``other`` is not the better of the two.

        Where it is the better one at our own weight too (the plan is not proven the best there), that is our own.
        """
        own = self.item.weight
        reach = {row.village: row.attainable for row in self.plan.villages}
        counted = recount(self.round.facts, self.book, other.posts, reach)  # at the weights as they are
        points = next(term.points for term in counted.terms if term.id == self.item.rule.id)
        behind = self.plan.score - counted.score
        slope = points - self.points
        if not slope:
            return own  # better at every weight: the plan was not the best
        where = own + behind / slope
        nearer = floor(where + 1e-9) if at > own else ceil(where - 1e-9)
        step = 1 if at > own else -1
        return max(own, min(nearer, at - step)) if at > own else min(own, max(nearer, at - step))


def solved_at(round_: Round, term: str, value: int, settings: Settings, memory: Memory, stop: Stop) -> Found:
    """Solve a round with another weight of one term, from what is known."""
    return solve_once(edited(round_, [weight(term, value)]), settings, stop, memory=deepcopy(memory))


def robustness(
    round_: Round,
    plan: Plan,
    settings: Settings | None = None,
    *,
    share: float = SHAKEN,
    stop: Stop | None = None,
) -> pd.DataFrame:
    """Return how many solves with one weight moved keep each post of a plan.

    Every term's weight is moved up and down by ``share``, at least by 1, one at a time.

    Returns
    -------
    pandas.DataFrame
        ``village``, ``role``, ``cadre``, ``name``, ``kept`` (a share of the solves), the least kept first;
        ``attrs["solves"]`` says how many solves there were.
    """
    asked, stopping = settings or Settings(), stop or Stop()
    memory = memory_of(round_.facts, plan)
    solves = []
    for item in RuleBook.of(round_.rules).terms:
        if not item.on:
            continue
        step = max(1, round(item.weight * share))
        for value in (item.weight - step, item.weight + step):
            if 0 <= value <= HIGHEST and not stopping.now:
                found = solved_at(round_, item.rule.id, value, asked, memory, stopping)
                if found.plan is not None and not stopping.now:  # one that was cut short says nothing
                    solves.append(held(round_.facts, found.plan))
    rows = [
        {
            "village": place,
            "role": role,
            "cadre": cadre,
            "name": round_.facts.people[cadre].record.name,
            "kept": round(sum((cadre, place, role) in posts for posts in solves) / max(1, len(solves)), 4),
        }
        for cadre, place, role in held(round_.facts, plan)
    ]
    table = pd.DataFrame(rows, columns=["village", "role", "cadre", "name", "kept"])
    table = table.sort_values(["kept", "village", "role", "cadre"], ignore_index=True)
    table.attrs["solves"] = len(solves)
    return table
