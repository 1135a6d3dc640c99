"""Plan rules that look at one team only. Each gives its breaches: who is concerned and by how much."""

from collections import Counter
from collections.abc import Callable

from .facts import TEAM_ROLES, Seat, Village
from .plan import Team, lead_unit
from .screening import Screening

Breach = tuple[tuple[str, ...], int]  # subjects, amount


def too_many(village: Village, team: Team) -> list[Breach]:
    """Seats filled beyond what the village has: never allowed, in any mode of `team_structure`."""
    held = Counter(role for _, role in team)
    over = sum(max(0, held[role] - village.most(role)) for role in TEAM_ROLES)
    return [((village.id,), over)] if over else []


def team_structure(_screen: Screening, village: Village, team: Team) -> list[Breach]:
    held = Counter(role for _, role in team)
    empty = sum(max(0, village.least(role) - held[role]) for role in TEAM_ROLES)
    return [((village.id,), empty)] if empty else []


def type_specialty(screen: Screening, village: Village, team: Team) -> list[Breach]:
    core = [screen.facts.cadres[cadre] for cadre, role in team if role != "support"]
    wanted = screen.facts.rules["type_specialty"].params["map"]
    return [
        ((village.id, kind), 1)
        for kind in village.types
        if kind in wanted and not any(cadre.can(wanted[kind]) for cadre in core)
    ]


def decided_unit(screen: Screening, village: Village, team: Team) -> list[Breach]:
    """Part of `lead_unit`: another unit leads than the decided one. An empty first seat is led by nobody."""
    leads = lead_unit(screen.facts, team)
    wrong = leads and village.decided_unit and leads != village.decided_unit
    return [((village.id, leads), 1)] if wrong else []


def team_units(screen: Screening, village: Village, team: Team) -> list[Breach]:
    units = {screen.facts.cadres[cadre].unit for cadre, _ in team}
    over = len(units) - int(screen.facts.rules["team_units"].params["max_units"])
    return [((village.id,), over)] if over > 0 else []


def keep_one(screen: Screening, village: Village, team: Team) -> list[Breach]:
    keepable = stayers(screen, village)
    kept = keepable & {cadre for cadre, _ in team}
    return [((village.id,), 1)] if keepable and not kept else []


def stayers(screen: Screening, village: Village) -> set[str]:
    """Incumbents of the village's team who pass screening for one of the seats it has."""
    facts = screen.facts
    there = [who for who, rows in facts.incumbents.items() if any(r.seat.village == village.id for r in rows)]
    open_seats = [Seat(role, village.id) for role in TEAM_ROLES if village.most(role) > 0]
    return {cadre for cadre in there if any(screen.eligible(cadre, seat) for seat in open_seats)}


def team_age_mix(screen: Screening, village: Village, team: Team) -> list[Breach]:
    bands = {screen.facts.cadres[cadre].band for cadre, _ in team}
    wanted = min(len(team), int(screen.facts.rules["team_age_mix"].params["min_bands"]))
    return [((village.id,), wanted - len(bands))] if len(bands) < wanted else []


def lone_woman(screen: Screening, village: Village, team: Team) -> list[Breach]:
    women = sum(screen.facts.cadres[cadre].female for cadre, _ in team)
    return [((village.id,), 1)] if len(team) >= 3 and women == 1 else []


TeamRule = Callable[[Screening, Village, Team], list[Breach]]
TEAM_RULES: dict[str, TeamRule] = {
    "team_structure": team_structure,
    "type_specialty": type_specialty,
    "lead_unit": decided_unit,
    "team_units": team_units,
    "keep_one": keep_one,
    "team_age_mix": team_age_mix,
    "lone_woman": lone_woman,
}
