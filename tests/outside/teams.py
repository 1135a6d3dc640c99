"""Every team a village could have by itself, and the most points one of them reaches."""

from collections.abc import Iterator
from itertools import combinations
from math import comb

from .facts import TEAM_ROLES, Decision, Seat, Village
from .plan import Member, Post, Team, arrange, lead_unit
from .round_rules import undone
from .rules import TEAM_RULES
from .screening import Screening
from .terms import village_points, weighted


def seatings(screen: Screening, village: Village) -> Iterator[Team]:
    """All teams of screened people, each once; seats stay empty only where `team_structure` is not hard."""
    people = {role: _eligible(screen, village, role) for role in TEAM_ROLES}
    for first in _groups(screen, village, "first_secretary", people["first_secretary"]):
        others = [cadre for cadre in people["resident"] if cadre not in first]
        for residents in _groups(screen, village, "resident", others):
            rest = [cadre for cadre in people["support"] if cadre not in first + residents]
            for support in _groups(screen, village, "support", rest):
                held = zip(TEAM_ROLES, (first, residents, support), strict=True)
                yield tuple(Member(cadre, role) for role, group in held for cadre in group)


def _eligible(screen: Screening, village: Village, role: str) -> list[str]:
    return [cadre for cadre in screen.facts.cadres if screen.eligible(cadre, Seat(role, village.id))]


def _groups(screen: Screening, village: Village, role: str, people: list[str]) -> Iterator[tuple[str, ...]]:
    for size in _sizes(screen, village, role):
        yield from combinations(people, size)


def _sizes(screen: Screening, village: Village, role: str) -> range:
    least = village.least(role) if screen.facts.rules["team_structure"].hard else 0
    return range(least, village.most(role) + 1)


def how_many(screen: Screening, village: Village) -> int:
    """An upper bound on the number of teams `seatings` gives."""
    total = 1
    for role in TEAM_ROLES:
        people = len(_eligible(screen, village, role))
        total *= sum(comb(people, size) for size in _sizes(screen, village, role))
    return total


def stands_alone(screen: Screening, village: Village, team: Team) -> bool:
    """Whether the team keeps every hard rule that one team can break whatever the other teams are."""
    facts = screen.facts
    for rule, breaches in TEAM_RULES.items():
        if facts.rules[rule].hard and breaches(screen, village, team):
            return False
    cadres = {cadre for cadre, _ in team}
    if facts.rules["unit_quota"].hard and any(facts.unit_of(cadre).quota == 0 for cadre in cadres):
        return False
    leads = lead_unit(facts, team)
    if facts.rules["lead_unit"].hard and leads and facts.units[leads].max_villages == 0:
        return False
    if facts.rules["spouses"].hard and any(cadres.issuperset(couple) for couple in facts.couples):
        return False
    alone = arrange(facts, [Post(cadre, Seat(role, village.id)) for cadre, role in team])
    return not undone(screen, alone, _own_decisions(screen, village))


def _own_decisions(screen: Screening, village: Village) -> list[Decision]:
    """Locks to this village and binds of it: the team must do them."""
    rows = screen.facts.decisions
    return [row for row in rows if row.kind in ("lock", "bind") and row.seat.village == village.id]


def most_points(screen: Screening, village: Village) -> int:
    """The village's attainable points; 0 where it can have no team at all."""
    teams = (team for team in seatings(screen, village) if stands_alone(screen, village, team))
    facts = screen.facts
    return max((weighted(facts, village_points(facts, village, team)) for team in teams), default=0)
