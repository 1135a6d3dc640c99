"""The way from a kind, or a size, and a seed to a round and the plan planted in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.synth.ages import deal_ages
from matcher.synth.document import Document, document_of, planted_of
from matcher.synth.extras import add_extras, mark_people
from matcher.synth.free_size import free_profile
from matcher.synth.kin import relate
from matcher.synth.knowledge import teach
from matcher.synth.office import office_row, set_quotas
from matcher.synth.people import introduce
from matcher.synth.places import settle
from matcher.synth.planting import plant
from matcher.synth.profiles import profile_of
from matcher.synth.reasons import refuse
from matcher.synth.senders import establish
from matcher.synth.world import World

if TYPE_CHECKING:
    from matcher.synth.profile import Profile


@dataclass(frozen=True, slots=True)
class Generated:
    """A synthetic round with what only its maker knows.

    Attributes
    ----------
    document
        The round, as ``round/1`` data.
    planted
        The posts of a plan that breaks no hard rule: cadre, village (a captain's county and
        township), role.
    headcounts
        How many people work in each unit; no field of a round, but quotas follow it.
    """

    document: Document
    planted: list[Document]
    headcounts: dict[str, int]


def generate(kind: str, seed: int = 1) -> Generated:
    """Make a synthetic round of a kind, with its planted plan.

    Parameters
    ----------
    kind
        ``huaxi``, ``louxing``, ``qinyang``, ``qiannan`` or ``yuzhong``.
    seed
        One seed, one round, on any machine.

    Raises
    ------
    ValueError
        When there is no such kind.
    """
    return generate_from(profile_of(kind), seed)


def generate_from(profile: Profile, seed: int) -> Generated:
    """Make a synthetic round of any profile, with its planted plan."""
    world = World(profile, seed)
    settle(world)
    establish(world)
    plant(world)
    refuse(world)
    deal_ages(world)
    introduce(world)
    teach(world)
    relate(world)
    set_quotas(world)
    draws = world.draws("office")
    for person in world.people:
        if person.old is not None:
            person.office = office_row(person, draws)
    mark_people(world)
    document = document_of(world)
    planted = planted_of(world)
    return Generated(add_extras(world, document), planted, {unit.id: unit.headcount for unit in world.units})


def county(kind: str, seed: int = 1) -> Document:
    """Return a synthetic round of a kind as ``round/1`` data; see :func:`generate`."""
    return generate(kind, seed).document


def county_of(
    villages: int,
    seed: int = 1,
    *,
    kind: str = "louxing",
    counties: int | None = None,
    candidates: int | None = None,
    staying: float = 0.2,
) -> Document:
    """Return a synthetic round of a free size as ``round/1`` data.

    Parameters
    ----------
    villages
        Posted villages, 25 to 1,600; above 200 they lie in counties of about 110.
    seed
        One seed, one round, on any machine.
    kind
        The kind whose village types, ages and extras it takes.
    counties, candidates
        Blank: as the size suggests.
    staying
        The share of posts whose holders may stay; 0: nobody is in office.

    Raises
    ------
    ValueError
        When the size can't be had.
    """
    return generate_from(free_profile(villages, kind, counties, candidates, staying), seed).document
