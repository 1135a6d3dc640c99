"""Troubles: changes that make a county's round impossible, drawn at random. A visible list, one function each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import bind, cell, lock, rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from matcher.edits import Edit
    from matcher.round import Round


def too_few_young(round_: Round, chance: Random) -> list[Edit]:
    """Ask for more young people than there are."""
    young = sum(person.band == 0 for person in round_.facts.people.values())
    return [rule("young_share", mode="hard", min_share=0.0, min_posts=young + chance.randint(1, 5))]


def too_old(round_: Round, chance: Random) -> list[Edit]:
    """Ask for a mean age below that of the youngest, one for each village."""
    youngest = sorted(person.age for person in round_.facts.people.values())[: len(round_.facts.places)]
    return [rule("mean_age", mode="hard", max_age=sum(youngest) // len(youngest) - chance.randint(1, 3))]


def too_few_specialists(round_: Round, chance: Random) -> list[Edit]:
    """Ask for more specialists than there are."""
    people = round_.facts.people.values()
    specialty = chance.choice(sorted({one for person in people for one in person.competent}))
    held = sum(specialty in person.competent for person in people)
    return [rule("specialty_min", mode="hard", specialties={specialty: held + chance.randint(1, 4)})]


def too_few_of_section_rank(round_: Round, chance: Random) -> list[Edit]:
    """Ask for nearly everybody to be of section rank, which few are."""
    people = round_.facts.people.values()
    held = sum(person.section_rank for person in people) / len(people)
    share = held + (1 - held) * chance.uniform(0.8, 1.0)
    return [rule("section_rank_share", mode="hard", min_share=round(share, 2))]


def too_many_posts(round_: Round, chance: Random) -> list[Edit]:
    """Ask for more posts than there are candidates."""
    return [rule("total_posts", mode="hard", min=len(round_.facts.people) + chance.randint(1, 9))]


def two_for_one_seat(round_: Round, chance: Random) -> list[Edit]:
    """Lock two people into the seat of one first secretary."""
    village = chance.choice(sorted(round_.facts.places))
    return [
        lock(cadre, village, "first_secretary") for cadre in chance.sample(sorted(round_.facts.people), 2)
    ]


def one_in_two_villages(round_: Round, chance: Random) -> list[Edit]:
    """Lock one person into two villages."""
    cadre = chance.choice(sorted(round_.facts.people))
    return [lock(cadre, village) for village in chance.sample(sorted(round_.facts.places), 2)]


def bound_too_often(round_: Round, chance: Random) -> list[Edit]:
    """Bind a unit to one village more than it may lead."""
    units = sorted(id_ for id_, unit in round_.facts.units.items() if (unit.max_villages or 99) <= 3)
    unit = chance.choice(units or sorted(round_.facts.units))
    most = round_.facts.units[unit].max_villages or 1
    villages = chance.sample(sorted(round_.facts.places), most + 1)
    return [bind(unit, village) for village in villages]


def nothing_to_send(round_: Round, chance: Random) -> list[Edit]:
    """Let so many units send nobody that the rest are too few."""
    size: dict[str, int] = {}
    for person in round_.facts.people.values():
        size[person.unit_id] = size.get(person.unit_id, 0) + 1
    left, edits = len(round_.facts.people), []
    for unit in sorted(size, key=lambda one: (-size[one], one)):
        if left < len(round_.facts.places) * chance.uniform(1.0, 1.5):
            break
        left -= size[unit]
        edits.append(cell("units", unit, quota=0))
    return edits


#: What can be wrong with a round.
TROUBLES: tuple[Callable[[Round, Random], list[Edit]], ...] = (
    too_few_young,
    too_old,
    too_few_specialists,
    too_few_of_section_rank,
    too_many_posts,
    two_for_one_seat,
    one_in_two_villages,
    bound_too_often,
    nothing_to_send,
)
