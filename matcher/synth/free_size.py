"""Profiles of a free size, in the manner of a kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.synth.draws import apportion
from matcher.synth.profiles import profile_of
from matcher.synth.words import COUNTIES

if TYPE_CHECKING:
    from matcher.synth.profile import Extras, Profile


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
