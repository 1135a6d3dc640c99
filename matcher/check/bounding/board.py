"""All terms and rules of one village together: every state that a team can be in, level by level.

A state of the board is a state of each aspect. Levels are numbers of residents and support cadres; the first
secretary comes first. From every state the board knows where each further member leads, so a team's worth is
what its members bring alone plus what its last state is worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.check.bounding.aspects import HARDLY, NEVER, Level, TooManyStates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.check.attainable_aspects import Member
    from matcher.check.bounding.aspects import Aspect, Numbers
    from matcher.check.bounding.bench import Seats

#: More moves than this are not tabled.
MOST_MOVES = 60_000_000
#: The roles beside the first secretary's.
FURTHER = ("resident", "support")
LEAD = "first_secretary"


class Board:
    """The states of a village's teams.

    Parameters
    ----------
    aspects
        The terms and rules that read more than one member.
    members
        Everybody who may be in the team, in each role.
    seats
        The least and the most of each role.

    Attributes
    ----------
    codes
        The number of what each member brings to all aspects together, within the role.
    moves
        For each further role, state × code to state; -1 where the role is full.
    starts
        The state of each first secretary alone, by code.
    levels
        The number of each state's level.
    """

    def __init__(self, aspects: Sequence[Aspect], members: Sequence[Member], seats: Seats) -> None:
        self._aspects = aspects
        self._seats = seats
        self.codes = np.zeros(len(members), dtype=np.int64)
        roles = np.array([role for _, role in members])
        self._bring = {role: self._numbered(np.flatnonzero(roles == role)) for role in Level._fields}
        self._radix = self._place_values()
        most = tuple(seats[role][1] for role in FURTHER)
        self._grid = [(r, s) for r in range(most[0] + 1) for s in range(most[1] + 1)]
        self._keys: dict[tuple[int, int], Numbers] = {}
        self._states: dict[tuple[int, int], Numbers] = {}
        self.starts = self._start_level()
        for level in self._grid[1:]:
            self._add_level(level)
        offsets = np.cumsum([0, *(len(self._keys[level]) for level in self._grid)])
        self._offset = {level: int(offset) for level, offset in zip(self._grid, offsets, strict=False)}
        self.size = int(offsets[-1])
        self.levels = np.concatenate([np.full(len(self._keys[g]), i) for i, g in enumerate(self._grid)])
        self.moves = {role: self._moves(role) for role in FURTHER}

    def _numbered(self, members: Numbers) -> Numbers:
        """Return what the members of a role bring, code × aspect, after numbering it."""
        rows = np.zeros((len(members), len(self._aspects)), dtype=np.int64)
        for i, aspect in enumerate(self._aspects):
            rows[:, i] = aspect.codes[members]
        if not len(members) or not self._aspects:
            return rows[:1]
        unique, inverse = np.unique(rows, axis=0, return_inverse=True)
        self.codes[members] = inverse.ravel()
        return unique

    def _place_values(self) -> list[int]:
        """Return the factors that make one number of the states of all aspects."""
        values, total = [], 1
        for aspect in self._aspects:
            values.append(total)
            total *= len(aspect.moves)
        if total >= 2**62:
            raise TooManyStates
        return values

    def _after(self, states: Numbers, role: str) -> Numbers:
        """Return the states, as numbers, that each state and each code of a role lead to."""
        bring = self._bring[role]
        if len(states) * len(bring) > MOST_MOVES:
            raise TooManyStates
        keys = np.zeros((len(states), len(bring)), dtype=np.int64)
        for i, (aspect, radix) in enumerate(zip(self._aspects, self._radix, strict=True)):
            keys += radix * aspect.moves[states[:, i][:, None], bring[:, i][None, :]]
        return keys

    def _unpacked(self, keys: Numbers) -> Numbers:
        states = np.zeros((len(keys), len(self._aspects)), dtype=np.int64)
        for i, (aspect, radix) in enumerate(zip(self._aspects, self._radix, strict=True)):
            states[:, i] = (keys // radix) % len(aspect.moves)
        return states

    def _start_level(self) -> Numbers:
        """Start from nobody and from every kind of first secretary."""
        nobody = np.zeros((1, len(self._aspects)), dtype=np.int64)
        leads = self._after(nobody, LEAD)[0]
        self._keys[0, 0] = np.unique(np.concatenate([np.zeros(1, dtype=np.int64), leads]))
        self._states[0, 0] = self._unpacked(self._keys[0, 0])
        starts: Numbers = np.searchsorted(self._keys[0, 0], leads)
        return starts

    def _add_level(self, level: tuple[int, int]) -> None:
        smaller = (((level[0] - 1, level[1]), "resident"), ((level[0], level[1] - 1), "support"))
        keys = [np.unique(self._after(self._states[g], role)) for g, role in smaller if g in self._states]
        self._keys[level] = np.unique(np.concatenate(keys))
        self._states[level] = self._unpacked(self._keys[level])

    def _moves(self, role: str) -> Numbers:
        """Return where each code of a role leads from each state of all levels."""
        moves = np.full((self.size, len(self._bring[role])), -1, dtype=np.int64)
        step = (1, 0) if role == "resident" else (0, 1)
        for level in self._grid:
            larger = (level[0] + step[0], level[1] + step[1])
            if larger in self._offset:
                found = np.searchsorted(self._keys[larger], self._after(self._states[level], role))
                start = self._offset[level]
                moves[start : start + len(found)] = found + self._offset[larger]
        return moves

    def worth(self, *, lead: bool) -> Numbers:
        """Return what each state is worth to a team that ends there, with a first secretary or without."""
        return self.sum_of(self._aspects, lead=lead)

    def sum_of(self, aspects: Sequence[Aspect | None], *, lead: bool) -> Numbers:
        """Return the sum of what tables over the same states say; None stands for a table of zeros."""
        worth = np.full(self.size + 1, NEVER, dtype=np.int64)
        for level, offset in self._offset.items():
            if all(self._seats[role][0] <= held for role, held in zip(FURTHER, level, strict=True)):
                states = self._states[level]
                total = np.zeros(len(states), dtype=np.int64)
                for i, aspect in enumerate(aspects):
                    if aspect is not None:
                        total += aspect.values(Level(int(lead), *level))[states[:, i]]
                worth[offset : offset + len(states)] = np.where(total < HARDLY, NEVER, total)
        return worth

    def team_levels(self, *, lead: bool) -> list[Level]:
        """Return the team sizes in the order in which :attr:`levels` numbers them."""
        return [Level(int(lead), *level) for level in self._grid]

    def completion(self, worth: Numbers, best: Mapping[str, Numbers]) -> Numbers:
        """Return the most that further members and the last state add from each state.

        Somebody may be counted twice, so it is a bound that is not always reached.

        Parameters
        ----------
        worth
            What each state is worth to a team that ends there.
        best
            For each further role, the most that one member of each code brings.
        """
        most = worth.copy()
        for level in reversed(self._grid):
            rows = slice(self._offset[level], self._offset[level] + len(self._keys[level]))
            for role in FURTHER:
                moves = self.moves[role][rows]
                if moves.size and moves[0, 0] >= 0:
                    most[rows] = np.maximum(most[rows], (most[moves] + best[role][None, :]).max(axis=1))
        return most
