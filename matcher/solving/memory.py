"""What one solve leaves to the next: teams and prices, for a round that has changed a little."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from matcher.check.distances import held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.model.encode import Team
    from matcher.plan import Plan
    from matcher.round import Facts
    from matcher.solving.pool import Pool


#: Teams of each place in what a solve under way knows.
LEFT = 4


class Left(NamedTuple):
    """What a solve under way knows: the prices of its best bound, and good teams of each place, the best first."""

    prices: Mapping[tuple[str, Any], int] = {}
    teams: Mapping[str, Sequence[Team]] = {}

    def fill(self, memory: Memory) -> bool:
        """Leave it to the next solve, without a plan; return whether there is anything."""
        if not self.prices:
            return False
        memory.prices = dict(self.prices)
        memory.teams = {place: [list(team) for team in teams] for place, teams in self.teams.items()}
        memory.plan = {}
        return True


@dataclass
class Memory:
    """Teams and prices of the last solve.

    Hand the same memory to one :func:`matcher.solve` after another: each starts from what the one before left
    in it. Nothing in it is believed: a team that the changed round doesn't allow is left out, prices are only
    where the search for better ones begins, and every plan and bound is made anew. A solve with a memory
    repeats only together with the solves before it.

    Attributes
    ----------
    teams
        Good teams of each place, by its id.
    prices
        The price of each link row, by rule and key, in price units.
    plan
        The team of each place in the best plan.
    pool
        The same good teams with what they count, for more plans of the very same round; None where there is none.
    """

    teams: dict[str, list[Team]] = field(default_factory=dict)
    prices: dict[tuple[str, Any], int] = field(default_factory=dict)
    plan: dict[str, Team] = field(default_factory=dict)
    pool: Pool | None = None

    @property
    def empty(self) -> bool:
        """Whether no solve has left anything yet."""
        return not self.teams

    def begin_with(self, facts: Facts, plan: Plan) -> None:
        """Let the next solve begin with a plan, besides what it begins with anyhow."""
        known = bool(self.teams)
        self.plan = teams_of(facts, plan)
        for place, team in self.plan.items() if known else ():
            self.teams.setdefault(place, []).append(team)


def memory_of(facts: Facts, plan: Plan) -> Memory:
    """Return what a plan from a file leaves to the next solve: its teams, and the prices of its certificate."""
    memory = Memory(plan=teams_of(facts, plan))
    memory.teams = {place: [team] for place, team in memory.plan.items()}
    if plan.certificate is not None:
        memory.prices = {price.row: price.price for price in plan.certificate.prices}
    return memory


def teams_of(facts: Facts, plan: Plan) -> dict[str, Team]:
    """Return the team of each place in a plan."""
    teams: dict[str, Team] = {}
    for cadre, place, role in sorted(held(facts, plan)):
        teams.setdefault(place, []).append((cadre, role))
    return teams
