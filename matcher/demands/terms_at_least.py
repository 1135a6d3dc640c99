"""Demand ``terms_at_least``: some score terms bring at least so many points together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict

from matcher.check.view import PlanView, TeamView
from matcher.codes import Text
from matcher.plan import Post
from matcher.rulebook import RuleBook
from matcher.rulekit import Breach, Limit, Linear, LinkRow, Load, Params, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class TermsAtLeastParams(Params):
    """Terms with the weights that they count with here, and the points asked for.

    Attributes
    ----------
    terms
        The terms, as :class:`~matcher.rulebook.InForce`.
    least
        The weighted points that they have to bring together.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    terms: tuple[Any, ...]
    least: int

    @classmethod
    def of(cls, book: RuleBook, terms: Iterable[str], least: int) -> TermsAtLeastParams:
        """Return the terms named, each with its weight in effect, or its default one where it is off."""
        named = set(terms)
        chosen = (item for item in book.terms if item.rule.id in named)
        weighted = (
            replace(item, mode="hard", weight=item.weight or item.rule.default_weight) for item in chosen
        )
        return cls(terms=tuple(weighted), least=least)


class TermsAtLeast(PlanRule[TermsAtLeastParams]):
    """What a committee puts before the score: the fewest changes, the strongest bundles."""

    id = "terms_at_least"
    name = Text("指定计分项的最低分", "Points of given terms")
    sentence = Text(
        "指定的计分项合计不低于规定的分数。", "The given terms bring at least so many points together."
    )
    why = Text(
        "有的方案先求变动最少或捆绑最强。",
        "Some plans put the fewest changes or the strongest bundles first.",
    )
    allowed = Text("最少变动−30分，要求不低于−30分。", "Fewest changes at −30, −30 asked for.")
    refused = Text("最少变动−31分，要求不低于−30分。", "Fewest changes at −31, −30 asked for.")
    words = Text("合计{points}分，应有{needed}分", "{points} points, {needed} needed")
    modes = ("hard",)
    of_question = True
    captains = True
    Params = TermsAtLeastParams

    def rows(self, facts: Facts, screening: Screening, params: TermsAtLeastParams) -> Iterator[LinkRow]:
        """Return the one row."""
        constant = sum(item.weight * item.rule.constant(facts, item.params) for item in params.terms)
        yield LinkRow("points", at_least=params.least - constant)

    def load(self, team: Team, params: TermsAtLeastParams) -> Iterator[Load]:
        """Put the terms' points of one team or captain on the row."""
        points = Linear()
        for item in params.terms:
            counts = item.rule.points if team.place.is_village else item.rule.captain_points
            points.add(counts(team, item.params), item.weight)
        yield Load("points", points)

    def limits(self, view: PlanView, params: TermsAtLeastParams) -> Iterator[Limit]:
        """Return the points asked for, where each member's can be counted alone."""
        if all(item.rule.additive for item in params.terms):
            nobody = counted(_lone(view.facts), params)
            yield Limit("points", at_least=params.least - nobody)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: TermsAtLeastParams) -> Mapping[str, int]:
        """Return what one member brings; asked only where all terms count members one by one."""
        if not all(item.rule.additive for item in params.terms):
            return {}
        county, township = seat.township
        where = (
            {"village": seat.village} if seat.village else {"county": county or None, "township": township}
        )
        lone, nobody = _lone(facts, Post(cadre=person.id, role=seat.role, **where)), _lone(facts)
        points = 0
        for item in params.terms:
            points += item.weight * (
                item.rule.count_plan(lone, item.params) - item.rule.count_plan(nobody, item.params)
            )
            if seat.village and not item.rule.of_plan:
                team = TeamView(facts, facts.places[seat.village], ((person, seat.role),))
                points += item.weight * item.rule.count(team, item.params)
        return {"points": points}

    def breaches(self, view: PlanView, params: TermsAtLeastParams) -> Iterator[Breach]:
        """Count the terms' points."""
        points = counted(view, params)
        if points < params.least:
            data = {"points": points, "needed": params.least}
            yield Breach({"plan": "points"}, params.least - points, data)

    def kind(self, place: Place, person: Person, params: TermsAtLeastParams) -> None:
        """Return nothing: the check of a single team reads nobody."""


def _lone(facts: Facts, *posts: Post) -> PlanView:
    return PlanView(facts, RuleBook((), (), ()), posts)


def counted(view: PlanView, params: TermsAtLeastParams) -> int:
    """Return the terms' weighted points of a plan."""
    total = 0
    for item in params.terms:
        total += item.weight * item.rule.count_plan(view, item.params)
        if not item.rule.of_plan:
            total += item.weight * sum(item.rule.count(team, item.params) for team in view.teams.values())
    return total
