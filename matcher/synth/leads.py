"""Which unit leads which village: before, and in the planted plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.synth.draws import apportion

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Unit, Village, World

#: How many of the lead places of a county's own units are used before those of higher units are.
_OWN_FIRST = 0.8


def assign_old_leads(world: World) -> None:
    """Give every village the unit that leads it before the round, within what units may lead.

    Units that are far stronger than the others lead the easier villages: they chose first.
    """
    draws = world.draws("old leads")
    upper = draws.shuffled(
        [u for u in world.units if u.leads and not u.county for _ in range(u.max_villages)]
    )
    of_county = _by_county(world)
    shares = _enough(world, of_county, apportion(len(upper), [len(v) for v in of_county.values()]))
    for (county, villages), share in zip(of_county.items(), shares, strict=True):
        own = [u for u in world.units if u.leads and u.county == county for _ in range(u.max_villages)]
        from_above = [upper.pop() for _ in range(share)]
        places = _chosen(own, from_above, len(villages), draws)
        places.sort(key=lambda unit: not unit.strong)
        easier = sorted(draws.shuffled(villages), key=lambda village: village.hardship)
        half = len(easier) // 2
        for village, unit in zip(easier, _strong_in_first(places, half, draws), strict=True):
            village.old_lead = unit


def _enough(world: World, of_county: dict[str, list[Village]], shares: list[int]) -> list[int]:
    """Return how many lead places of higher units each county has, none so few that a village is left without."""
    own = [
        sum(unit.max_villages for unit in world.units if unit.leads and unit.county == county)
        for county in of_county
    ]
    spare = [o + s - len(v) for o, s, v in zip(own, shares, of_county.values(), strict=True)]
    moved = list(shares)
    for short in range(len(spare)):
        while spare[short] < 0:
            giver = max(range(len(spare)), key=lambda number: (min(spare[number], moved[number]), -number))
            if min(spare[giver], moved[giver]) <= 0:
                return moved
            for number, change in ((giver, -1), (short, 1)):
                spare[number] += change
                moved[number] += change
    return moved


def _by_county(world: World) -> dict[str, list[Village]]:
    found: dict[str, list[Village]] = {county: [] for county in world.profile.counties}
    for village in world.villages:
        found[village.township.county].append(village)
    return found


def _chosen(own: list[Unit], from_above: list[Unit], count: int, draws: Draws) -> list[Unit]:
    """Choose ``count`` lead places, most of them of the county's own units."""
    own, above = draws.shuffled(own), draws.shuffled(from_above)
    first = min(int(len(own) * _OWN_FIRST), count - min(len(above) // 3, count))
    chosen, rest = own[:first], draws.shuffled(above + own[first:])
    missing = count - len(chosen)
    if missing > len(rest):
        raise ValueError("the units may lead too few villages for this county")
    return chosen + rest[:missing]


def _strong_in_first(places: list[Unit], half: int, draws: Draws) -> list[Unit]:
    """Order lead places so that the strong ones (they come first) stand in the first ``half``."""
    strong = [unit for unit in places if unit.strong][:half]
    others = draws.shuffled(places[len(strong) :])
    first = draws.shuffled(strong + others[: half - len(strong)])
    return first + others[half - len(strong) :]


def plant_leads(world: World, staying: list[Village]) -> None:
    """Give every village the unit that leads it in the planted plan.

    Villages whose first secretary stays keep their unit; half of the others change with each other
    or take a unit that has room.
    """
    draws = world.draws("new leads")
    kept = {village.number for village in staying}
    room = {unit.number: unit.max_villages if unit.leads else 0 for unit in world.units}
    for village in world.villages:
        village.lead = village.old_lead
        if village.lead is not None:
            room[village.lead.number] -= 1
    for villages in _by_county(world).values():
        moving = [v for v in villages if v.number not in kept and draws.chance(0.5)]
        order = draws.shuffled(moving)
        for village, unit in zip(moving, [other.lead for other in order], strict=True):
            village.lead = unit
        for village in moving:
            if draws.chance(0.4):
                _take_another(world, village, room, draws)


def _take_another(world: World, village: Village, room: dict[int, int], draws: Draws) -> None:
    county = village.township.county
    free = [u for u in world.units if room[u.number] > 0 and u.county in ("", county)]
    if free and village.lead is not None:
        room[village.lead.number] += 1
        village.lead = draws.pick(free)
        room[village.lead.number] -= 1
