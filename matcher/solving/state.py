"""A plan under construction: who is where, what every block adds, how full every link row is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from matcher.plan import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.round.facts import Place
    from matcher.rulekit import LinkRow, Row


class State:
    """Teams of every place, with score and violations kept up to date.

    Parameters
    ----------
    instance
        The instance.
    teams
        A team for every place; empty where nobody is.

    Attributes
    ----------
    totals
        The sum of the loads on every link row, by its name.
    """

    def __init__(self, instance: Instance, teams: Mapping[str, Team] | None = None) -> None:
        self.instance = instance
        self.teams: dict[str, Team] = {}
        self.totals: dict[Any, int] = defaultdict(int)
        self._worth: dict[str, int] = {}
        self._short: dict[str, tuple[int, int]] = {}
        for place in instance.blocks:
            self._enter(place, list(teams.get(place, ())) if teams else [])

    def move(self, teams: Mapping[str, Team]) -> None:
        """Put other teams in place of those of ``teams``."""
        for place, team in teams.items():
            self._leave(place)
            self._enter(place, team)

    def loads_without(self, places: Iterable[str]) -> dict[Any, int]:
        """Return the link rows' totals without the teams of ``places``."""
        totals = defaultdict(int, self.totals)
        for place in places:
            for name, load in self._loads(place, self.teams[place]).items():
                totals[name] -= load
        return totals

    def posted_outside(self, places: Iterable[str]) -> set[str]:
        """Return the cadres who hold a post in some other place than ``places``."""
        free = set(places)
        return {cadre for place, team in self.teams.items() if place not in free for cadre, _ in team}

    def measure(self) -> tuple[int, int]:
        """Return (amount by which hard rules are broken, score)."""
        broken = sum(short for short, _ in self._short.values())
        penalty = sum(price for _, price in self._short.values())
        for link in self.instance.links:
            amount = amount_of(self.totals[link.name], link.row)
            if link.mode == "hard":
                broken += amount
            else:
                penalty += link.weight * amount
        return broken, self.instance.constant + sum(self._worth.values()) - penalty

    def breaks_alone(self, place: str) -> bool:
        """Return whether the team of ``place`` breaks a hard rule by itself."""
        return self._short[place][0] > 0

    def posts(self) -> list[Post]:
        """Return the posts, by place in the order of the tables, then role and cadre."""
        return posts_of(self.instance, self.teams)

    def _enter(self, place: str, team: Team) -> None:
        block = self.instance.blocks[place]
        values = block.values(team)
        self.teams[place] = sorted(team)
        self._worth[place] = block.objective.value(values)
        broken = penalty = 0
        for row in block.rows:
            amount = amount_of(row.row.expression.value(values), row.row)
            if row.mode == "hard":
                broken += amount
            else:
                penalty += row.weight * amount
        self._short[place] = (broken, penalty)
        for name, load in block.loads.items():
            self.totals[name] += load.value(values)

    def _leave(self, place: str) -> None:
        for name, load in self._loads(place, self.teams[place]).items():
            self.totals[name] -= load

    def _loads(self, place: str, team: Team) -> dict[Any, int]:
        block = self.instance.blocks[place]
        values = block.values(team)
        return {name: load.value(values) for name, load in block.loads.items()}


def amount_of(value: int, row: Row | LinkRow) -> int:
    """Return by how many units a row's value misses its limits."""
    distance = 0
    if row.at_least is not None:
        distance = max(distance, row.at_least - value)
    if row.at_most is not None:
        distance = max(distance, value - row.at_most)
    if row.flat:
        return int(distance > 0)
    return -(-distance // row.step)


def posts_of(instance: Instance, teams: Mapping[str, Team]) -> list[Post]:
    """Return teams as posts, by place in the order of the tables, then role and cadre."""
    places = instance.screening.places
    return [post for id_, place in places.items() for post in posts_at(instance, place, teams.get(id_, ()))]


def posts_at(instance: Instance, place: Place, team: Iterable[tuple[str, str]]) -> list[Post]:
    """Return the posts of one place, by role and cadre."""
    order = {role: i for i, role in enumerate(instance.screening.roles_at(place))}
    county, township = place.township
    where = {"village": place.id} if place.is_village else {"county": county, "township": township}
    ranked = sorted(team, key=lambda member: (order[member[1]], member[0]))
    return [Post(cadre=cadre, role=role, **where) for cadre, role in ranked]
