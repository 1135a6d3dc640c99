"""The profile of one county of a kind that has several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from matcher.synth.draws import apportion
from matcher.synth.profiles import profile_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.synth.profile import Profile

KeyT = TypeVar("KeyT")


def one_county(kind: str) -> Profile:
    """Return the profile of one county of a kind: its even share of villages, units, people and extras.

    Types and team sizes stand to each other as in the whole kind, so a county of ``qiannan`` has 110
    villages with teams of three to six and 750 candidates.

    Raises
    ------
    ValueError
        When there is no such kind, or it is a single county.
    """
    whole = profile_of(kind)
    counties = len(whole.counties)
    if counties == 1:
        raise ValueError(f"{kind!r} is a single county")
    villages = round(whole.villages / counties)
    extras = whole.extras
    return replace(
        whole,
        kind=f"{kind}-county",
        title=whole.counties[0],
        counties=whole.counties[:1],
        townships=round(whole.townships / counties),
        types=_shared(whole.types, villages),
        sizes=_shared(whole.sizes, villages),
        units={level: round(count / counties) for level, count in whole.units.items()},
        candidates=round(whole.candidates / counties),
        staying=round(whole.staying / counties),
        leaving=round(whole.leaving / counties),
        extras=replace(
            extras,
            conflicts=round(extras.conflicts / counties),
            panel=round(extras.panel / counties),
            ratings=(round(extras.ratings[0] / counties), round(extras.ratings[1] / counties)),
            decided_leads=round(extras.decided_leads / counties),
            named_picks=round(extras.named_picks / counties),
        ),
    )


def _shared(whole: Mapping[KeyT, int], total: int) -> dict[KeyT, int]:
    """Return ``total`` shared out in the proportions of ``whole``."""
    return dict(zip(whole, apportion(total, list(whole.values())), strict=True))
