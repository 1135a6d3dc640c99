"""How far weights can move: over which weights of a term a plan stays the best."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from matcher.check.recount import recount
from matcher.edits import edited, weight
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
#: The highest weight that a round may have.
HIGHEST = 1_000_000
#: Solves for one end of a range at most.
SOLVES = 12


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
        high = search.end(furthest(item.weight))
        low = search.end(0)
        found.append(
            WeightRange(
                term=item.rule.id,
                weight=item.weight,
                lowest=low,
                highest=high,
                open_below=low == 0,
                open_above=high == furthest(item.weight),
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


def furthest(own: int) -> int:
    """Return the highest weight that is looked at."""
    return min(max(FAR * own, own + 10), HIGHEST)


def solved_at(round_: Round, term: str, value: int, settings: Settings, memory: Memory, stop: Stop) -> Found:
    """Solve a round with another weight of one term, from what is known."""
    return solve_once(edited(round_, [weight(term, value)]), settings, stop, memory=deepcopy(memory))
