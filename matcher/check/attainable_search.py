"""The best team of one village under one first secretary, by depth-first search with bounds."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from matcher.check.attainable_aspects import SEATS
from matcher.check.attainable_needed import Needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matcher.check.attainable_aspects import Codes, Member
    from matcher.check.attainable_ground import Ground
    from matcher.check.attainable_groups import Candidate, Roster

    Open = tuple[int, ...]
    Ranked = list[tuple[int, Candidate]]


class Descent:
    """The teams of one village under one first secretary.

    A team grows member by member. The next member is tried in falling order of what each candidate would
    add now; whoever was tried before is left out of what follows, so that every team is met once. What a
    member adds only shrinks as the team grows (each term is additive or submodular), so the team's points
    and the largest gains for the open seats bound every team that can still come of it. With a term that
    is neither, nothing is bounded and every team is met.

    Parameters
    ----------
    ground
        The village.
    roster
        Its candidates.
    lead
        The first secretary as a member, or nobody.
    own
        The first secretary's additive points.
    """

    def __init__(self, ground: Ground, roster: Roster, lead: tuple[Member, ...], own: int) -> None:
        self._ground = ground
        self._roster = roster
        self._lead = lead
        self._own = own
        self._aspects = ground.aspects(lead)
        self._terms = range(len(ground.joint))
        self._rules = range(len(ground.joint), len(self._aspects))
        self._lasting = [self._rules[i] for i in ground.lasting]
        self._least = tuple(ground.seats[role][0] for role in SEATS)
        self._most = tuple(ground.seats[role][1] for role in SEATS)
        self._needed: dict[int, Needed] = {}
        self._full: dict[int, int] = {}
        self._best: int | None = None

    def bound(self) -> int | None:
        """Return points that no team under this first secretary exceeds; None where nothing can be said."""
        if not self._ground.bounded:
            return None
        keys = self._keys(())
        ranked = self._ranked((), keys, self._roster.under(self._lead))
        return self._points((), keys) + _most_of(ranked, self._most)

    def best(self, beaten: int | None) -> int | None:
        """Return the most points of a team that keeps the rules, if more than ``beaten``, else ``beaten``."""
        self._best = beaten
        self._visit((), self._roster.under(self._lead), self._least, self._most)
        return self._best

    def _visit(self, team: tuple[Candidate, ...], rest: Sequence[Candidate], least: Open, most: Open) -> None:
        """Look at a team and at all that it can grow into with people of ``rest``."""
        keys = self._keys(team)
        if any(self._aspects[i].value(keys[i], team) for i in self._lasting):
            return
        points = self._points(team, keys)
        if not any(least):
            self._consider(team, keys, points)
        rest = [candidate for candidate in rest if most[candidate.seat]]
        ranked = self._promising(points, self._ranked(team, keys, rest), most)
        if self._lasting:
            ranked = self._promising(points, self._alive(team, keys, ranked), most)
        if not ranked:
            return
        if not team:
            self._look_ahead([candidate for _, candidate in ranked])
        if self._ground.bounded and self._hopeless(points + self._roof(team, keys, ranked, most)):
            return
        wanted = self._wanted(team, keys, ranked, least, most)
        one_role = sum(1 for seats in most if seats) == 1
        passed: set[int] = set()
        for gain, candidate, after in _branches(ranked, wanted):
            left = _less(most, candidate.seat)
            if self._hopeless(points + gain + _most_of(after, left)):
                if wanted is None:
                    return  # whoever comes later adds no more
                continue
            if candidate.group in passed:
                continue
            others = [c for _, c in after if c.person is not candidate.person and c.group not in passed]
            self._visit((*team, candidate), others, _less(least, candidate.seat), left)
            if one_role:
                # A team with another of the group but not this one is no better than the same team with
                # this one in the other's seat, which has been met.
                passed.add(candidate.group)

    def _look_ahead(self, everybody: list[Candidate]) -> None:
        """Note what each term gives to a team of everybody, and see what each rule needs."""
        self._full = {i: self._aspects[i].of(everybody) for i in self._terms}
        self._needed = {i: Needed(self._aspects[i], i, everybody) for i in self._rules}

    def _consider(self, team: tuple[Candidate, ...], keys: Sequence[Codes], points: int) -> None:
        """Keep the points of a complete team that is better than the best and keeps every rule."""
        if self._best is not None and points <= self._best:
            return
        if not any(self._aspects[i].value(keys[i], team) for i in self._rules):
            self._best = points

    def _hopeless(self, bound: int) -> bool:
        return self._ground.bounded and self._best is not None and bound <= self._best

    def _keys(self, team: Sequence[Candidate]) -> list[Codes]:
        """Return the members' codes in order, for each aspect."""
        if not team:
            return [() for _ in self._aspects]
        return [tuple(sorted(codes)) for codes in zip(*(member.codes for member in team), strict=True)]

    def _points(self, team: Sequence[Candidate], keys: Sequence[Codes]) -> int:
        joint = sum(self._aspects[i].value(keys[i], team) for i in self._terms)
        return self._own + sum(member.own for member in team) + joint

    def _alive(self, team: tuple[Candidate, ...], keys: Sequence[Codes], ranked: Ranked) -> Ranked:
        """Return the candidates who by themselves break none of the rules that nobody later repairs."""
        for i in self._lasting:
            aspect = self._aspects[i]
            some = {candidate.codes[i]: candidate for _, candidate in ranked}
            dead = {code for code, c in some.items() if aspect.value(_with(keys[i], code), (*team, c))}
            if dead:
                ranked = [row for row in ranked if row[1].codes[i] not in dead]
        return ranked

    def _promising(self, points: int, ranked: Ranked, most: Open) -> Ranked:
        """Return the candidates who in the best company could still lead to a better team."""
        if not self._ground.bounded or self._best is None:
            return ranked
        everybody = _most_of(ranked, most)
        others = [
            _most_of(ranked, _less(most, seat)) if most[seat] else everybody for seat, _ in enumerate(SEATS)
        ]
        return [row for row in ranked if points + row[0] + others[row[1].seat] > self._best]

    def _roof(self, team: tuple[Candidate, ...], keys: Sequence[Codes], ranked: Ranked, most: Open) -> int:
        """Return another bound on what further members add: alone, and to each term no more than everybody would.

        Where several candidates offer the same (a need that each of them covers), it is the lower one.
        """
        alone = sorted(
            ((candidate.own, candidate) for _, candidate in ranked), key=itemgetter(0), reverse=True
        )
        roof = _most_of(alone, most)
        for i in self._terms:
            aspect = self._aspects[i]
            now = aspect.value(keys[i], team)
            some = {candidate.codes[i]: candidate for _, candidate in ranked}
            step = max(aspect.value(_with(keys[i], code), (*team, c)) - now for code, c in some.items())
            roof += min(self._full[i] - now, sum(most) * step)
        return roof

    def _wanted(
        self, team: Sequence[Candidate], keys: Sequence[Codes], ranked: Ranked, least: Open, most: Open
    ) -> frozenset[Candidate] | None:
        """Return the smallest set of candidates found of whom the team needs one; None for no such set."""
        wanted: frozenset[Candidate] | None = None
        for i in self._rules:
            codes = self._needed[i].codes(keys[i], team, least, most)
            if codes is not None:
                people = frozenset(candidate for _, candidate in ranked if candidate.codes[i] in codes)
                if wanted is None or len(people) < len(wanted):
                    wanted = people
        return wanted

    def _ranked(
        self, team: tuple[Candidate, ...], keys: Sequence[Codes], rest: Sequence[Candidate]
    ) -> Ranked:
        """Return the candidates with what each would add to the team, the most first."""
        groups = {candidate.group: candidate for candidate in rest}
        added = dict.fromkeys(groups, 0)
        for i in self._terms:
            aspect = self._aspects[i]
            now = aspect.value(keys[i], team)
            gains: dict[int, int] = {}
            for group, candidate in groups.items():
                code = candidate.codes[i]
                if code not in gains:
                    gains[code] = aspect.value(_with(keys[i], code), (*team, candidate)) - now
                added[group] += gains[code]
        ranked = [(candidate.own + added[candidate.group], candidate) for candidate in rest]
        ranked.sort(key=itemgetter(0), reverse=True)
        return ranked


def _branches(ranked: Ranked, wanted: frozenset[Candidate] | None) -> Iterator[tuple[int, Candidate, Ranked]]:
    """Yield who may be next, with the gain and who may follow; only the wanted, where some are."""
    if wanted is None:
        for i, (gain, candidate) in enumerate(ranked):
            yield gain, candidate, ranked[i + 1 :]
        return
    for row in [row for row in ranked if row[1] in wanted]:
        ranked = [other for other in ranked if other is not row]
        yield *row, ranked


def _most_of(ranked: Ranked, seats: Open) -> int:
    """Return the largest sum of gains for the open seats; a seat adds nothing rather than less."""
    total = 0
    left = list(seats)
    for gain, candidate in ranked:
        if gain <= 0 or not any(left):
            break
        if left[candidate.seat]:
            left[candidate.seat] -= 1
            total += gain
    return total


def _with(key: Codes, code: int) -> Codes:
    return tuple(sorted((*key, code)))


def _less(seats: Open, seat: int) -> Open:
    """Return the open seats with one fewer of a kind."""
    return tuple(max(0, n - (i == seat)) for i, n in enumerate(seats))
