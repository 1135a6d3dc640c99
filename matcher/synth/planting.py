"""The plan that is planted: who is in office, who of them stays, who takes the open seats, who is spare."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matcher.synth.draws import apportion
from matcher.synth.leads import assign_old_leads, plant_leads
from matcher.synth.world import Person, Seat, World

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Township, Unit, Village

#: Where residents and support cadres come from: the lead unit, the township's office, any other unit.
_FROM_LEAD, _FROM_TOWNSHIP = 0.42, 0.2


class Nominations:
    """How many people each unit still has to nominate; bigger units have more."""

    def __init__(self, world: World, draws: Draws) -> None:
        weights = [math.sqrt(unit.headcount) * (0.35 if unit.township else 1.0) for unit in world.units]
        self.left = [float(part) for part in apportion(world.profile.candidates, weights)]
        self.draws = draws
        self._anywhere = [unit for unit in world.units if unit.leads and not unit.county]
        self._of_county: dict[str, list[Unit]] = {}
        self._office: dict[int, Unit] = {}
        for unit in world.units:
            if unit.township is not None:
                self._office[unit.township.number] = unit
            elif unit.county:
                self._of_county.setdefault(unit.county, []).append(unit)

    def person(self, unit: Unit) -> Person:
        """Return a new person of a unit."""
        self.left[unit.number] -= 1
        return Person(unit)

    def any_unit(self, county: str) -> Unit:
        """Return a unit of county level or above that serves a county."""
        units = self._of_county.get(county, []) + self._anywhere
        return self.draws.weighted(units, [max(0.05, self.left[unit.number]) for unit in units])

    def member_unit(self, village: Village, lead: Unit | None) -> Unit:
        """Return the unit of a resident or support cadre of a village."""
        turn = self.draws.unit()
        if lead is not None and turn < _FROM_LEAD and self.left[lead.number] > 0:
            return lead
        office = self._office.get(village.township.number)
        if office is not None and turn >= 1 - _FROM_TOWNSHIP and self.left[office.number] > 0:
            return office
        return self.any_unit(village.township.county)


def plant(world: World) -> None:
    """Make the people of a world, unit and seat only, with the plan that posts them."""
    draws = world.draws("seats")
    nominations = Nominations(world, draws)
    assign_old_leads(world)
    _fill_old_teams(world, nominations)
    _let_stay(world, draws)
    taken = _seats_by_village(world)
    plant_leads(world, [village for village in world.villages if "first_secretary" in taken[village.number]])
    _fill_open_seats(world, nominations, taken)
    if world.profile.extras.captains:
        for township in world.posted_townships:
            world.people.append(_captain(township, nominations))
    _add_spares(world, nominations)
    _mark_knowledge(world, draws)


def _fill_old_teams(world: World, nominations: Nominations) -> None:
    """Seat the people in office: all seats or, where fewer are told of, first secretaries rather."""
    seats = [Seat(role, village.township, village) for village in world.villages for role in village.roles]
    draws = nominations.draws
    order = sorted(
        (draws.unit() + (0.3 if seat.role != "first_secretary" else 0.0), place)
        for place, seat in enumerate(seats)
    )
    held = sorted(place for _, place in order[: world.profile.staying + world.profile.leaving])
    for place in held:
        seat = seats[place]
        assert seat.village is not None
        lead = seat.village.old_lead
        first = seat.role == "first_secretary" and lead is not None
        person = nominations.person(lead if first and lead else nominations.member_unit(seat.village, lead))
        person.old = seat
        world.people.append(person)


def _let_stay(world: World, draws: Draws) -> None:
    """Choose who stays: rather not first secretaries of the hardest villages or from strong units."""

    def reluctance(person: Person) -> float:
        assert person.old is not None
        assert person.old.village is not None
        first = person.old.role == "first_secretary"
        hardest = first and world.profile.extras.baseline and person.old.village.hardship == 5
        return draws.unit() + (0.9 if hardest else 0.0) + (0.35 if first and person.unit.strong else 0.0)

    order = sorted((reluctance(person), place) for place, person in enumerate(world.people))
    for _, place in order[: world.profile.staying]:
        person = world.people[place]
        person.seat = person.old


def _seats_by_village(world: World) -> list[list[str]]:
    taken: list[list[str]] = [[] for _ in world.villages]
    for person in world.people:
        if person.seat is not None and person.seat.village is not None:
            taken[person.seat.village.number].append(person.seat.role)
    return taken


def _fill_open_seats(world: World, nominations: Nominations, taken: list[list[str]]) -> None:
    for village in world.villages:
        held = list(taken[village.number])
        for role in village.roles:
            if role in held:
                held.remove(role)
                continue
            lead = village.lead
            unit = lead if role == "first_secretary" and lead else nominations.member_unit(village, lead)
            person = nominations.person(unit)
            person.seat = Seat(role, village.township, village)
            world.people.append(person)


def _captain(township: Township, nominations: Nominations) -> Person:
    person = nominations.person(nominations.any_unit(township.county))
    person.seat = Seat("captain", township)
    return person


def _add_spares(world: World, nominations: Nominations) -> None:
    """Add the people whom the planted plan does not need: first one for every unit that has nobody."""
    missing = world.profile.candidates - len(world.people)
    having = [False] * len(world.units)
    for person in world.people:
        having[person.unit.number] = True
    without = [unit for unit in world.units if not having[unit.number]]
    if len(without) > missing:
        raise ValueError(
            f"{world.profile.kind}: {len(without)} units without people, {missing} people to spare"
        )
    world.people += [nominations.person(unit) for unit in without]
    missing -= len(without)
    for unit, count in zip(
        world.units, apportion(missing, [max(0.05, x) for x in nominations.left]), strict=True
    ):
        world.people += [nominations.person(unit) for _ in range(count)]


def _mark_knowledge(world: World, draws: Draws) -> None:
    """Mark, in each village whose type asks for a specialty, one first secretary or resident who has it."""
    teams: list[list[Person]] = [[] for _ in world.villages]
    for person in world.people:
        seat = person.seat
        if seat is not None and seat.village is not None and seat.role in ("first_secretary", "resident"):
            teams[seat.village.number].append(person)
    for village, team in zip(world.villages, teams, strict=True):
        for kind, code in (("weak_org", "party"), ("conflict", "law")):
            if kind in village.types:
                free = [person for person in team if not person.must_know]
                fitting = [person for person in free if person.unit.trade == code]
                draws.pick(fitting or free).must_know = code
