"""What terms and rules make of one village's teams, counted once for each combination of kinds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from matcher.check.view import HeldPost, PlanView, TeamView
from matcher.codes import TEAM_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matcher.check.attainable_groups import Candidate
    from matcher.round.facts import Person, Place, Township
    from matcher.rulebook import InForce
    from matcher.rulekit import PlanRule, ScoreTerm

    Member = tuple[Person, str]
    Codes = tuple[int, ...]

#: The roles beside the first secretary's; a seat's number is the place of its role here.
SEATS = ("resident", "support")

_ORDER = {role: number for number, role in enumerate(TEAM_ROLES)}


class OneTeam(PlanView):
    """A plan that holds one village with its team and nothing else."""

    def __init__(self, view: PlanView, team: TeamView, passing: frozenset[str]) -> None:
        super().__init__(view.facts, view.book, ())
        self._team = team
        self._passing = passing
        place = team.place
        self.posts = [HeldPost(person.id, role, place.id, place.township) for person, role in team.members]

    @cached_property
    def teams(self) -> dict[str, TeamView]:
        """The one team by its village."""
        return {self._team.place.id: self._team}

    @property
    def townships(self) -> tuple[Township, ...]:
        """None: the view holds a village."""
        return ()

    def passes_at(self, person: Person, place: Place) -> bool:
        """Return whether ``person`` passes screening for some seat at the village, as looked up before."""
        return person.id in self._passing if place.id in self.teams else super().passes_at(person, place)


class Aspect:
    """One term or rule under one first secretary.

    Parameters
    ----------
    judge
        What the term or rule makes of a team: weighted points, or 1 where the rule is broken.
    lead
        The first secretary as a member, or nobody.
    """

    def __init__(self, judge: Callable[[Sequence[Member]], int], lead: tuple[Member, ...]) -> None:
        self._judge = judge
        self._lead = lead
        self._known: dict[Codes, int] = {}

    def value(self, key: Codes, members: Sequence[Candidate]) -> int:
        """Return the judgement of the team; ``key`` holds the codes of its further members in order."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.of(members)
        return found

    def of(self, members: Sequence[Candidate]) -> int:
        """Return the judgement of the team with these further members."""
        further = [(member.person, SEATS[member.seat]) for member in members]
        return self._judge(
            sorted([*self._lead, *further], key=lambda member: (_ORDER[member[1]], member[0].id))
        )


def term_judge(
    view: PlanView, place: Place, item: InForce[ScoreTerm[Any]]
) -> Callable[[Sequence[Member]], int]:
    """Return how to count a term's weighted points."""

    def judge(members: Sequence[Member]) -> int:
        team = TeamView(view.facts, place, tuple(members))
        return item.weight * item.rule.count(team, item.params)

    return judge


def rule_judge(
    view: PlanView, place: Place, item: InForce[PlanRule[Any]], passing: frozenset[str]
) -> Callable[[Sequence[Member]], int]:
    """Return how to see whether a team alone breaks a rule."""

    def judge(members: Sequence[Member]) -> int:
        team = TeamView(view.facts, place, tuple(members))
        return int(any(True for _ in item.rule.breaches_alone(OneTeam(view, team, passing), item.params)))

    return judge
