"""Who is not eligible, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Person, World

#: Flags of the negative list for reasons that are flags.
FLAGS: Final = {"health": "poor_health"} | {
    code: code for code in ("sanction", "teacher_medic", "probation", "seconded", "recalled", "care")
}
#: What "other" may be for someone new and for someone in office.
_OTHER_NEW: Final = ("probation", "seconded", "care", "recalled")
_OTHER_IN_OFFICE: Final = ("care", "seconded")


def refuse(world: World) -> None:
    """Give the profile's share of people a reason to hold no post; the planted plan posts none of them."""
    draws = world.draws("reasons")
    counts = {reason: round(share * len(world.people)) for reason, share in world.profile.reasons.items()}
    total = sum(counts.values())
    spare = [person for person in world.people if person.old is None and not person.posted]
    out = [person for person in world.people if person.old is not None and not person.posted]
    from_spare, from_out = _split(
        total, round(len(spare) * world.profile.spare_reasons), len(spare), len(out)
    )
    useless = [person for person in spare if not _serves_any(world, person)]
    useful = draws.shuffled([person for person in spare if _serves_any(world, person)])
    chosen = (useless + useful)[:from_spare] + draws.sample(out, from_out)
    _name_reasons(chosen, counts, draws)


def _split(total: int, wanted: int, spare: int, out: int) -> tuple[int, int]:
    from_spare = min(wanted, total, spare)
    from_out = min(total - from_spare, out)
    from_spare = total - from_out
    if from_spare > spare:
        raise ValueError(f"{total} people can't be ineligible: the planted plan needs more")
    return from_spare, from_out


def _serves_any(world: World, person: Person) -> bool:
    township = person.unit.township
    return township is None or township.number < world.profile.townships


def _name_reasons(chosen: list[Person], counts: dict[str, int], draws: Draws) -> None:
    """Say why each of the chosen is not eligible: teachers and medics where they work, the rest at random."""
    teaching = [person for person in chosen if person.unit.trade == "education_health"]
    others = draws.shuffled([person for person in chosen if person.unit.trade != "education_health"])
    order = draws.shuffled(teaching) + others
    number = counts["teacher_medic"]
    for person in order[:number]:
        person.reason = "teacher_medic"
    rest = [code for code, count in counts.items() if code != "teacher_medic" for _ in range(count)]
    for person, code in zip(order[number:], draws.shuffled(rest), strict=True):
        person.reason = code
        if code == "other":
            person.reason = draws.pick(_OTHER_NEW if person.old is None else _OTHER_IN_OFFICE)
