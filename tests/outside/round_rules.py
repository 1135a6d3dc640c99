"""Plan rules over the whole round, and the demands that no mode can soften."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import ceil
from typing import Any

from .facts import Decision, exact
from .plan import Plan, lead_unit
from .rules import Breach, too_many
from .screening import Screening


def max_villages(screen: Screening, plan: Plan) -> list[Breach]:
    """Part of `lead_unit`: villages led beyond what the unit may lead."""
    led = Counter(unit for team in plan.teams.values() if (unit := lead_unit(screen.facts, team)))
    over = {unit: count - screen.facts.units[unit].max_villages for unit, count in led.items()}
    return [((unit,), amount) for unit, amount in over.items() if amount > 0]


def unit_quota(screen: Screening, plan: Plan) -> list[Breach]:
    sent = Counter(screen.facts.cadres[post.cadre].unit for post in plan.posts)
    breaches: list[Breach] = []
    for unit, posts in sent.items():
        quota = screen.facts.units[unit].quota
        if quota is not None:
            breaches += _missed(posts - quota, unit)
    return breaches


def young_share(screen: Screening, plan: Plan) -> list[Breach]:
    params = screen.facts.rules["young_share"].params
    held = sum(screen.facts.cadres[cadre].age <= 35 for cadre in plan.team_cadres)
    wanted = params["min_posts"]
    if wanted is None:
        wanted = ceil(exact(params["min_share"]) * len(plan.team_cadres))
    return _missed(int(wanted) - held)


def section_rank_share(screen: Screening, plan: Plan) -> list[Breach]:
    share = exact(screen.facts.rules["section_rank_share"].params["min_share"])
    held = sum(screen.facts.cadres[cadre].section for cadre in plan.team_cadres)
    return _missed(ceil(share * len(plan.team_cadres)) - held)


def specialty_min(screen: Screening, plan: Plan) -> list[Breach]:
    wanted = screen.facts.rules["specialty_min"].params["specialties"]
    breaches: list[Breach] = []
    for code, least in wanted.items():
        held = sum(screen.facts.cadres[cadre].can([code]) for cadre in plan.team_cadres)
        breaches += _missed(int(least) - held, code)
    return breaches


def _missed(amount: int, *subjects: str) -> list[Breach]:
    return [(subjects, amount)] if amount > 0 else []


def mean_age(screen: Screening, plan: Plan) -> list[Breach]:
    limit = exact(screen.facts.rules["mean_age"].params["max_age"])
    over = sum((screen.facts.cadres[cadre].age - limit for cadre in plan.team_cadres), Fraction(0))
    return _missed(ceil(over))


def total_posts(screen: Screening, plan: Plan) -> list[Breach]:
    params = screen.facts.rules["total_posts"].params
    posts = len(plan.team_cadres)
    least = posts if params["min"] is None else int(params["min"])
    most = posts if params["max"] is None else int(params["max"])
    return _missed(max(least - posts, posts - most))


def named_picks(screen: Screening, plan: Plan) -> list[Breach]:
    posted = {post.cadre for post in plan.posts}
    missing = [cadre for cadre in screen.facts.cadres.values() if cadre.named_pick and cadre.id not in posted]
    return [((cadre.id,), 1) for cadre in missing if screen.any_seat(cadre.id)]


def spouses(screen: Screening, plan: Plan) -> list[Breach]:
    posted = {post.cadre for post in plan.posts}
    return [(couple, 1) for couple in sorted(screen.facts.couples) if posted.issuperset(couple)]


def township_captain(screen: Screening, plan: Plan) -> list[Breach]:
    return [(place, 1) for place in screen.facts.townships if not plan.captains.get(place)]


RoundRule = Callable[[Screening, Plan], list[Breach]]
ROUND_RULES: dict[str, RoundRule] = {
    "lead_unit": max_villages,
    "unit_quota": unit_quota,
    "young_share": young_share,
    "named_picks": named_picks,
    "spouses": spouses,
    "total_posts": total_posts,
    "specialty_min": specialty_min,
    "mean_age": mean_age,
    "section_rank_share": section_rank_share,
    "township_captain": township_captain,
}


def below_floor(screen: Screening, indices: dict[str, Fraction]) -> list[Breach]:
    floor = exact(screen.facts.rules["village_floor"].params["min_index"])
    return [((village,), 1) for village, index in indices.items() if index < floor]


def always_hard(screen: Screening, plan: Plan) -> list[dict[str, Any]]:
    """Breaches no mode allows: screening, decisions, more than one post, too many in a place."""
    breaches: list[tuple[str, Breach]] = [("posts", ((stray,), 1)) for stray in plan.strays]
    for cadre, seat in plan.posts:
        where = seat.village or "/".join(seat.place or ())
        breaches += [(rule, ((cadre, where, seat.role), 1)) for rule in screen.refusals(cadre, seat)]
    held = Counter(post.cadre for post in plan.posts)
    breaches += [("one_post", ((cadre,), count - 1)) for cadre, count in held.items() if count > 1]
    breaches += [("decisions", breach) for breach in undone(screen, plan, screen.facts.decisions)]
    for village in screen.facts.villages.values():
        breaches += [("team_structure", breach) for breach in too_many(village, plan.teams[village.id])]
    breaches += [("township_captain", breach) for breach in surplus_captains(screen, plan)]
    return [{"rule": rule, "subjects": list(who), "amount": amount} for rule, (who, amount) in breaches]


def undone(screen: Screening, plan: Plan, decisions: Iterable[Decision]) -> list[Breach]:
    """Locks, picks and binds that the plan does not do; what decisions forbid is screened."""
    found: list[Breach] = []
    for decision in decisions:
        seats = [post.seat for post in plan.posts if post.cadre == decision.cadre]
        if decision.kind == "lock":
            done = any(decision.covers(seat) for seat in seats)
        elif decision.kind == "pick":
            done = bool(seats)
        elif decision.kind == "bind":
            team = plan.teams.get(decision.seat.village, ())
            done = lead_unit(screen.facts, team) == decision.unit
        else:
            done = True
        if not done:
            found.append(((str(decision),), 1))
    return found


def surplus_captains(screen: Screening, plan: Plan) -> list[Breach]:
    """More than one captain in a township, or any where there is no captaincy."""
    places = set(screen.facts.townships) if screen.facts.rules["township_captain"].on else set()
    surplus = {place: len(cadres) - (place in places) for place, cadres in plan.captains.items()}
    return [(place, amount) for place, amount in surplus.items() if amount > 0]
