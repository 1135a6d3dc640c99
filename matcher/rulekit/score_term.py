"""A score term: what makes a plan good, in integer points."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from matcher.rulekit.base import ParamsT, Rule
from matcher.rulekit.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Hashable

    from matcher.check.view import PlanView, TeamView
    from matcher.round.facts import Facts, Person
    from matcher.rulekit.encoding import Team


class ScoreTerm(Rule[ParamsT]):
    """Base of the score terms.

    The encoding (:meth:`points`, :meth:`captain_points`, :meth:`constant`) and the recount
    (:meth:`count`, :meth:`count_plan`) share no code.

    Attributes
    ----------
    default_weight
        Its weight where the round sets none; 0 switches a term off.
    of_plan
        True when the points belong to the plan as a whole and not to one village (they don't count
        towards a village's index).
    """

    default_weight: ClassVar[int]
    of_plan: ClassVar[bool] = False
    #: The points of a team are the sum of those of its members, each counted alone.
    additive: ClassVar[bool] = False
    #: With a given lead unit, each further member adds to the points the same whoever else is in the team.
    additive_with_lead: ClassVar[bool] = False
    #: With a given first secretary, a further member adds at most what it adds to a smaller team, never less than 0.
    submodular: ClassVar[bool] = False

    def points(self, team: Team, params: ParamsT) -> Linear:
        """Return the unweighted points of one village's team, as an expression."""
        raise NotImplementedError

    def captain_points(self, team: Team, params: ParamsT) -> Linear:
        """Return the unweighted points of one township's captain, as an expression; they belong to the plan."""
        return Linear()

    def constant(self, facts: Facts, params: ParamsT) -> int:
        """Return points that every plan has (they may be negative)."""
        return 0

    def count(self, team: TeamView, params: ParamsT) -> int:
        """Count the points of one village's team; 0 for a term of the plan."""
        return 0

    def count_plan(self, view: PlanView, params: ParamsT) -> int:
        """Count the points that belong to the plan as a whole (captains', kept pairings)."""
        return 0

    @property
    def counts_plans(self) -> bool:
        """Whether the term counts anything of the plan as a whole."""
        return type(self).count_plan is not ScoreTerm.count_plan

    def kind(self, team: TeamView, person: Person, params: ParamsT) -> Hashable:
        """Return what :meth:`count` reads of a further member of ``team``, which has a first secretary or nobody.

        Members of the same kind add the same. Not knowing better, nobody is like another; the points of an
        additive term are each member's own.
        """
        return None if self.additive or self.of_plan else person.id
