"""Townships and posted villages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matcher.synth import words
from matcher.synth.draws import Draws, apportion
from matcher.synth.world import Township, Village, World

if TYPE_CHECKING:
    from matcher.synth.profile import Profile

#: What a village of a type needs; a tuple of specialties means one of them.
_NEEDS: Final[dict[str, tuple[tuple[tuple[str, ...], int], ...]]] = {
    "weak_org": ((("party",), 5), (("law",), 2)),
    "conflict": ((("law",), 5), (("party",), 2)),
    "lifted": ((("industry",), 4), (("project",), 3), (("agritech", "livestock"), 2)),
    "relocation": ((("civil_affairs",), 4), (("industry",), 2), (("education_health",), 2)),
    "demo": ((("culture_tourism",), 3), (("construction",), 2), (("digital",), 1)),
    "red": ((("culture_tourism",), 4), (("party",), 2)),
    "key_task": ((("project",), 4), (("construction",), 2)),
    "weak_industry": ((("industry",), 5), (("ecommerce",), 2)),
    "border": ((("law",), 3), (("party",), 3)),
    "general": ((("civil_affairs",), 2),),
}
#: What villages need besides: how often each is asked for.
_ALSO: Final = {
    "agritech": 5, "livestock": 3, "forestry_water": 4, "finance": 3, "ecommerce": 4, "culture_tourism": 3,
    "construction": 4, "civil_affairs": 3, "education_health": 3, "digital": 2, "party": 2, "law": 2,
}  # fmt: skip
_MOST_NEEDS: Final = 5


def settle(world: World) -> None:
    """Make the townships and the villages of a world."""
    profile = world.profile
    draws = world.draws("places")
    world.townships = _townships(profile, draws)
    of_township = _village_counts(profile, world.posted_townships, draws)
    types = draws.dealt(profile.types, profile.villages)
    sizes = draws.dealt(profile.sizes, profile.villages)
    hardship = draws.dealt(profile.hardship, profile.villages)
    names = iter(words.villages(draws, profile.villages))
    for township, count in zip(world.posted_townships, of_township, strict=True):
        county = profile.counties.index(township.county) + 1
        for place in range(1, count + 1):
            number = len(world.villages)
            id_ = f"99{county:02d}{township.number + 1:03d}{place + 200:03d}"
            kind = types[number]
            name = next(names) + ("社区" if kind == "relocation" else "村")
            village = Village(number, id_, name, township, [kind] if kind else [])
            village.hardship = hardship[number]
            village.residents, village.support = _roles(sizes[number])
            world.villages.append(village)
    typed = [village for village in world.villages if village.types]
    for village in draws.sample(typed, profile.extras.conflicts):
        village.types.append("conflict")
    for village in world.villages:
        _describe(village, draws, languages=profile.extras.languages)


def _townships(profile: Profile, draws: Draws) -> list[Township]:
    """Make the townships, those with posted villages first; across counties some share a name."""
    count = profile.townships + profile.empty_townships
    of_county = apportion(profile.townships, [draws.between(7, 12) for _ in profile.counties])
    counties = [name for name, some in zip(profile.counties, of_county, strict=True) for _ in range(some)]
    counties += [profile.counties[0]] * profile.empty_townships
    made: list[Township] = []
    for number, name in enumerate(words.townships(draws, count, profile.urban)):
        elsewhere = [t.name for t in made if t.county != counties[number]]
        taken = [t.name for t in made if t.county == counties[number]]
        shared = draws.pick(elsewhere) if elsewhere and draws.chance(0.12) else name
        language = _language(draws, number) if profile.extras.languages else ""
        made.append(Township(number, counties[number], name if shared in taken else shared, language))
    return made


def _language(draws: Draws, number: int) -> str:
    """Return a township's minority language; neighbours often share one."""
    usual = list(words.LANGUAGES)[number // 6 % 3]
    return draws.among({usual: 55, "布依语": 15, "苗语": 10, "水语": 4, "": 16})


def _village_counts(profile: Profile, townships: list[Township], draws: Draws) -> list[int]:
    """Share the villages out to the townships, at least one each."""
    weights = [draws.between(6, 16) for _ in townships]
    return [1 + more for more in apportion(profile.villages - len(townships), weights)]


def _roles(size: int) -> tuple[int, int]:
    """Return residents and support cadres of a team: 1+2+N, smaller teams without the N."""
    residents = min(2, size - 1)
    return residents, size - 1 - residents


def _describe(village: Village, draws: Draws, *, languages: bool) -> None:
    """Give a village its needs, languages and what is told for information."""
    village.needs = _needs(village, draws)
    if languages:
        village.languages = _languages(village, draws)
    households = draws.between(180, 900)
    conflict = "conflict" in village.types
    village.told = {
        "population": households * 3 + draws.between(0, households),
        "households": households,
        "income": 9000 + 900 * (5 - village.hardship) + draws.between(0, 4000),
        "disputes": draws.between(8, 20) if conflict else draws.poisson(2.0),
        "distance_km": 3 * village.hardship + draws.between(2, 40),
        "notes": words.SYNTHETIC,
    }


def _needs(village: Village, draws: Draws) -> dict[str, int]:
    needs: dict[str, int] = {}
    for kind in village.types:
        for choice, level in _NEEDS[kind]:
            code = draws.pick(choice)
            needs[code] = max(level, needs.get(code, 0))
    more = max(2 if draws.chance(0.7) else 1, 2 - len(needs))
    for _ in range(min(more, _MOST_NEEDS - len(needs))):
        code = draws.among({code: weight for code, weight in _ALSO.items() if code not in needs})
        needs[code] = draws.between(2, 4)
    return needs


def _languages(village: Village, draws: Draws) -> list[str]:
    own = village.township.language
    spoken = [own] if own and draws.chance(0.85) else []
    if draws.chance(0.08):
        other = draws.pick(list(words.LANGUAGES))
        spoken += [other] if other not in spoken else []
    return spoken
