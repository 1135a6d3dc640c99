"""Ties inside a team: of equally good plans, the one in which people keep the roles they have."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from matcher.solving.state import State

if TYPE_CHECKING:
    from matcher.model.encode import Team
    from matcher.model.instance import Instance


def keep_roles(instance: Instance, teams: dict[str, Team]) -> dict[str, Team]:
    """Return teams of the same score in which no exchange of two roles restores a role held now.

    No term counts the role that somebody had before, so a search may exchange two people of one village for
    nothing; to them it is a change of office.
    """
    held = {row.cadre: (row.village, row.role) for row in instance.round.incumbents}
    held |= {row.cadre: (row.village, row.role) for row in instance.round.baseline}
    state = State(instance, teams)
    for place in instance.facts.places:
        improved = True
        while improved:
            improved = any(
                _exchange(state, place, one, other, held)
                for one, other in combinations(state.teams[place], 2)
                if one[1] != other[1]
            )
    return state.teams


def _exchange(
    state: State,
    place: str,
    one: tuple[str, str],
    other: tuple[str, str],
    held: dict[str, tuple[str | None, str]],
) -> bool:
    """Exchange two members' roles if more of the two then keep theirs and nothing else changes."""
    swapped = [(one[0], other[1]), (other[0], one[1])]

    def kept(members: list[tuple[str, str]]) -> int:
        return sum(held.get(cadre) == (place, role) for cadre, role in members)

    if kept(swapped) <= kept([one, other]) or not state.instance.blocks[place].can_hold(swapped):
        return False
    before = list(state.teams[place])
    measure = state.measure()
    state.move({place: [member for member in before if member not in (one, other)] + swapped})
    if state.measure() == measure:
        return True
    state.move({place: before})
    return False
