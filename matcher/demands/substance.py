"""Demand ``substance``: at least half of the teams that differ do so in more than names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from matcher.codes import Text
from matcher.demands.distance import Better
from matcher.rulekit import Breach, Linear, LinkRow, Load, Params, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView, TeamView
    from matcher.round.facts import Facts, Place
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class SubstanceParams(Params):
    """The better plans, and what of a team is counted.

    Attributes
    ----------
    counting
        ``secretaries``: only another first secretary, so that whatever plan meets the encoding meets the demand.
        ``everything``: first secretary and each need covered by itself, so that whatever plan meets the demand
        meets the encoding, and a bound found with it holds for all of them.
    """

    better: tuple[Better, ...]
    counting: Literal["secretaries", "everything"] = "secretaries"


class Substance(PlanRule[SubstanceParams]):
    """Of the teams that differ from a better plan's, half have another first secretary, lead unit or coverage.

    Said exactly, the demand needs helpers that look through other helpers; the two readings of the encoding stand on
    either side of it and stay simple. Their check reads a plan as they do; :func:`differing_teams` counts exactly.
    """

    id = "substance"
    name = Text("实质差异", "Substance of the difference")
    sentence = Text(
        "不同的队伍中至少一半的第一书记、包村单位或覆盖的专长不同。",
        "At least half of the teams that differ differ in first secretary, lead unit or specialties covered.",
    )
    why = Text("只换几名队员算不上另一个方案。", "To exchange a few residents is no other plan.")
    allowed = Text("10支队伍不同，其中5支换了第一书记。", "10 teams differ, 5 of them in first secretary.")
    refused = Text(
        "10支队伍不同，其中4支换了第一书记，其余只换队员。", "10 differ, 4 of them in first secretary."
    )
    words = Text(
        "与第{rank}名方案相比{teams}支队伍不同，其中{substantial}支有实质差异",
        "{teams} teams differ from rank {rank}, {substantial} of them in substance",
    )
    modes = ("hard",)
    of_question = True
    Params = SubstanceParams

    def rows(self, facts: Facts, screening: Screening, params: SubstanceParams) -> Iterator[LinkRow]:
        """Return a row for each better plan: twice the teams of substance are as many as all that differ."""
        for plan in params.better:
            yield LinkRow(plan.name, at_least=0)

    def load(self, team: Team, params: SubstanceParams) -> Iterator[Load]:
        """Put 2 on the row for a difference of substance, less 1 for any difference."""
        place = team.place.id
        for plan in params.better:
            shared = Linear()
            for role, cadres in plan.seats.get(place, {}).items():
                if role in team.roles:
                    shared = shared + team.count(lambda person, c=cadres: person.id in c, role)  # type: ignore[misc]
            differs = 1 - team.reaches(shared, plan.sizes.get(place, 0))
            secretaries = plan.seats.get(place, {}).get("first_secretary", frozenset())
            substance = 1 - team.count(lambda person, c=secretaries: person.id in c, "first_secretary")  # type: ignore[misc]
            if params.counting == "everything":
                for need in (k for k, strength in team.place.needs.items() if strength):
                    covers = team.any(lambda person, k=need: k in person.competent)  # type: ignore[misc]
                    substance = substance + (1 - covers if need in plan.covered.get(place, ()) else covers)
            yield Load(plan.name, substance * 2 - differs)

    def breaches(self, view: PlanView, params: SubstanceParams) -> Iterator[Breach]:
        """Compare every team with the better plan's, as the encoding reads it."""
        for plan in params.better:
            differing = sum(_lost(team, plan) for team in view.teams.values())
            substantial = sum(_counted(team, plan, params) for team in view.teams.values())
            if 2 * substantial < differing:
                data = {"rank": plan.name, "teams": differing, "substantial": substantial}
                yield Breach({"plan": plan.name}, differing - 2 * substantial, data)


def _lost(team: TeamView, plan: Better) -> bool:
    """Return whether somebody of the better plan's team is gone."""
    known = sum(plan.has(team.place.id, role, person.id) for person, role in team.members)
    return known < plan.sizes.get(team.place.id, 0)


def _counted(team: TeamView, plan: Better, params: SubstanceParams) -> int:
    """Return what a team counts of substance in the reading asked for."""
    secretary = team.secretary
    count = int(secretary is None or not plan.has(team.place.id, "first_secretary", secretary.id))
    if params.counting == "everything":
        count += len(_covered(team) ^ plan.covered.get(team.place.id, frozenset()))
    return count


def differing_teams(view: PlanView, plan: Better) -> tuple[int, int]:
    """Return how many teams differ from a better plan's, and how many of them in substance."""
    differing = [team for team in view.teams.values() if _differs(team, plan)]
    return len(differing), sum(_in_substance(team, plan) for team in differing)


def _differs(team: TeamView, plan: Better) -> bool:
    known = sum(plan.has(team.place.id, role, person.id) for person, role in team.members)
    return known < max(len(team.members), plan.sizes.get(team.place.id, 0))


def _in_substance(team: TeamView, plan: Better) -> bool:
    place: Place = team.place
    secretary = team.secretary
    if secretary is None or not plan.has(place.id, "first_secretary", secretary.id):
        return True
    return _covered(team) != plan.covered.get(place.id, frozenset())


def _covered(team: TeamView) -> frozenset[str]:
    """Return the needs of its village that a team covers."""
    able = {k for person, _ in team.members for k, level in person.record.specialties.items() if level >= 3}  # noqa: PLR2004
    return frozenset(k for k, need in team.place.needs.items() if need and k in able)
