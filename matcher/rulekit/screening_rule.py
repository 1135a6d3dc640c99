"""A screening rule: who may hold which post, and why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from matcher.rulekit.base import ParamsT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.round.facts import Facts, Person, Seat


@dataclass(frozen=True, slots=True)
class Refusal:
    """One screening rule refuses a cadre some seats.

    The fields narrow what is refused; with none of them given, it is every seat.

    Attributes
    ----------
    cadre
        Who is refused.
    roles
        The roles refused, or None for every role.
    village
        The village refused.
    township
        The (county, township) whose captaincy is refused.
    outside
        The (county, township or None) outside which every seat is refused: a service area.
    unless
        The (village, township, role) that alone stays open, None meaning any: a lock.
    data
        What the rule's sentence needs; the person's own data.
    rule
        The rule's id, filled in by the screening.
    """

    cadre: str
    roles: tuple[str, ...] | None = None
    village: str | None = None
    township: tuple[str, str] | None = None
    outside: tuple[str, str | None] | None = None
    unless: tuple[str | None, tuple[str, str] | None, str | None] | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    rule: str = ""

    @property
    def everywhere(self) -> bool:
        """Whether every seat of the round is refused."""
        return (self.roles, self.village, self.township, self.outside, self.unless) == (None,) * 5

    def covers(self, seat: Seat) -> bool:
        """Return whether the refusal speaks of ``seat``."""
        if self.roles is not None and seat.role not in self.roles:
            return False
        if self.village is not None and self.village != seat.village:
            return False
        if self.township is not None and (seat.village is not None or self.township != seat.township):
            return False
        if self.outside is not None:
            county, township = self.outside
            return seat.township[0] != county or township not in (None, seat.township[1])
        return self.unless is None or not self._open(seat)

    def _open(self, seat: Seat) -> bool:
        """Return whether ``seat`` is the one that a lock leaves open."""
        village, township, role = self.unless or (None, None, None)
        place_fits = seat.village == village if village is not None else seat.village is None
        return place_fits and township in (None, seat.township) and role in (None, seat.role)


#: The roles of somebody who leads a village or a township's teams: a captain must be eligible as first secretary.
LEADING_ROLES = ("first_secretary", "captain")


class ScreeningRule(Rule[ParamsT]):
    """Base of the screening rules; on or off.

    A subclass says the rule twice, on purpose: :meth:`refusals` for the engine, person by person over
    the whole round, and :meth:`permits` for the checker, one posting at a time. Neither calls the other.
    """

    default_on: ClassVar[bool] = True

    def refusals(self, facts: Facts, person: Person, params: ParamsT) -> Iterator[Refusal]:
        """Yield what the rule refuses ``person``."""
        raise NotImplementedError

    def permits(self, facts: Facts, person: Person, seat: Seat, params: ParamsT) -> bool:
        """Return whether the rule lets ``person`` hold ``seat``; the checker's own reading."""
        raise NotImplementedError
