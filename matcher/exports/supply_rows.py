"""The lines of the supply tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpecialtySupply:
    """One specialty: the villages that need it and the eligible people who have it.

    Attributes
    ----------
    villages, urgent
        Villages that need it, and those that need it at 4 or 5.
    people
        People who pass screening for some team post and have it at level 3 or more.
    """

    specialty: str
    villages: int
    urgent: int
    people: int

    @property
    def short(self) -> bool:
        """Whether there are fewer people than villages."""
        return self.people < self.villages


@dataclass(frozen=True, slots=True)
class TypeSupply:
    """One type of village: its villages' posts against the people who pass screening for one of them.

    Attributes
    ----------
    type, villages
        The type and how many villages are of it; a village of two types counts twice.
    least
        Their team posts at least.
    people
        People who pass screening for some team post in one of them.
    specialties
        Of which each of these villages needs one, by the rule ``type_specialty``; empty where it asks for none.
    able
        How many of the people have one of these at level 3 or more; all of them where none is asked for.
    """

    type: str
    villages: int
    least: int
    people: int
    specialties: tuple[str, ...]
    able: int

    @property
    def short(self) -> bool:
        """Whether there are fewer people than posts, or fewer specialists than villages."""
        return self.people < self.least or self.able < self.villages


@dataclass(frozen=True, slots=True)
class UnitSupply:
    """One unit: its eligible people against its quota, its leads against what is decided.

    Attributes
    ----------
    people, secretaries
        Its people who pass screening for some team post, and for a first secretary's.
    quota
        The most that it sends; None: no limit.
    decided
        Villages that it is decided to lead, of at most ``max_villages``.
    """

    unit: str
    people: int
    secretaries: int
    quota: int | None
    max_villages: int
    decided: int

    @property
    def short(self) -> bool:
        """Whether it can't lead the villages that it is decided to lead."""
        return self.decided > min(self.secretaries, self.max_villages)

    @property
    def held_back(self) -> int:
        """Eligible people whom the quota holds back."""
        return 0 if self.quota is None else max(0, self.people - self.quota)


@dataclass(frozen=True, slots=True)
class CountySupply:
    """One county: its posts against the people who pass screening for them.

    Attributes
    ----------
    least, most
        Team posts at least and at most.
    people, secretaries
        People who pass screening for some team post there, and for a first secretary's.
    sendable
        As many of them as the units' quotas let go.
    leads
        Villages that the units with an eligible first secretary may lead.
    """

    county: str
    villages: int
    least: int
    most: int
    people: int
    secretaries: int
    sendable: int
    leads: int

    @property
    def short(self) -> bool:
        """Whether posts or leads exceed what is there."""
        return self.least > self.sendable or self.villages > min(self.secretaries, self.leads)


@dataclass(frozen=True, slots=True)
class Supply:
    """Supply against demand of a round.

    Attributes
    ----------
    units
        The units that matter most: short ones, those with decided villages, those with many people held back.
    more_units
        How many units are not listed.
    counties
        Each county with villages; the whole round (county "") first where there are several.
    """

    specialties: tuple[SpecialtySupply, ...]
    types: tuple[TypeSupply, ...]
    units: tuple[UnitSupply, ...]
    more_units: int
    counties: tuple[CountySupply, ...]
