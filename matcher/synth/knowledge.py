"""Specialties: what people know, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.synth.catalog import RELATED, SPECIALTY_SHARES
from matcher.synth.draws import apportion, capped

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import World

_FOLLOWING, _WITH_SECOND, _SECOND_NEAR = 0.6, 0.4, 0.35
_LEVELS: Final = {1: 8, 2: 21, 3: 40, 4: 21, 5: 10}
_COMPETENT: Final = {3: 56, 4: 29, 5: 15}


def teach(world: World) -> None:
    """Give everyone a first specialty, three in five that of their unit's trade, and two in five a second."""
    draws = world.draws("specialties")
    codes = list(SPECIALTY_SHARES)
    left = dict(zip(codes, apportion(len(world.people), list(SPECIALTY_SHARES.values())), strict=True))
    marked = [person for person in world.people if person.must_know]
    for person in marked:
        person.first = person.must_know
        left[person.first] -= 1
    following = round(_FOLLOWING * len(world.people)) - sum(p.first == p.unit.trade for p in marked)
    _follow_trade(world, left, following, draws)
    _deal_rest(world, left, draws)
    levels = draws.dealt(_LEVELS, len(world.people))
    for person, level in zip(world.people, levels, strict=True):
        person.specialties = {person.first: draws.among(_COMPETENT) if person.must_know else level}
    _add_second(world, draws)


def _follow_trade(world: World, left: dict[str, int], following: int, draws: Draws) -> None:
    """Let ``following`` people have the specialty of their unit's trade, as far as ``left`` goes."""
    groups = {code: [p for p in world.people if not p.first and p.unit.trade == code] for code in left}
    caps = [min(len(group), left[code]) for code, group in groups.items()]
    counts = capped(following, [float(cap) for cap in caps], caps)
    for (code, group), count in zip(groups.items(), counts, strict=True):
        for person in draws.sample(group, count):
            person.first = code
        left[code] -= count


def _deal_rest(world: World, left: dict[str, int], draws: Draws) -> None:
    """Deal what is left to the others, so that none of them happens to follow the unit's trade."""
    rest = [person for person in world.people if not person.first]
    codes = draws.shuffled([code for code, count in left.items() for _ in range(count)])
    for place, person in enumerate(rest):
        if codes[place] != person.unit.trade:
            continue
        for step in range(1, len(rest)):
            other = (place + step) % len(rest)
            if codes[other] != person.unit.trade and codes[place] != rest[other].unit.trade:
                codes[place], codes[other] = codes[other], codes[place]
                break
    for person, code in zip(rest, codes, strict=True):
        person.first = code


def _add_second(world: World, draws: Draws) -> None:
    for person in draws.sample(world.people, round(_WITH_SECOND * len(world.people))):
        others = {code: share for code, share in SPECIALTY_SHARES.items() if code != person.first}
        near = dict.fromkeys(RELATED[person.first], 1)
        second = draws.among(near if draws.chance(_SECOND_NEAR) else others)
        person.specialties[second] = draws.among(_LEVELS)
