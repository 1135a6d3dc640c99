"""A plan rule: what a plan as a whole must honour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from matcher.edits import Edit
from matcher.edits import rule as rule_edit
from matcher.rulekit.base import Mode, ParamsT, Rule

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit.encoding import LinkRow, Load, Row, Team
    from matcher.screening.outcome import Screening


#: The penalty of a unit of a rule that gave way in a repair: high against the points of one village.
LAST_RESORT = 1000


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


@dataclass(frozen=True, slots=True)
class Limit:
    """What the round limits: ``at_least ≤ what all teams and captains together use ≤ at_most``.

    The amount of a violation is the distance to the limit divided by ``step``, rounded up; 1 where ``flat``.
    """

    key: Any
    at_least: int | None = None
    at_most: int | None = None
    step: int = 1
    flat: bool = False

    def amount(self, used: int) -> int:
        """Return by how much ``used`` in all breaks the limit; 0 where it keeps it."""
        short = self.at_least - used if self.at_least is not None else 0
        over = used - self.at_most if self.at_most is not None else 0
        distance = max(0, short, over)
        return min(1, distance) if self.flat else -(-distance // self.step)


class PlanRule(Rule[ParamsT]):
    """Base of the plan rules.

    The encoding (:meth:`team`, :meth:`rows`, :meth:`load`) and the check (:meth:`breaches`) say the rule
    twice and share no code. What links villages is said once more for the checker of a certificate
    (:meth:`limits`, :meth:`uses`), again with no code shared. In hard mode a row is a constraint; in soft mode its violation costs
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
    #: A team that breaks the rule by itself breaks it with any further member too.
    lasting: ClassVar[bool] = False
    #: Of the summaries (frozensets) of a team's members, only how many elements they have in all matters.
    counts_distinct: ClassVar[bool] = False
    #: True of what one question asks beyond the rules of the round (see :mod:`matcher.demands`).
    of_question: ClassVar[bool] = False

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

    def breaches_inside(self, view: PlanView, params: ParamsT) -> Iterable[Breach]:
        """Return how one team breaks the rule by itself, leaving out whatever :meth:`limits` counts.

        Of a rule that limits the round nothing, that is all of :meth:`breaches_alone`. Left out, a penalty makes
        the checker's bound on a team higher than it need be, never too low.
        """
        own = type(self)
        links = own.rows is not PlanRule.rows or own.limits is not PlanRule.limits
        return () if links else self.breaches_alone(view, params)

    def give(self, facts: Facts, breach: Breach, params: ParamsT) -> Edit | None:
        """Return the change of the round that lets the rule give way to one breach; None where nothing does.

        Where a number of the round says what is asked, it is that number that gives. Else the rule is soft from then on,
        at a high penalty.
        """
        return rule_edit(self.id, mode="soft", weight=LAST_RESORT) if "soft" in self.modes else None

    def limits(self, view: PlanView, params: ParamsT) -> Iterable[Limit]:
        """Return what the round limits over all teams; the checker's own reading of the link rows.

        The keys are those of the rows that link villages. ``view`` is asked for the round and for screening.
        """
        return ()

    def uses(self, facts: Facts, seat: Seat, person: Person, params: ParamsT) -> Mapping[Any, int]:
        """Return what one member in ``seat`` uses of what the round limits, by key.

        A team uses what its members use. A rule of which that can't be said has no :meth:`limits`, and a
        certificate that prices it can't be checked.
        """
        return {}

    def kind(self, place: Place, person: Person, params: ParamsT) -> Hashable:
        """Return what :meth:`breaches_alone` reads of a member who is not first secretary.

        Members with the same kind are interchangeable for the rule. Not knowing better, nobody is.
        """
        return person.id if self.team_level else None
