"""Terms and rules of one village as small tables: what of a team they read, and what they make of it.

A term or rule says by ``summary`` what it reads of a member, and by ``combine`` how the summaries of a team go
together. So a team is, to that rule, one of a few *states*, and a further member moves it from state to state.
What a state is worth is asked of the rule's own check, with people who are in that state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from matcher.check.attainable_aspects import Member

    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    Judge = Callable[[Sequence[Member]], int | None]

#: No team may be worth more than this, or less than minus this, so that sums are exact in 64 bits.
MOST_WORTH: Final = 2**52
#: Stands for a team that is not allowed; with any worth added it stays below ``HARDLY``.
NEVER: Final = -4 * MOST_WORTH
#: Every number below this stands for a team that is not allowed.
HARDLY: Final = -2 * MOST_WORTH
#: More states than this are not looked at; the rule then counts as one that says nothing.
MOST_STATES: Final = 4000


class Level(NamedTuple):
    """How many members hold each role."""

    first_secretary: int
    resident: int
    support: int


class WorthTooLarge(ValueError):
    """Prices so large that sums don't fit into the numbers counted with."""


class TooManyStates(Exception):
    """A rule tells more teams apart than can be tabled."""


class Aspect:
    """One term or rule as states and moves.

    Parameters
    ----------
    judge
        What the term or rule makes of a team; None where it does not allow it.
    members
        Everybody in each role.
    summaries
        What is read of each of them.
    combine
        How summaries go together.
    levels
        The team sizes to look at, smaller ones first.

    Attributes
    ----------
    codes
        The number of each member's summary.
    moves
        State × code to state; state 0 is a team of nobody.
    """

    def __init__(
        self,
        judge: Judge,
        members: Sequence[Member],
        summaries: Sequence[Hashable],
        combine: Callable[[Hashable, Hashable], Hashable],
        levels: Sequence[Level],
    ) -> None:
        self._judge = judge
        numbers: dict[Hashable, int] = {}
        self.codes = np.array([numbers.setdefault(s, len(numbers)) for s in summaries], dtype=np.int64)
        self._who: dict[str, dict[int, list[Member]]] = {role: {} for role in Level._fields}
        for member, code in zip(members, self.codes.tolist(), strict=True):
            self._who[member[1]].setdefault(code, []).append(member)
        self.moves = _moves(list(numbers), combine, sum(levels[-1]))
        self._teams = self._examples(levels)
        self._values: dict[Level, Numbers] = {}

    def _examples(self, levels: Sequence[Level]) -> dict[Level, dict[int, tuple[Member, ...]]]:
        """Return a team for each state at each level."""
        moves: list[list[int]] = self.moves.tolist()
        found: dict[Level, dict[int, tuple[Member, ...]]] = {Level(0, 0, 0): {0: ()}}
        for level in levels:
            here = found.setdefault(level, {})
            for smaller, role in steps(level):
                for state, team in found.get(smaller, {}).items():
                    for code, people in self._who[role].items():
                        after = moves[state][code]
                        if after not in here:
                            here[after] = (*team, _another(people, team))
        return found

    def values(self, level: Level) -> Numbers:
        """Return what each state is worth to a team of that size; ``NEVER`` where it isn't allowed."""
        if level not in self._values:
            values = np.full(len(self.moves), NEVER, dtype=np.int64)
            for state, team in self._teams.get(level, {}).items():
                value = self._judge(team)
                values[state] = NEVER if value is None else fitting(value)
            self._values[level] = values
        return self._values[level]


def _moves(
    summaries: Sequence[Hashable], combine: Callable[[Hashable, Hashable], Hashable], largest: int
) -> Numbers:
    """Return what each further member makes of each state that a team of so many can be in."""
    numbers: dict[Hashable, int] = {}
    rows = [[numbers.setdefault(summary, len(numbers) + 1) for summary in summaries]]
    for _ in range(largest - 1):
        for state in list(numbers)[len(rows) - 1 :]:
            rows.append([numbers.setdefault(combine(state, s), len(numbers) + 1) for s in summaries])
        if len(numbers) > MOST_STATES:
            raise TooManyStates
    rows += [[0] * len(summaries) for _ in range(len(numbers) + 1 - len(rows))]
    return np.array(rows, dtype=np.int64).reshape(len(numbers) + 1, len(summaries))


class DistinctCount:
    """A rule to which a team is the number of different things among its members (their units).

    Attributes
    ----------
    things
        What each member brings.
    """

    def __init__(
        self, judge: Judge, members: Sequence[Member], things: Sequence[Hashable], largest: int
    ) -> None:
        self._judge = judge
        self._members = members
        self.things = things
        self.largest = largest

    def values(self, level: Level) -> Numbers:
        """Return what each number of different things is worth to a team of that size."""
        values = np.full(self.largest + 1, NEVER, dtype=np.int64)
        roles = [role for role, held in zip(Level._fields, level, strict=True) for _ in range(held)]
        for number in range(min(1, len(roles)), len(roles) + 1):
            team = self._team(roles, number)
            if team is not None:
                value = self._judge(team)
                values[number] = NEVER if value is None else fitting(value)
        return values

    def _team(self, roles: Sequence[str], number: int) -> tuple[Member, ...] | None:
        """Return somebody in each role who have ``number`` different things in all; None where nobody has."""
        team: list[Member] = []
        seen: set[Hashable] = set()
        for role in roles:
            fresh = len(seen) < number
            able = [
                (m, thing)
                for m, thing in zip(self._members, self.things, strict=True)
                if (thing in seen) != fresh
            ]
            if not able:
                return None
            person, _ = _another([member for member, _ in able], team)
            team.append((person, role))
            seen.add(next(thing for member, thing in able if member[0] is person))
        return tuple(team)


def fitting(value: int) -> int:
    """Return what a term or rule makes of a team, unless sums of such numbers could grow too large."""
    if abs(value) >= MOST_WORTH // 64:
        raise WorthTooLarge
    return value


def steps(level: Level) -> Iterator[tuple[Level, str]]:
    """Yield the sizes of one member fewer, each with the role that is then added."""
    for place, role in enumerate(Level._fields):
        if level[place]:
            yield Level(*(held - (i == place) for i, held in enumerate(level))), role


def _another(members: Sequence[Member], team: Iterable[Member]) -> Member:
    """Return one of ``members`` who is not in the team yet; any, where all are.

    The same person twice is no team, but reads like one: nothing but the summary is read of anybody.
    """
    used = {person.id for person, _ in team}
    return next((member for member in members if member[0].id not in used), members[0])
