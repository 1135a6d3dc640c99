"""People in office, and how many people units may send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.synth.draws import capped

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Person, World


def set_quotas(world: World) -> None:
    """Let units send whom the planted plan posts, and all together about 1.35 times the posts."""
    people, posted = [0] * len(world.units), [0] * len(world.units)
    for person in world.people:
        people[person.unit.number] += 1
        posted[person.unit.number] += person.posted
    least = [max(1, count) for count in posted]
    room = [max(0, some - count) for some, count in zip(people, least, strict=True)]
    more = round(world.profile.posts * 1.35) - sum(least)
    extra = capped(max(0, more), [float(some) for some in room], room)
    for unit, count, added in zip(world.units, least, extra, strict=True):
        unit.quota = count + added


def office_row(person: Person, draws: Draws) -> dict[str, Any]:
    """Return what the table of people in office tells of someone: when since, how well, why out."""
    row: dict[str, Any] = {"days": draws.between(20, 26), "appraisal": draws.among({"优秀": 22, "称职": 78})}
    if person.stays:
        extended = draws.chance(0.06)
        row["months"] = draws.between(24, 34) if extended else draws.between(2, 22)
        row["extended"] = extended
        return row
    if person.reason or draws.chance(0.6):
        row["months"] = (
            draws.between(24, 40) if not person.reason or draws.chance(0.5) else draws.between(4, 23)
        )
        return row
    row["months"] = draws.between(4, 23)
    trigger = draws.among(
        {"few_days": 40, "weak_performance": 30, "not_detached": 15, "refuses_leadership": 8, "": 7}
    )
    row["recall"] = [trigger] if trigger else []
    if trigger in ("few_days", ""):
        row["days"] = draws.between(6, 19)
    if trigger == "weak_performance":
        row["appraisal"] = "基本称职"
    return row
