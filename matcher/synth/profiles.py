"""What each kind of county looks like: one profile a kind, and profiles of free size."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from matcher.synth.draws import apportion
from matcher.synth.words import COUNTIES

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Why people are not eligible, as shares of all candidates. Wide where there are people to spare.
_WIDE: Final = {"health": 0.035, "appraisal": 0.035, "age": 0.035, "sanction": 0.01, "teacher_medic": 0.045,
                "other": 0.015}  # fmt: skip
_NARROW: Final = {"health": 0.03, "appraisal": 0.03, "age": 0.025, "sanction": 0.01, "teacher_medic": 0.035,
                  "other": 0.015}  # fmt: skip
_EVEN: Final = {1: 14, 2: 24, 3: 30, 4: 20, 5: 12}


@dataclass(frozen=True, slots=True)
class Extras:
    """What a kind has on top of villages, units and people.

    Attributes
    ----------
    conflicts
        Villages that are ``conflict`` besides their own type.
    own_rules
        Whether the round lists qualification conditions and a negative list of its own.
    panel
        Pairings that the interview panel scored.
    panel_counts
        Whether the panel's scores count, or are for information: where every post gets some 75 points
        for them, they drown all other terms.
    decisions
        Whether some locks, picks and bindings are decided already.
    ratings
        Units on the red list and on the blue list.
    decided_leads
        Villages whose lead unit is decided already.
    named_picks
        Candidates whom the county committee picked by name.
    captains
        Whether townships get general captains.
    baseline
        Whether the old plan is in force and changing it costs.
    languages
        Whether villages speak minority languages.
    """

    conflicts: int = 0
    own_rules: bool = False
    panel: int = 0
    panel_counts: bool = True
    decisions: bool = False
    ratings: tuple[int, int] = (0, 0)
    decided_leads: int = 0
    named_picks: int = 0
    captains: bool = False
    baseline: bool = False
    languages: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """The counts and shares of one kind of round.

    Attributes
    ----------
    kind
        Its name.
    title
        The invented place that holds the round.
    prefecture
        The invented prefecture above it (the place itself, when a prefecture holds the round).
    counties
        The counties with posted villages.
    townships, empty_townships
        Townships with posted villages, and townships that are known by their office alone.
    types
        Villages of each type; ``""`` is a village without one.
    sizes
        Teams of each size.
    hardship
        Villages of each hardship, as weights.
    units
        Units of each level.
    candidates
        People in the cadre table, those in office included.
    staying, leaving
        People in office who may stay, and who may not.
    reasons
        Why candidates are not eligible, as shares of all.
    spare_reasons
        The share of people whom the planted plan does not need, new ones, who are not eligible.
    strong_share
        The share of units with resources far above the others'.
    """

    kind: str
    title: str
    prefecture: str
    counties: tuple[str, ...]
    as_of: date
    starts_on: date
    townships: int
    types: Mapping[str, int]
    sizes: Mapping[int, int]
    units: Mapping[str, int]
    candidates: int
    age: tuple[float, float]
    section_share: float
    empty_townships: int = 0
    urban: float = 0.1
    hardship: Mapping[int, int] = field(default_factory=lambda: dict(_EVEN))
    staying: int = 0
    leaving: int = 0
    reasons: Mapping[str, float] = field(default_factory=lambda: dict(_NARROW))
    spare_reasons: float = 0.3
    strong_share: float = 0.1
    extras: Extras = field(default_factory=Extras)

    @property
    def villages(self) -> int:
        """The number of villages."""
        return sum(self.types.values())

    @property
    def posts(self) -> int:
        """The number of team posts."""
        return sum(size * count for size, count in self.sizes.items())


HUAXI: Final = Profile(
    kind="huaxi",
    title="霁溪区",
    prefecture="云麓市",
    counties=("霁溪区",),
    as_of=date(2025, 5, 1),
    starts_on=date(2025, 6, 1),
    townships=17,
    urban=0.3,
    types={"lifted": 9, "relocation": 1, "weak_org": 8, "key_task": 4, "": 1},
    sizes={3: 23},
    units={"county": 38, "township": 17},
    candidates=160,
    age=(42.4, 8.2),
    section_share=0.20,
    reasons=_WIDE,
    spare_reasons=1.0,
    extras=Extras(conflicts=5, own_rules=True, panel=60, decided_leads=3),
)

LOUXING: Final = Profile(
    kind="louxing",
    title="澜星区",
    prefecture="澜江市",
    counties=("澜星区",),
    as_of=date(2022, 4, 1),
    starts_on=date(2022, 5, 1),
    townships=13,
    urban=0.3,
    types={"lifted": 28, "relocation": 3, "weak_org": 8, "red": 4, "demo": 28},
    sizes={3: 43, 2: 28},
    units={"prefecture": 30, "county": 60},
    candidates=420,
    age=(40.5, 8.0),
    section_share=0.15,
    staying=37,
    leaving=23,
    extras=Extras(ratings=(17, 8), decisions=True, panel=90, panel_counts=False),
)

QINYANG: Final = Profile(
    kind="qinyang",
    title="沁棠市",
    prefecture="怀岚市",
    counties=("沁棠市",),
    as_of=date(2024, 3, 1),
    starts_on=date(2024, 4, 1),
    townships=13,
    types={"lifted": 18, "weak_org": 16, "key_task": 14, "weak_industry": 12},
    sizes={3: 24, 1: 36},
    units={"prefecture": 8, "county": 47},
    candidates=230,
    age=(41.0, 8.0),
    section_share=0.25,
    staying=32,
    leaving=76,
    extras=Extras(decided_leads=5),
)

QIANNAN: Final = Profile(
    kind="qiannan",
    title="黔峦州",
    prefecture="黔峦州",
    counties=tuple(f"{stem}县" for stem in COUNTIES[:12]),
    as_of=date(2021, 5, 1),
    starts_on=date(2021, 6, 1),
    townships=105,
    types={"lifted": 800, "relocation": 60, "demo": 130, "weak_org": 95, "red": 14, "general": 220},
    sizes={3: 220, 4: 418, 5: 662, 6: 19},
    units={"province": 20, "prefecture": 90, "county": 795, "township": 105},
    candidates=9000,
    age=(40.0, 8.0),
    section_share=0.234,
    staying=4238,
    leaving=1518,
    spare_reasons=0.4,
    strong_share=0.2,
    extras=Extras(named_picks=778, languages=True),
)

YUZHONG: Final = Profile(
    kind="yuzhong",
    title="榆峦县",
    prefecture="陇岚市",
    counties=("榆峦县",),
    as_of=date(2020, 3, 1),
    starts_on=date(2020, 4, 1),
    townships=17,
    empty_townships=3,
    types={"lifted": 114},
    sizes={3: 110, 4: 4},
    hardship={1: 15, 2: 22, 3: 25, 4: 17, 5: 35},
    units={"province": 8, "prefecture": 17, "county": 55, "township": 10},
    candidates=520,
    age=(38.0, 7.0),
    section_share=0.20,
    staying=207,
    leaving=139,
    extras=Extras(captains=True, baseline=True),
)

#: Every kind that can be asked for by name.
PROFILES: Final = (HUAXI, LOUXING, QINYANG, QIANNAN, YUZHONG)


def profile_of(kind: str) -> Profile:
    """Return the profile of a kind.

    Raises
    ------
    ValueError
        When there is no such kind.
    """
    for profile in PROFILES:
        if profile.kind == kind:
            return profile
    raise ValueError(f"no kind {kind!r}; known: {', '.join(profile.kind for profile in PROFILES)}")


def free_profile(
    villages: int,
    kind: str = "louxing",
    counties: int | None = None,
    candidates: int | None = None,
    staying: float = 0.2,
) -> Profile:
    """Return a profile of a free size, teams of two to four.

    Parameters
    ----------
    villages
        Posted villages, 25 to 1,600.
    kind
        The kind whose types, ages and extras it takes.
    counties
        Blank: one up to 200 villages, else counties of about 110 villages.
    candidates
        Blank: about twice the posts (1.7 times above 200 villages).
    staying
        The share of posts whose holders may stay; 0: nobody is in office.

    Raises
    ------
    ValueError
        When the size can't be had.
    """
    if not 25 <= villages <= 1600:
        raise ValueError(f"{villages} villages: 25 to 1600 can be had")
    base = profile_of(kind)
    number = counties or (1 if villages <= 200 else max(2, round(villages / 110)))
    if not 1 <= number <= min(len(COUNTIES), villages // 10):
        raise ValueError(
            f"{number} counties for {villages} villages: at most {len(COUNTIES)}, ten villages each"
        )
    sizes = dict(zip((2, 3, 4), apportion(villages, (0.3, 0.5, 0.2)), strict=True))
    posts = sum(size * count for size, count in sizes.items())
    people = candidates or round(posts * (2.0 if villages <= 200 else 1.7))
    stay = round(posts * staying)
    townships = max(number * 3, round(villages / 8))
    leave = min(posts - stay, stay)
    needed = posts + leave + (townships if base.extras.captains else 0)
    if people < needed * 1.1:
        raise ValueError(
            f"{people} candidates are too few for {posts} posts: at least {round(needed * 1.1) + 1}"
        )
    return replace(
        base,
        kind="county",
        title="合成州" if number > 1 else f"{COUNTIES[0]}县",
        prefecture="合成州" if number > 1 else "合成市",
        counties=tuple(f"{stem}县" for stem in COUNTIES[:number]),
        townships=townships,
        empty_townships=0,
        types=dict(zip(base.types, apportion(villages, list(base.types.values())), strict=True)),
        sizes=sizes,
        units={
            "prefecture": max(4, round(villages * 0.15)),
            "county": round(villages * 1.0),
            "township": round(townships * 0.8),
        },
        candidates=people,
        staying=stay,
        leaving=leave,
        extras=_scaled(base.extras, villages / base.villages),
    )


def _scaled(extras: Extras, factor: float) -> Extras:
    """Return extras for a county ``factor`` times as big."""
    return replace(
        extras,
        conflicts=round(extras.conflicts * factor),
        panel=round(extras.panel * factor),
        ratings=(round(extras.ratings[0] * factor), round(extras.ratings[1] * factor)),
        decided_leads=round(extras.decided_leads * factor),
        named_picks=round(extras.named_picks * factor),
    )
