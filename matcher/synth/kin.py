"""Where people come from, whom they are married to, which languages they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.synth import words

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Person, Seat, Township, Village, World

_NATIVE, _COUPLES = 0.70, 0.018
#: Places outside every synthetic round, for those who come from elsewhere.
_ELSEWHERE: Final = ("溯澜县/岚关镇", "沅棠县/苇塘镇", "漪榆市/芷桥镇", "砚桉县/榛口乡", "萝楠县/茗营乡")


def relate(world: World) -> None:
    """Give people native villages, kin, spouses and languages; the planted plan keeps clear of recusal."""
    draws = world.draws("kin")
    at_home = draws.sample(list(range(len(world.people))), round(_NATIVE * len(world.people)))
    native = [False] * len(world.people)
    for place in at_home:
        native[place] = True
    of_county: dict[str, list[Village]] = {county: [] for county in world.profile.counties}
    for village in world.villages:
        of_county[village.township.county].append(village)
    for person, is_native in zip(world.people, native, strict=True):
        _native_place(world, person, of_county, draws, is_native=is_native)
    _marry(world, draws)
    for person in world.people:
        _in_laws(person, of_county[_county(world, person, draws)], draws)
    if world.profile.extras.languages:
        for person in world.people:
            person.told["languages"] = _languages(person, draws)


def _county(world: World, person: Person, draws: Draws) -> str:
    """Return the county to which a person belongs most."""
    if person.unit.county:
        return person.unit.county
    seat = person.seat or person.old
    return seat.township.county if seat is not None else draws.pick(world.profile.counties)


def _seats(person: Person) -> list[Seat]:
    return [seat for seat in (person.old, person.seat) if seat is not None]


def _clear(person: Person, village: Village) -> bool:
    """Whether a tie to a village leaves the person's posts, held or planted, without recusal."""
    return not any(
        seat.village is village if seat.village is not None else seat.township is village.township
        for seat in _seats(person)
    )


def _one_clear(person: Person, villages: list[Village], draws: Draws) -> Village:
    while True:
        village = draws.pick(villages)
        if _clear(person, village):
            return village


def _native_place(
    world: World, person: Person, of_county: dict[str, list[Village]], draws: Draws, *, is_native: bool
) -> None:
    if is_native:
        person.home = _one_clear(person, of_county[_county(world, person, draws)], draws)
        person.told["native_village"] = person.home.id
        person.told["native_township"] = person.home.township.path
    elif draws.chance(0.6):
        person.told["native_township"] = draws.pick(_ELSEWHERE)


def _marry(world: World, draws: Draws) -> None:
    """Marry a few candidates to each other, never two whom the planted plan posts."""
    posted = draws.shuffled([person for person in world.people if person.posted])
    free = [person for person in world.people if person.old is None and not person.posted]
    able = draws.shuffled([person for person in free if not person.reason])
    others = draws.shuffled([person for person in world.people if not person.posted and person.reason])
    wanted = round(_COUPLES * len(world.people))
    partners = able[: -(-wanted // 2)] + others[: wanted // 2]
    for partner in partners:
        for place, person in enumerate(posted):
            if _may_marry(person, partner):
                _wed(person, partner, draws)
                del posted[place]
                break


def _may_marry(one: Person, other: Person) -> bool:
    return (
        one.female != other.female
        and abs(one.age - other.age) <= 8
        and (one.home is None or _clear(other, one.home))
        and (other.home is None or _clear(one, other.home))
    )


def _wed(one: Person, other: Person, draws: Draws) -> None:
    both = draws.chance(0.5)
    for person, partner, told in ((one, other, True), (other, one, both)):
        person.spouse = partner if told else None
        person.told["married"] = True
        for field in ("native_village", "native_township"):
            if field in partner.told:
                person.told[f"spouse_{field}"] = partner.told[field]


def _in_laws(person: Person, villages: list[Village], draws: Draws) -> None:
    """Give a person the spouse's native place, if not known yet, and villages of near kin."""
    if "married" not in person.told and draws.chance(0.4):
        if draws.chance(0.5):
            village = _one_clear(person, villages, draws)
            person.told["spouse_native_village"] = village.id
            person.told["spouse_native_township"] = village.township.path
        else:
            person.told["spouse_native_township"] = draws.pick(_ELSEWHERE)
    person.told.pop("married", None)
    if draws.chance(0.08):
        person.told["kin_villages"] = [_one_clear(person, villages, draws).id]


def _languages(person: Person, draws: Draws) -> list[str]:
    spoken: list[str] = []
    township: Township | None = person.home.township if person.home else None
    if township is not None and township.language and draws.chance(0.7):
        spoken.append(township.language)
    for language, group in words.LANGUAGES.items():
        share = 0.55 if person.told["ethnicity"] == group else 0.03
        if language not in spoken and draws.chance(share):
            spoken.append(language)
    return spoken
