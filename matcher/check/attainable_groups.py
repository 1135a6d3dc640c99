"""Candidates for a village's further seats, those left out whom the best team never needs."""

from __future__ import annotations

from dataclasses import dataclass
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
        self._codes: list[dict[tuple[int, Hashable], int]] = [{} for _ in (*ground.joint, *ground.rules)]
        self._fixed: list[dict[str, Hashable]] = [{} for _ in ground.joint]
        self._by_unit: dict[str | None, list[Candidate]] = {}

    def under(self, lead: tuple[Member, ...]) -> list[Candidate]:
        """Return the candidates under a first secretary (or nobody): a person once for each seat."""
        team = Watched(self._ground.view.facts, self._ground.place, lead)
        unit = lead[0][0].record.unit if lead else None
        found = self._by_unit.get(unit)
        if found is None:
            asked: set[str] = set()
            found = self._read(team, asked)
            if asked <= {"lead_unit"}:
                self._by_unit[unit] = found
        secretary = lead[0][0] if lead else None
        return [candidate for candidate in found if candidate.person is not secretary]

    def _read(self, team: Watched, asked: set[str]) -> list[Candidate]:
        """Group everybody and keep the best; one more than needed, as the first secretary is among them.

        What the kinds ask about the first secretary is added to ``asked``.
        """
        ground = self._ground
        enough = sum(ground.seats[role][1] for role in SEATS) + 1
        kinds: dict[str, tuple[Hashable, ...]] = {}
        groups: dict[Hashable, list[Candidate]] = {}
        for seat, role in enumerate(SEATS):
            for own, person in ground.eligible[role]:
                if person.id not in kinds:
                    kinds[person.id] = (
                        *self._joint_kinds(team, person, asked),
                        *ground.rule_kinds[person.id],
                    )
                group = groups.setdefault((seat, kinds[person.id]), [])
                if not group:
                    codes = self._coded(seat, kinds[person.id])
                    group.append(Candidate(person, seat, own, len(groups), codes))
                elif len(group) < enough:
                    group.append(Candidate(person, seat, own, group[0].group, group[0].codes))
        return [candidate for group in groups.values() for candidate in group]

    def _joint_kinds(self, team: Watched, person: Person, asked: set[str]) -> list[Hashable]:
        """Return what each term that is not additive reads of a further member."""
        found = []
        for item, fixed in zip(self._ground.joint, self._fixed, strict=True):
            if person.id in fixed:
                found.append(fixed[person.id])
                continue
            team.asked.clear()
            found.append(item.rule.kind(team, person, item.params))
            if not team.asked:
                fixed[person.id] = found[-1]
            asked |= team.asked
        return found

    def _coded(self, seat: int, kinds: tuple[Hashable, ...]) -> Codes:
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
