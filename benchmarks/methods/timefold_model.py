"""The round in Timefold's terms: seats as planning entities, people as their values, constraint streams.

Every rule and term comes in through the block it is written on, as numbers: what a member adds to each line
of the block, how helper variables follow from the lines, and which rows limit them. So all rules in force are
in, and a new one needs nothing here. The functions below are translated to Java by the package, which is why
they keep to lists of whole numbers and plain loops. A team that is empty never reaches the streams; so what
counts is always the difference to the empty team.

Annotations are read while the classes are made, so they can't be postponed in this module.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

#: Kinds of helper variables.
ANY, REACHES, PRODUCT = 0, 1, 2


@dataclass(eq=False)
class Person:
    """Somebody who may be posted."""

    id: Annotated[str, PlanningId]


@dataclass(eq=False)
class Link:
    """A link row: its limits, and what a unit of amount costs."""

    id: Annotated[int, PlanningId]
    least: int
    most: int
    step: int
    flat: bool
    hard: bool
    price: int

    def worse(self, total: int) -> int:
        """Return how much more is missed with ``total`` than with nothing."""
        return missed(total, self.least, self.most, self.step, self.flat) - missed(
            0, self.least, self.most, self.step, self.flat
        )


@dataclass(eq=False)
class Load:
    """What somebody in a seat puts on a link row."""

    link: Link
    amount: int


@dataclass(eq=False)
class Judged:
    """What a team scores, penalties of soft rows taken off, and by how much it breaks hard rows."""

    points: int
    broken: int


@dataclass(eq=False)
class Place:
    """A block as numbers.

    Attributes
    ----------
    constants
        Of every line; line 0 is the objective.
    members
        Of every decision, line and amount in turn.
    helpers
        Of every helper: kind, line, second line, number, then line and amount in turn where it is used.
    rows
        Of every row: line, least, most, step, flat, hard, price.
    loads
        Of every decision, its loads on link rows.
    """

    id: Annotated[str, PlanningId]
    constants: list[int]
    members: list[list[int]]
    helpers: list[list[int]]
    rows: list[list[int]]
    loads: list[list[Load]]
    empty_points: int = 0
    empty_broken: int = 0

    def sums(self, team: list[int]) -> list[int]:
        """Return the lines of a team, helpers included."""
        lines = []
        for constant in self.constants:
            lines.append(constant)
        for decision in team:
            adds = self.members[decision]
            for i in range(0, len(adds), 2):
                lines[adds[i]] = lines[adds[i]] + adds[i + 1]
        for helper in self.helpers:
            value = 0
            if helper[0] == ANY:
                if lines[helper[1]] > 0:
                    value = 1
            elif helper[0] == REACHES:
                if lines[helper[1]] >= helper[3]:
                    value = 1
            else:
                value = lines[helper[1]] * lines[helper[2]]
            for i in range(4, len(helper), 2):
                lines[helper[i]] = lines[helper[i]] + helper[i + 1] * value
        return lines

    def judged(self, team: list[int]) -> Judged:
        """Return what a team scores and breaks more than the empty one."""
        lines = self.sums(team)
        points = lines[0] - self.empty_points
        broken = 0 - self.empty_broken
        for row in self.rows:
            amount = missed(lines[row[0]], row[1], row[2], row[3], row[4] == 1)
            if row[5] == 1:
                broken = broken + amount
            else:
                points = points - row[6] * amount
        return Judged(points, broken)


@planning_entity
@dataclass(eq=False)
class Seat:
    """A seat of a place; empty where it may be.

    Attributes
    ----------
    decisions
        By person, the decision of the block that the seat stands for.
    """

    id: Annotated[int, PlanningId]
    place: Place
    role: str
    decisions: dict[str, int]
    candidates: Annotated[list[Person], ValueRangeProvider(id="candidates")]
    person: Annotated[
        Person | None, PlanningVariable(value_range_provider_refs=["candidates"], allows_unassigned=True)
    ] = field(default=None)

    def decision(self) -> int:
        """Return the decision that is taken."""
        return self.decisions[self.person.id]  # type: ignore[union-attr]

    def loads(self) -> list[Load]:
        """Return what the person in the seat puts on link rows."""
        return self.place.loads[self.decisions[self.person.id]]  # type: ignore[union-attr]


@planning_solution
@dataclass(eq=False)
class Posting:
    """The whole round."""

    seats: Annotated[list[Seat], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore, PlanningScore] = field(default=None)  # type: ignore[assignment]


def missed(value: int, least: int, most: int, step: int, flat: bool) -> int:
    """Return by how many units a value misses its limits."""
    distance = 0
    if value < least:
        distance = least - value
    if value > most:
        distance = value - most
    if distance == 0:
        return 0
    if flat:
        return 1
    return (distance + step - 1) // step


@constraint_provider
def constraints(factory: ConstraintFactory) -> list[Constraint]:
    """Return the constraints: one post each, what teams break and score, what link rows miss."""
    streams: Any = factory  # the package's own types lose track of what a stream carries
    teams = (
        streams.for_each(Seat)
        .group_by(lambda seat: seat.place, ConstraintCollectors.to_list(lambda seat: seat.decision()))  # type: ignore[attr-defined]
        .map(lambda place, team: place.judged(team))
    )
    links = (
        streams.for_each(Seat)
        .map(lambda seat: seat.loads())
        .flatten_last(lambda loads: loads)
        .group_by(lambda load: load.link, ConstraintCollectors.sum(lambda load: load.amount))  # type: ignore[attr-defined]
    )
    return [
        streams.for_each_unique_pair(Seat, Joiners.equal(lambda seat: seat.person))  # type: ignore[attr-defined]
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("one post each"),
        teams.impact(HardSoftScore.ONE_SOFT, lambda judged: judged.points).as_constraint("points of teams"),
        teams.impact(HardSoftScore.ONE_HARD, lambda judged: 0 - judged.broken).as_constraint(
            "rules of teams"
        ),
        links.filter(lambda link, _total: link.hard)
        .impact(HardSoftScore.ONE_HARD, lambda link, total: 0 - link.worse(total))
        .as_constraint("hard links"),
        links.filter(lambda link, _total: not link.hard)
        .impact(HardSoftScore.ONE_SOFT, lambda link, total: 0 - link.price * link.worse(total))
        .as_constraint("soft links"),
    ]
