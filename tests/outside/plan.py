"""A plan's posts, sorted into teams and captains."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .facts import TEAM_ROLES, Facts, Place, Seat
from .reading import read_seat
from .rulebook import Doc


class Post(NamedTuple):
    cadre: str
    seat: Seat


class Member(NamedTuple):
    cadre: str
    role: str


Team = tuple[Member, ...]


@dataclass
class Plan:
    posts: list[Post] = field(default_factory=list)
    # By village; every village of the round has a team, maybe an empty one.
    teams: dict[str, Team] = field(default_factory=dict)
    captains: dict[Place, list[str]] = field(default_factory=dict)
    # Posts that name nobody, no place or no role of the round.
    strays: list[str] = field(default_factory=list)

    @property
    def team_cadres(self) -> list[str]:
        """One entry a team post."""
        return [post.cadre for post in self.posts if post.seat.role != "captain"]


def read_plan(facts: Facts, doc: Doc) -> Plan:
    posts = [Post(str(row.get("cadre")), read_seat(row, facts.county)) for row in doc.get("posts") or []]
    return arrange(facts, posts)


def arrange(facts: Facts, posts: list[Post]) -> Plan:
    plan = Plan()
    members: dict[str, list[Member]] = {village: [] for village in facts.villages}
    for post in posts:
        cadre, seat = post
        if cadre in facts.cadres and seat.role in TEAM_ROLES and seat.village in members:
            members[seat.village].append(Member(cadre, seat.role))
        elif cadre in facts.cadres and seat.role == "captain" and seat.place:
            plan.captains.setdefault(seat.place, []).append(cadre)
        else:
            plan.strays.append(f"{cadre} {seat.role} {seat.village or seat.place}")
            continue
        plan.posts.append(post)
    plan.teams = {village: tuple(team) for village, team in members.items()}
    return plan


def lead_unit(facts: Facts, team: Team) -> str:
    """The first secretary's unit; "" without a first secretary."""
    return next((facts.cadres[cadre].unit for cadre, role in team if role == "first_secretary"), "")
