"""A plan rule: what a plan as a whole must honour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from matcher.rulekit.base import Mode, ParamsT, Rule

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place
    from matcher.rulekit.encoding import LinkRow, Load, Row, Team
    from matcher.screening.outcome import Screening


@dataclass(frozen=True, slots=True)
class Breach:
    """A plan breaks a rule.

    Attributes
    ----------
    subjects
        Whom or what it is about, by kind: ``{"village": "9901", "type": "weak_org"}``.
    amount
        How much, in the rule's own unit.
    data
        What the rule's sentence needs.
    always
        True when no mode allows it (two first secretaries in a village).
    """

    subjects: Mapping[str, Any]
    amount: int = 1
    data: Mapping[str, Any] = field(default_factory=dict)
    always: bool = False


class PlanRule(Rule[ParamsT]):
    """Base of the plan rules.

    The encoding (:meth:`team`, :meth:`rows`, :meth:`load`) and the check (:meth:`breaches`) say the rule
    twice and share no code. In hard mode a row is a constraint; in soft mode its violation costs
    ``weight`` for each unit of amount: the model adds what that needs, the rule does not care.
    """

    default_mode: ClassVar[Mode] = "hard"
    default_weight: ClassVar[int | None] = None
    #: The modes that the rule may have.
    modes: ClassVar[tuple[Mode, ...]] = ("hard", "soft", "off")
    #: The blocks that the rule speaks of: villages' teams, townships' captaincies, or both.
    villages: ClassVar[bool] = True
    captains: ClassVar[bool] = False
    #: True when the check says something of one village's team alone, which then limits its attainable points.
    team_level: ClassVar[bool] = False

    def team(self, team: Team, params: ParamsT) -> Iterable[Row]:
        """Return the rows over one block."""
        return ()

    def always(self, team: Team, params: ParamsT) -> Iterable[Row]:
        """Return rows over one block that hold in every mode."""
        return ()

    def rows(self, facts: Facts, screening: Screening, params: ParamsT) -> Iterable[LinkRow]:
        """Return the rows that link villages."""
        return ()

    def load(self, team: Team, params: ParamsT) -> Iterable[Load]:
        """Return what one block puts on the link rows."""
        return ()

    def breaches(self, view: PlanView, params: ParamsT) -> Iterator[Breach]:
        """Yield how the plan breaks the rule; plain Python over the plan, the checker's own reading."""
        raise NotImplementedError

    def breaches_alone(self, view: PlanView, params: ParamsT) -> Iterable[Breach]:
        """Return how one team alone breaks the rule; ``view`` holds a single village.

        Used by the checker's own search for attainable points.
        """
        return self.breaches(view, params) if self.team_level else ()

    def kind(self, place: Place, person: Person, params: ParamsT) -> Hashable:
        """Return what :meth:`breaches_alone` reads of a member who is not first secretary.

        Members with the same kind are interchangeable for the rule. Not knowing better, nobody is.
        """
        return person.id if self.team_level else None
