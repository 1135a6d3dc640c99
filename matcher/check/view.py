"""A plan as the checker sees it: posts sorted into teams and captaincies, over the round's facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matcher.codes import TEAM_ROLES
from matcher.round.facts import Seat

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from matcher.plan import Post
    from matcher.round.facts import Facts, Person, Place, Township
    from matcher.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post of the plan with its township resolved."""

    cadre: str
    role: str
    village: str | None
    township: Township

    @property
    def seat(self) -> Seat:
        """The seat held."""
        return Seat(self.township, self.village, self.role)


@dataclass(frozen=True, slots=True)
class TeamView:
    """One village's team; empty where nobody is posted."""

    facts: Facts
    place: Place
    members: tuple[tuple[Person, str], ...]

    @property
    def secretary(self) -> Person | None:
        """The first secretary, if there is one."""
        return next((person for person, role in self.members if role == "first_secretary"), None)

    @property
    def lead_unit(self) -> str | None:
        """The unit that leads the village: the first secretary's; none without one."""
        secretary = self.secretary
        return secretary.record.unit if secretary is not None else None


class PlanView:
    """A plan over a round.

    Parameters
    ----------
    facts
        The round's derived facts.
    book
        The rules in effect.
    posts
        Posts whose cadres, places and roles exist (see :func:`matcher.check.posts.known`).
    attainable
        Each village's attainable points, where known.
    """

    def __init__(
        self, facts: Facts, book: RuleBook, posts: Iterable[Post], attainable: Mapping[str, int] | None = None
    ) -> None:
        self.facts = facts
        self.book = book
        self.attainable = dict(attainable or {})
        self.posts = [_held(facts, post) for post in posts]

    @cached_property
    def teams(self) -> dict[str, TeamView]:
        """Every village's team, by village, members in the order of roles and ids."""
        members: dict[str, list[tuple[Person, str]]] = defaultdict(list)
        for post in self.posts:
            if post.village is not None:
                members[post.village].append((self.facts.people[post.cadre], post.role))
        order = {role: i for i, role in enumerate(TEAM_ROLES)}
        return {
            village: TeamView(
                self.facts,
                place,
                tuple(sorted(members[village], key=lambda member: (order[member[1]], member[0].id))),
            )
            for village, place in self.facts.places.items()
        }

    @cached_property
    def captains(self) -> list[tuple[Township, Person]]:
        """The captains with their townships."""
        return [(p.township, self.facts.people[p.cadre]) for p in self.posts if p.village is None]

    @property
    def townships(self) -> Collection[Township]:
        """The townships that the plan is asked about."""
        return self.facts.townships.keys()

    def points_by_term(self, village: str) -> dict[str, int]:
        """Return a village's unweighted points by term in force, terms of the plan left out."""
        team = self.teams[village]
        return {
            item.rule.id: item.rule.count(team, item.params)
            for item in self.book.terms
            if item.on and not item.rule.of_plan
        }

    @cached_property
    def _points(self) -> dict[str, int]:
        return {}

    def points(self, village: str) -> int:
        """Return a village's points."""
        if village not in self._points:
            weights = {item.rule.id: item.weight for item in self.book.terms}
            by_term = self.points_by_term(village)
            self._points[village] = sum(weights[term] * points for term, points in by_term.items())
        return self._points[village]

    def index(self, village: str) -> Fraction:
        """Return a village's points over its attainable points, exactly; 1 where nothing is attainable."""
        attainable = self.attainable.get(village, 0)
        return Fraction(self.points(village), attainable) if attainable > 0 else Fraction(1)

    def permits(self, person: Person, seat: Seat) -> list[str]:
        """Return the screening rules that refuse ``person`` the ``seat``, by the checker's own reading."""
        return [
            item.rule.id
            for item in self.book.screening
            if item.on and not item.rule.permits(self.facts, person, seat, item.params)
        ]

    def roles_at(self, place: Place) -> list[str]:
        """Return the roles that a village has seats for."""
        structure = self.book.plan_rule("team_structure").params
        village = place.village
        named: Any = next((structure.by_type[t] for t in village.types if t in structure.by_type), None)
        asked: dict[str, int | None] = {}
        for field in ("residents", "support_min", "support_max"):
            value = getattr(village, field)
            asked[field] = getattr(named, field) if value is None and named is not None else value
        residents = 2 if asked["residents"] is None else asked["residents"]
        support = asked["support_min"] or 0 if asked["support_max"] is None else asked["support_max"]
        return ["first_secretary", *["resident"] * (residents > 0), *["support"] * (support > 0)]

    def passes_at(self, person: Person, place: Place) -> bool:
        """Return whether ``person`` passes screening for some seat at a village."""
        return any(not self.permits(person, place.seat(role)) for role in self.roles_at(place))

    def passes_somewhere(self, person: Person) -> bool:
        """Return whether ``person`` passes screening for at least one seat of the round."""
        if any(self.passes_at(person, place) for place in self.facts.places.values()):
            return True
        captaincy = self.book.plan_rule("township_captain")
        return captaincy.on and any(
            captaincy.rule.permits(person, place.township, captaincy.params)  # type: ignore[attr-defined]
            and not self.permits(person, place.seat("captain"))
            for place in self.facts.townships.values()
        )


def _held(facts: Facts, post: Post) -> HeldPost:
    if post.village is not None:
        return HeldPost(post.cadre, post.role, post.village, facts.places[post.village].township)
    return HeldPost(post.cadre, post.role, None, facts.township_of(post.county or "", post.township or ""))
