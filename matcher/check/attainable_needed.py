"""Whom a team cannot do without: what each rule by itself says of the seats still open."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement, product
from math import comb
from typing import TYPE_CHECKING

from matcher.check.attainable_aspects import SEATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matcher.check.attainable_aspects import Aspect, Codes
    from matcher.check.attainable_groups import Candidate

    Open = tuple[int, ...]

#: Rules with more combinations of kinds than this are not looked at ahead of complete teams.
MOST_COMPLETIONS = 300


class Needed:
    """One rule's look ahead: a set of codes of which every team that keeps the rule takes at least one.

    Seen by one rule, a team is the codes of its members. So the completions of a team can be tried code by
    code instead of person by person. What is found never rules out a team that keeps the rule: stand-ins
    run short only of codes that real people would run short of too, and where it is not clear, the
    completion counts as possible.
    """

    def __init__(self, aspect: Aspect, number: int, candidates: Sequence[Candidate]) -> None:
        self._aspect = aspect
        self._people: dict[int, list[Candidate]] = {}
        seats: dict[int, int] = {}
        for candidate in candidates:
            self._people.setdefault(candidate.codes[number], []).append(candidate)
            seats[candidate.codes[number]] = candidate.seat
        self._common = sorted(self._people, key=lambda code: -len(self._people[code]))
        self._by_seat = [
            [code for code in self._common if seats[code] == seat] for seat, _ in enumerate(SEATS)
        ]
        self._found: dict[tuple[Codes, Open, Open], frozenset[int] | None] = {}

    def codes(
        self, key: Codes, members: Sequence[Candidate], least: Open, most: Open
    ) -> frozenset[int] | None:
        """Return codes of which one is needed; none of them for a lost team, None where nothing can be said."""
        asked = (key, least, most)
        if asked not in self._found:
            self._found[asked] = self._search(key, members, least, most)
        return self._found[asked]

    def _search(
        self, key: Codes, members: Sequence[Candidate], least: Open, most: Open
    ) -> frozenset[int] | None:
        if all(codes or not low for codes, low in zip(self._by_seat, least, strict=True)):
            plain = [
                code for codes, low in zip(self._by_seat, least, strict=True) for code in codes[:1] * low
            ]
            if self._possible(key, members, plain):
                return None
        if self._how_many(least, most) > MOST_COMPLETIONS:
            return None
        good = {frozenset(c) for c in self._completions(least, most) if self._possible(key, members, c)}
        spared: set[int] = set()
        for code in self._common:
            if not any(used <= spared | {code} for used in good):
                spared.add(code)
        return frozenset(self._common) - spared

    def _how_many(self, least: Open, most: Open) -> int:
        total = 1
        for codes, low, high in zip(self._by_seat, least, most, strict=True):
            total *= sum(
                comb(len(codes) + size - 1, size) if codes else not size for size in range(low, high + 1)
            )
        return total

    def _completions(self, least: Open, most: Open) -> Iterator[tuple[int, ...]]:
        """Yield every way to fill the open seats, as codes."""
        choices = [
            [chosen for size in range(low, high + 1) for chosen in combinations_with_replacement(codes, size)]
            for codes, low, high in zip(self._by_seat, least, most, strict=True)
        ]
        for parts in product(*choices):
            yield tuple(code for part in parts for code in part)

    def _possible(self, key: Codes, members: Sequence[Candidate], codes: Sequence[int]) -> bool:
        """Return whether a team completed by ``codes`` keeps the rule, or might."""
        if any(count > len(self._people[code]) for code, count in Counter(codes).items()):
            return False
        team = list(members)
        used = {member.person.id for member in members}
        for code in codes:
            free = next((c for c in self._people[code] if c.person.id not in used), None)
            if free is None:
                return True
            used.add(free.person.id)
            team.append(free)
        return not self._aspect.value(tuple(sorted((*key, *codes))), team)
