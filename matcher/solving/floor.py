"""Fairness first: the highest floor under the worst-served village, then the best score on it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from matcher.model.instance import Instance
from matcher.solving.cpsat import run
from matcher.solving.one_piece import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.model.encode import Team
    from matcher.solving.stopping import Stop

#: No plan reaches the floor found plus this.
STEP = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class FoundFloor:
    """The highest floor found.

    Attributes
    ----------
    floor
        A plan has every index at least this.
    teams
        That plan.
    proven
        That no plan reaches ``floor`` + 0.01.
    """

    floor: Fraction
    teams: dict[str, Team]
    proven: bool


def worst_index(instance: Instance, teams: Mapping[str, Team], attainable: Mapping[str, int]) -> Fraction:
    """Return the least points ÷ attainable over the villages, exactly; 1 where nothing is attainable."""
    worst = Fraction(1)
    for id_, block in instance.blocks.items():
        if block.place.is_village and attainable.get(id_, 0) > 0:
            points = block.points.value(block.values(teams[id_]))
            worst = min(worst, Fraction(points, attainable[id_]))
    return worst


def highest_floor(
    instance: Instance,
    teams: Mapping[str, Team],
    attainable: Mapping[str, int],
    stop: Stop,
    *,
    work: float,
    seed: int,
) -> FoundFloor:
    """Raise the floor from that of a given plan until no plan is 0.01 above it, or the work is spent.

    Floors between the best that is reached and the least that is proven out of reach are halved; each is
    asked of the whole round as a question of feasibility, with the floor as a hard row in every village.
    """
    best = {place: list(team) for place, team in teams.items()}
    reached = worst_index(instance, best, attainable)
    refused = Fraction(1) + STEP
    spent = 0.0
    while refused > reached + STEP and spent < work and not stop.now:
        asked = max(reached + STEP, (reached + refused) / 2)
        raised = Instance(instance.round, instance.book, attainable, floor=min(asked, Fraction(1)))
        if asked > 1:
            refused = asked  # nobody is above what is attainable
            continue
        encoder = encode(raised, points=False)
        encoder.hint(best)
        outcome = run(encoder, stop, work=max(work - spent, 0.01), seed=seed)
        spent += outcome.work
        if outcome.teams is not None:
            best = outcome.teams
            reached = worst_index(instance, best, attainable)
        elif outcome.status == "infeasible":
            refused = asked
        else:
            break
    return FoundFloor(reached, best, proven=refused <= reached + STEP)
