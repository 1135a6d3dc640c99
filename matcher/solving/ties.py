"""Ties inside a team: of equally good plans, the one in which people keep the roles they have."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from matcher.solving.state import amount_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.model.block import Block
    from matcher.model.encode import Team
    from matcher.model.instance import Instance

#: Who holds which role where, by cadre.
Held = dict[str, tuple[str | None, str]]


def keep_roles(
    instance: Instance,
    teams: Mapping[str, Team],
    block_of: Callable[[str], Block],
    fits: Callable[[str, Team], bool] | None = None,
) -> dict[str, Team]:
    """Return teams of the same score in which no exchange of two roles restores a role held now.

    No term counts the role that somebody had before, so a search may exchange two people of one village for
    nothing; to them it is a change of office.

    Parameters
    ----------
    teams
        Teams of some villages, by place.
    block_of
        Gives the block of a place; asked only where an exchange is worth a look.
    fits
        Whether another team of a place leaves the plan as good, where it loads the link rows otherwise (another unit leads
        the village then); without it such exchanges are left alone.
    """
    held: Held = {row.cadre: (row.village, row.role) for row in instance.round.incumbents}
    held |= {row.cadre: (row.village, row.role) for row in instance.round.baseline}
    settled = {}
    for place, team in teams.items():
        better: Team | None = sorted(team)
        while better is not None:
            settled[place] = better
            better = _exchanged(place, better, held, block_of, fits)
    return settled


def _exchanged(
    place: str,
    team: Team,
    held: Held,
    block_of: Callable[[str], Block],
    fits: Callable[[str, Team], bool] | None,
) -> Team | None:
    """Return the team with two members' roles exchanged, if more of the two then keep theirs and nothing else changes."""

    def kept(members: list[tuple[str, str]]) -> int:
        return sum(held.get(cadre) == (place, role) for cadre, role in members)

    for one, other in combinations(team, 2):
        swapped = [(one[0], other[1]), (other[0], one[1])]
        if one[1] == other[1] or kept(swapped) <= kept([one, other]):
            continue
        after = sorted([member for member in team if member not in (one, other)] + swapped)
        block = block_of(place)
        if not block.can_hold(after):
            continue
        own, other_own = _effect(block, team), _effect(block, after)
        if own == other_own or (fits is not None and own[:2] == other_own[:2] and fits(place, after)):
            return after
    return None


def _effect(block: Block, team: Team) -> tuple[int, list[int], dict[Any, int]]:
    """Return all that a team does: its worth, what it misses of each row, its loads."""
    values = block.values(team)
    missed = [amount_of(row.row.expression.value(values), row.row) for row in block.rows]
    loads = {name: amount for name, load in block.loads.items() if (amount := load.value(values))}
    return block.objective.value(values), missed, loads
