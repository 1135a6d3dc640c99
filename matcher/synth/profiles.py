"""What each kind of county looks like: one profile a kind."""

from __future__ import annotations

from datetime import date
from typing import Final

from matcher.synth.profile import WIDE, Extras, Profile
from matcher.synth.words import COUNTIES

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
    reasons=WIDE,
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
    leaving=8,
    extras=Extras(ratings=(17, 8), decisions=True, panel=90, panel_counts=False, units_a_team=2),
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
