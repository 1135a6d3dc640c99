"""Candidates for a village's further seats, those left out whom the best team never needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matcher.check.attainable_aspects import SEATS
from matcher.check.view import TeamView

if TYPE_CHECKING:
    from collections.abc import Hashable

    from matcher.check.attainable_aspects import Codes, Member
    from matcher.check.attainable_ground import Ground
    from matcher.round.facts import Facts, Person, Place


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """Somebody who may hold one of the further seats under a given first secretary.

    Attributes
    ----------
    seat
        The place of the role in ``SEATS``.
    own
        The weighted points of the additive terms.
    group
        Candidates of one group have the same seat and the same kinds.
    codes
        Seat and kind for each aspect, as a number.
    """

    person: Person
    seat: int
    own: int
    group: int
    codes: Codes


class Roster:
    """The candidates of one village under each first secretary.

    Of a group (same seat, same kind for every rule and every term that is not additive) only the best by
    additive points are kept, as many as the team has further seats. In any team a member who is left out
    can be exchanged for a kept one of the same group: the other members fill fewer seats than are kept, so
    one of the kept is free, and the exchange changes nothing but the additive points, which don't fall.

    Kinds that depend on the first secretary by the lead unit alone, or not at all, are read once for each
    unit or once for all.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._enough = sum(ground.seats[role][1] for role in SEATS)
        self._codes: list[dict[tuple[int, Hashable], int]] = [{} for _ in (*ground.joint, *ground.rules)]
        self._by_unit: dict[str | None, list[Candidate]] = {}

    def under(self, lead: tuple[Member, ...]) -> list[Candidate]:
        """Return the candidates under a first secretary (or nobody): a person once for each seat."""
        secretary = lead[0][0] if lead else None
        unit = secretary.record.unit if secretary is not None else None
        found = self._by_unit.get(unit)
        if found is None:
            team = Watched(self._ground.view.facts, self._ground.place, lead)
            kinds = {i: self._kinds(i, team) for i in self._varying}
            found = self._best_of_groups(kinds)
            if team.asked <= {"lead_unit"}:
                self._by_unit[unit] = found
        return [candidate for candidate in found if candidate.person is not secretary]

    def _kinds(self, number: int, team: Watched) -> dict[str, Hashable]:
        """Return what a term that is not additive reads of each person as a further member of ``team``."""
        item = self._ground.joint[number]
        people = self._ground.helpers.items()
        return {id_: item.rule.kind(team, person, item.params) for id_, person in people}

    @cached_property
    def _fixed(self) -> dict[int, dict[str, Hashable]]:
        """The kinds that don't depend on the first secretary, by term and person."""
        found = {}
        for i, _ in enumerate(self._ground.joint):
            team = Watched(self._ground.view.facts, self._ground.place, ())
            kinds = self._kinds(i, team)
            if not team.asked:
                found[i] = kinds
        return found

    @cached_property
    def _varying(self) -> list[int]:
        return [i for i, _ in enumerate(self._ground.joint) if i not in self._fixed]

    @cached_property
    def _rows(self) -> list[tuple[int, int, Person, int]]:
        """Who may hold which seat: own points, the most first, and a number for all that is fixed."""
        numbers: dict[Hashable, int] = {}
        rows = []
        for seat, role in enumerate(SEATS):
            for own, person in self._ground.eligible[role]:
                fixed = (
                    seat,
                    self._ground.rule_kinds[person.id],
                    *(k[person.id] for k in self._fixed.values()),
                )
                rows.append((seat, own, person, numbers.setdefault(fixed, len(numbers))))
        return rows

    def _best_of_groups(self, varying: dict[int, dict[str, Hashable]]) -> list[Candidate]:
        """Return the best of each group: one more than needed, as the first secretary may be among them."""
        groups: dict[Hashable, list[Candidate]] = {}
        for seat, own, person, fixed in self._rows:
            key = (fixed, *[kinds[person.id] for kinds in varying.values()])
            group = groups.get(key)
            if group is None:
                codes = self._coded(seat, person.id, {**self._fixed, **varying})
                groups[key] = [Candidate(person, seat, own, len(groups), codes)]
            elif len(group) <= self._enough:
                group.append(Candidate(person, seat, own, group[0].group, group[0].codes))
        return [candidate for group in groups.values() for candidate in group]

    def _coded(self, seat: int, person: str, terms: dict[int, dict[str, Hashable]]) -> Codes:
        """Return the numbers for a person's kinds in a seat, terms first."""
        kinds = [*(terms[i][person] for i in sorted(terms)), *self._ground.rule_kinds[person]]
        pairs = zip(self._codes, kinds, strict=True)
        return tuple(codes.setdefault((seat, kind), len(codes)) for codes, kind in pairs)


class Watched(TeamView):
    """A team of a first secretary or nobody that notes what is asked about it.

    A kind that was worked out without asking anything is the same under every first secretary; one that
    only asked for the lead unit is the same under every first secretary of that unit.
    """

    __slots__ = ("asked", "unit")
    asked: set[str]
    unit: str | None

    def __init__(self, facts: Facts, place: Place, lead: tuple[Member, ...]) -> None:
        super().__init__(facts, place, lead)
        object.__setattr__(self, "unit", lead[0][0].record.unit if lead else None)
        object.__setattr__(self, "asked", set())

    def __getattribute__(self, name: str) -> Any:
        if name in ("facts", "place", "asked"):
            return object.__getattribute__(self, name)
        object.__getattribute__(self, "asked").add(name)
        return object.__getattribute__(self, "unit" if name == "lead_unit" else name)
