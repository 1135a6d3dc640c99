"""The score's terms. All but `min_change`, `keep_unit` and captains' competence belong to one village."""

from .facts import Cadre, Facts, Village
from .plan import Plan, Team, lead_unit
from .rulebook import TERMS

ROLE_FACTOR = {"first_secretary": 3, "resident": 2, "support": 1}
GRASSROOTS_YEARS = 3


def village_points(facts: Facts, village: Village, team: Team) -> dict[str, int]:
    """Points by term, unweighted."""
    points = _team_points(facts, village, team) | _lead_points(facts, village, team)
    return points | _post_points(facts, village, team)


def _team_points(facts: Facts, village: Village, team: Team) -> dict[str, int]:
    cadres = [facts.cadres[cadre] for cadre, _ in team]
    covered = [code for code in village.needs if any(cadre.can([code]) for cadre in cadres)]
    return {
        "need_coverage": sum(village.needs[code] for code in covered),
        "age_mix": len({cadre.band for cadre in cadres}),
    }


def _lead_points(facts: Facts, village: Village, team: Team) -> dict[str, int]:
    """Nobody's points where there is no first secretary, hence no unit in the lead."""
    leader = lead_unit(facts, team)
    if not leader:
        return {"strong_unit": 0, "bundled_people": 0, "unit_fit": 0, "keep_bundle": 0}
    unit = facts.units[leader]
    followers = [cadre for cadre, role in team if role != "first_secretary"]
    return {
        "strong_unit": unit.strength * village.hardship,
        "bundled_people": sum(facts.cadres[cadre].unit == leader for cadre in followers),
        "unit_fit": _best_match(village.needs, unit.resources),
        "keep_bundle": int(leader == village.current_unit),
    }


def _post_points(facts: Facts, village: Village, team: Team) -> dict[str, int]:
    points = dict.fromkeys(("need_fit", "competence", "retain", "local_fit", "suitability"), 0)
    for name, role in team:
        cadre = facts.cadres[name]
        points["need_fit"] += ROLE_FACTOR[role] * _best_match(village.needs, cadre.levels)
        points["competence"] += competence(cadre) * (2 if role == "first_secretary" else 1)
        points["retain"] += any(row.seat.village == village.id for row in facts.rows_of(name))
        points["local_fit"] += bool(village.languages & cadre.languages) + cadre.willing
        points["suitability"] += suitability(facts, name, village.id)
    return points


def _best_match(needs: dict[str, int], levels: dict[str, int]) -> int:
    return max((need * levels.get(code, 0) for code, need in needs.items()), default=0)


def competence(cadre: Cadre) -> int:
    excellent = 2 if cadre.appraisals.count("优秀") >= 2 else 0
    return excellent + (cadre.grassroots >= GRASSROOTS_YEARS) + cadre.section


def suitability(facts: Facts, cadre: str, village: str) -> int:
    """The panel's score; without one the mean of the cadre's, else of all, rounded down."""
    own = facts.scores.get(cadre, {})
    scores = list(own.values()) or [score for row in facts.scores.values() for score in row.values()]
    return own.get(village, sum(scores) // len(scores) if scores else 0)


def captains_competence(facts: Facts, plan: Plan) -> int:
    return sum(competence(facts.cadres[cadre]) for cadres in plan.captains.values() for cadre in cadres)


def min_change(facts: Facts, plan: Plan) -> int:
    """-1 for each pairing of the plan in force, (cadre, village or captain's township), that is not kept."""
    before = {(cadre, seat.village, seat.place) for cadre, seat in facts.baseline}
    now = {(post.cadre, post.seat.village, post.seat.place) for post in plan.posts}
    return -len(before - now)


def keep_unit(facts: Facts, plan: Plan) -> int:
    """-1 for every post in a village that a unit had in the plan in force and has no more."""
    given_up = 0
    for village in facts.villages:
        before = [facts.cadres[cadre].unit for cadre, seat in facts.baseline if seat.village == village]
        now = [facts.cadres[cadre].unit for cadre, _ in plan.teams.get(village, ())]
        for unit in before:
            if unit in now:
                now.remove(unit)
            else:
                given_up += 1
    return -given_up


def term_rows(facts: Facts, points: dict[str, int]) -> list[dict[str, int | str]]:
    """The terms that have points here, in the specification's order, those of weight 0 left out."""
    weights = {term: facts.rules[term].weight or 0 for term in TERMS if term in points}
    return [
        {"id": term, "points": points[term], "weight": weight, "weighted": weight * points[term]}
        for term, weight in weights.items()
        if weight > 0
    ]


def weighted(facts: Facts, points: dict[str, int]) -> int:
    return sum((facts.rules[term].weight or 0) * amount for term, amount in points.items())
