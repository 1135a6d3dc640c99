"""What changes from one plan to another: by post, by team, by unit, by term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from matcher.check.distances import held
from matcher.check.posts import known
from matcher.check.recount import recount
from matcher.plan import Plan
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from matcher.round import Facts, Round


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody whose post changes; None stands for no post."""

    cadre: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None

    @property
    def kind(self) -> str:
        """``in``, ``out``, ``moved`` (to another place) or ``role`` (another role at the same place)."""
        if self.before is None:
            return "in"
        if self.after is None:
            return "out"
        return "moved" if self.before[0] != self.after[0] else "role"


def moves(facts: Facts, before: Plan, after: Plan) -> list[Move]:
    """Return everybody whose post changes, in the order of the cadres table."""
    old = {cadre: (place, role) for cadre, place, role in held(facts, before)}
    new = {cadre: (place, role) for cadre, place, role in held(facts, after)}
    changed = [cadre for cadre in {**old, **new} if old.get(cadre) != new.get(cadre)]
    changed.sort(key=lambda cadre: facts.order.get(cadre, len(facts.order)))
    return [Move(cadre, old.get(cadre), new.get(cadre)) for cadre in changed]


@dataclass(frozen=True, slots=True)
class Recounted:
    """A plan counted by the rules and weights of another round.

    Attributes
    ----------
    plan
        The same posts with the figures that the checker counts there; nothing is proven of them.
    breaks
        The hard rules of that round that the posts break, by id.
    """

    plan: Plan
    breaks: tuple[str, ...] = ()


def recounted(round_: Round, plan: Plan, own: Round, after: Plan) -> Recounted:
    """Return a plan with its figures by another round's rules and weights, whether it keeps these rules or not.

    Parameters
    ----------
    round_
        The round whose rules and weights count. Where it has lost somebody or something that the plan posts, they are
        applied to the facts of ``own``.
    plan, own
        The plan and the round that it was found for.
    after
        A plan of ``round_``, for the villages' attainable points there.
    """
    book = RuleBook.of(round_.rules)
    reach = {row.village: row.attainable for row in after.villages}
    unknown = known(round_.facts, book, plan.posts)[1]
    counted = recount(own.facts if unknown else round_.facts, book, plan.posts, reach)
    breaks = (*(["posts"] if unknown else []), *(broken.rule for broken in counted.broken))
    here = Plan(
        kind=plan.kind,
        rank=plan.rank,
        score=counted.score,
        posts=plan.posts,
        terms=counted.terms,
        villages=counted.villages,
        violations=counted.violations,
        bundles=counted.bundles,
    )
    return Recounted(here, tuple(dict.fromkeys(breaks)))


def by_post(round_: Round, before: Plan, after: Plan) -> pd.DataFrame:
    """Return a row for everybody whose post changes.

    Returns
    -------
    pandas.DataFrame
        ``cadre``, ``name``, ``unit``, ``kind``, ``from_village``, ``from_role``, ``to_village``, ``to_role``; a
        captain's township stands as ``county/township``.
    """
    people = round_.facts.people
    rows = [
        {
            "cadre": move.cadre,
            "name": people[move.cadre].record.name,
            "unit": people[move.cadre].unit_id,
            "kind": move.kind,
            "from_village": move.before[0] if move.before else None,
            "from_role": move.before[1] if move.before else None,
            "to_village": move.after[0] if move.after else None,
            "to_role": move.after[1] if move.after else None,
        }
        for move in moves(round_.facts, before, after)
    ]
    columns = ["cadre", "name", "unit", "kind", "from_village", "from_role", "to_village", "to_role"]
    return pd.DataFrame(rows, columns=columns)


def by_team(round_: Round, before: Plan, after: Plan) -> pd.DataFrame:
    """Return a row for every village whose team or points change.

    Returns
    -------
    pandas.DataFrame
        ``village``, ``name``, ``lead_before``, ``lead_after``, ``came``, ``left`` (how many people; who changes the role
        only does neither), ``points`` (the change),
        ``index`` (the change).
    """
    places = round_.facts.places
    lead = [{b.village: b.unit for b in plan.bundles if b.kind == "lead"} for plan in (before, after)]
    points = [{row.village: row for row in plan.villages} for plan in (before, after)]
    teams = [
        {
            village: {c: r for c, place, r in held(round_.facts, plan) if place == village}
            for village in places
        }
        for plan in (before, after)
    ]
    rows = []
    for village, place in places.items():
        old, new = teams[0][village], teams[1][village]
        was, now = points[0].get(village), points[1].get(village)
        gain = (now.points if now else 0) - (was.points if was else 0)
        if old != new or gain:
            rows.append({
                "village": village, "name": place.village.name,
                "lead_before": lead[0].get(village), "lead_after": lead[1].get(village),
                "came": len(new.keys() - old), "left": len(old.keys() - new), "points": gain,
                "index": round((now.index if now else 0.0) - (was.index if was else 0.0), 4),
            })  # fmt: skip
    columns = ["village", "name", "lead_before", "lead_after", "came", "left", "points", "index"]
    return pd.DataFrame(rows, columns=columns)


def by_unit(round_: Round, before: Plan, after: Plan) -> pd.DataFrame:
    """Return a row for every unit that sends or leads otherwise: ``unit``, ``name``, ``people``, ``leads`` (changes)."""
    rows = []
    sent, led = [], []
    for plan in (before, after):
        people: dict[str, int] = {}
        leads: dict[str, int] = {}
        for post in plan.posts:
            sender = round_.facts.people[post.cadre].unit_id
            people[sender] = people.get(sender, 0) + 1
        for bundle in plan.bundles:
            if bundle.kind == "lead":
                leads[bundle.unit] = leads.get(bundle.unit, 0) + 1
        sent.append(people)
        led.append(leads)
    for id_, unit in round_.facts.units.items():
        more = sent[1].get(id_, 0) - sent[0].get(id_, 0)
        further = led[1].get(id_, 0) - led[0].get(id_, 0)
        if more or further:
            rows.append({"unit": id_, "name": unit.name, "people": more, "leads": further})
    return pd.DataFrame(rows, columns=["unit", "name", "people", "leads"])


def by_term(before: Plan, after: Plan) -> pd.DataFrame:
    """Return the weighted points of every term in both plans: ``term``, ``before``, ``after``, ``change``."""
    old = {term.id: term.weighted for term in before.terms}
    new = {term.id: term.weighted for term in after.terms}
    old["penalties"] = -sum(violation.penalty for violation in before.violations)
    new["penalties"] = -sum(violation.penalty for violation in after.violations)
    rows = [
        {
            "term": id_,
            "before": old.get(id_, 0),
            "after": new.get(id_, 0),
            "change": new.get(id_, 0) - old.get(id_, 0),
        }
        for id_ in dict.fromkeys([*old, *new])
    ]
    return pd.DataFrame(rows, columns=["term", "before", "after", "change"])
