"""Demand ``distance``: a plan differs from better ones by at least so many posts."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import Text
from matcher.rulekit import Breach, Limit, LinkRow, Load, Params, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.check.alike import Alike
    from matcher.check.view import PlanView
    from matcher.plan import Plan
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulebook import RuleBook
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening

#: Cadres by role.
ByRole = dict[str, frozenset[str]]


class Better(Params):
    """A better plan, as far as another one is measured against it.

    Attributes
    ----------
    name
        What it is called: its rank.
    posts
        How many posts it has.
    least
        How many posts have to differ.
    seats
        By place and role: who holds a post there, and everybody interchangeable with them.
    sizes
        By place: how many posts it has there.
    covered
        By village: the needs that its team covers.
    """

    name: int
    posts: Annotated[int, Field(ge=0)]
    least: Annotated[int, Field(ge=0)]
    seats: dict[str, ByRole]
    sizes: dict[str, int]
    covered: dict[str, frozenset[str]]

    def has(self, place: str, role: str, cadre: str) -> bool:
        """Return whether the plan has somebody like ``cadre`` in ``role`` at ``place``."""
        return cadre in self.seats.get(place, {}).get(role, ())


class DistanceParams(Params):
    """The better plans, and whether the number of posts may differ from plan to plan."""

    better: tuple[Better, ...]
    sizes_vary: bool = False


class Distance(PlanRule[DistanceParams]):
    """Of a plan's posts at least so many are new: a better plan has neither the cadre nor anybody like them there.

    Where teams may be of different sizes, as many posts of the better plan have to be gone as well.
    """

    id = "distance"
    name = Text("与更优方案的差异", "Distance to better plans")
    sentence = Text(
        "与每个更优方案相比，至少有规定数目的岗位不同（可互换的干部视为同一人）。",
        "At least so many posts differ from every better plan, interchangeable people being counted as one.",
    )
    why = Text("供选择的方案要真有不同。", "Plans to choose from have to be different plans.")
    allowed = Text(
        "69个岗位中有11个与第1名方案不同，要求11个。", "11 of 69 posts differ from rank 1, 11 asked for."
    )
    refused = Text("只有3个岗位不同，要求11个。", "3 posts differ, 11 asked for.")
    words = Text(
        "与第{rank}名方案相比只有{differing}个岗位不同，应有{needed}个",
        "{differing} posts differ from rank {rank}, {needed} needed",
    )
    modes = ("hard",)
    of_question = True
    captains = True
    Params = DistanceParams

    def rows(self, facts: Facts, screening: Screening, params: DistanceParams) -> Iterator[LinkRow]:
        """Return a row for what may be shared with each better plan, and one for what has to be new."""
        for plan in params.better:
            yield LinkRow(("shared", plan.name), at_most=plan.posts - plan.least)
            if params.sizes_vary:
                yield LinkRow(("new", plan.name), at_least=plan.least)

    def load(self, team: Team, params: DistanceParams) -> Iterator[Load]:
        """Put the posts that a better plan has too on its row, and the others on the row of what is new."""
        for plan in params.better:
            shared = team.size() * 0
            for role, cadres in plan.seats.get(team.place.id, {}).items():
                if role in team.roles:
                    shared = shared + team.count(lambda person, c=cadres: person.id in c, role)  # type: ignore[misc]
            if shared.terms:
                yield Load(("shared", plan.name), shared)
            if params.sizes_vary:
                yield Load(("new", plan.name), team.size() - shared)

    def limits(self, view: PlanView, params: DistanceParams) -> Iterator[Limit]:
        """Return how many posts a better plan may have in common, and how many it may not."""
        for plan in params.better:
            yield Limit(("shared", plan.name), at_most=plan.posts - plan.least)
            if params.sizes_vary:
                yield Limit(("new", plan.name), at_least=plan.least)

    def uses(
        self, facts: Facts, seat: Seat, person: Person, params: DistanceParams
    ) -> Mapping[tuple[str, int], int]:
        """Return whether the seat is held like in each better plan."""
        place = seat.village or "/".join(seat.township)
        used = {}
        for plan in params.better:
            known = plan.has(place, seat.role, person.id)
            used["shared", plan.name] = int(known)
            if params.sizes_vary:
                used["new", plan.name] = int(not known)
        return used

    def breaches(self, view: PlanView, params: DistanceParams) -> Iterator[Breach]:
        """Count the posts that are new."""
        for plan in params.better:
            known = sum(
                plan.has(post.village or "/".join(post.township), post.role, post.cadre)
                for post in view.posts
            )
            differing = min(len(view.posts) - known, plan.posts - known)
            if differing < plan.least:
                data = {"rank": plan.name, "differing": differing, "needed": plan.least}
                yield Breach({"plan": plan.name}, plan.least - differing, data)

    def kind(self, place: Place, person: Person, params: DistanceParams) -> None:
        """Return nothing: the check of a single team reads nobody."""


def sizes_vary(book: RuleBook, places: Iterable[Place]) -> bool:
    """Return whether plans under these rules may differ in how many posts they have."""
    structure, captains = book.plan_rule("team_structure"), book.plan_rule("township_captain")
    if structure.mode != "hard" or captains.mode == "soft":
        return True
    sizes = (structure.rule.seats(place, structure.params) for place in places)  # type: ignore[attr-defined]
    return any(least != most for roles in sizes for least, most in roles.values())


def better_plan(plan: Plan, name: int, share: float, facts: Facts, alike: Alike) -> Better:
    """Return a plan as one to differ from, by ``share`` of its posts, rounded up to whole posts."""
    seats: dict[str, dict[str, set[str]]] = {}
    sizes: dict[str, int] = {}
    able: dict[str, set[str]] = {}
    for post in plan.posts:
        place = post.village or "/".join(facts.township_of(post.county or "", post.township or ""))
        seats.setdefault(place, {}).setdefault(post.role, set()).update(alike.group(post.cadre, place))
        sizes[place] = sizes.get(place, 0) + 1
        able.setdefault(place, set()).update(facts.people[post.cadre].competent)
    covered = {
        place: frozenset(who & {k for k, need in facts.places[place].needs.items() if need})
        for place, who in able.items()
        if place in facts.places
    }
    return Better(
        name=name,
        posts=len(plan.posts),
        least=max(
            1, ceil(round(share * len(plan.posts), 9))
        ),  # 0.07 × 100 is 7, whatever binary fractions say
        seats={
            place: {role: frozenset(who) for role, who in roles.items()} for place, roles in seats.items()
        },
        sizes=sizes,
        covered=covered,
    )
