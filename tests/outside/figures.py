"""The recount itself: every rule, every term and the score of a plan."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .facts import Facts
from .plan import Plan, lead_unit, read_plan
from .reading import read_round
from .round_rules import ROUND_RULES, always_hard, below_floor
from .rulebook import PLAN_RULES, TERMS, Doc
from .rules import TEAM_RULES, Breach
from .screening import Screening
from .terms import captains_competence, keep_unit, min_change, term_rows, village_points, weighted


@dataclass
class Figures:
    violations_hard: list[dict[str, Any]] = field(default_factory=list)
    violations: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    villages: list[dict[str, Any]] = field(default_factory=list)
    bundles: list[dict[str, Any]] = field(default_factory=list)
    score: int = 0


def recount(round_doc: Doc, plan_doc: Doc) -> dict[str, Any]:
    """All figures of a plan. Attainable points, needed by `village_floor` only, are the plan document's."""
    screen = Screening(read_round(round_doc))
    return vars(count(screen, read_plan(screen.facts, plan_doc), stated_attainable(plan_doc)))


def stated_attainable(plan_doc: Doc) -> dict[str, int]:
    rows = plan_doc.get("villages") or []
    return {row["village"]: row["attainable"] for row in rows if row.get("attainable") is not None}


def count(screen: Screening, plan: Plan, attainable: dict[str, int]) -> Figures:
    facts = screen.facts
    points = {v: village_points(facts, facts.villages[v], team) for v, team in plan.teams.items()}
    figures = Figures(violations_hard=always_hard(screen, plan))
    figures.villages = [
        {"village": v, "points": weighted(facts, own), "terms": term_rows(facts, own)}
        for v, own in points.items()
    ]
    indices = {v: index(weighted(facts, own), attainable.get(v, 0)) for v, own in points.items()}
    _judge(figures, screen, plan, indices)
    totals = {term: sum(own.get(term, 0) for own in points.values()) for term in TERMS}
    totals["competence"] += captains_competence(facts, plan)
    totals["min_change"] = min_change(facts, plan)
    totals["keep_unit"] = keep_unit(facts, plan)
    figures.terms = term_rows(facts, totals)
    figures.bundles = bundles(facts, plan)
    figures.score = weighted(facts, totals) - sum(row["penalty"] for row in figures.violations)
    return figures


def index(points: int, attainable: int) -> Fraction:
    return Fraction(points, attainable) if attainable > 0 else Fraction(1)


def _judge(figures: Figures, screen: Screening, plan: Plan, indices: dict[str, Fraction]) -> None:
    """Sort every breach of a rule in effect into hard and soft."""
    for rule in (screen.facts.rules[name] for name in PLAN_RULES):
        if not rule.on:
            continue
        for subjects, amount in _breaches(rule.id, screen, plan, indices):
            row: dict[str, Any] = {"rule": rule.id, "subjects": list(subjects), "amount": amount}
            if rule.hard:
                figures.violations_hard.append(row)
            else:
                figures.violations.append(row | {"penalty": rule.penalty_weight * amount})


def _breaches(rule: str, screen: Screening, plan: Plan, indices: dict[str, Fraction]) -> list[Breach]:
    breaches: list[Breach] = []
    if rule in TEAM_RULES:
        for village, team in plan.teams.items():
            breaches += TEAM_RULES[rule](screen, screen.facts.villages[village], team)
    if rule in ROUND_RULES:
        breaches += ROUND_RULES[rule](screen, plan)
    if rule == "village_floor":
        breaches += below_floor(screen, indices)
    return breaches


def bundles(facts: Facts, plan: Plan) -> list[dict[str, Any]]:
    """A unit and a village with its people there: the lead unit, and any other as co-unit."""
    rows = []
    for village, team in plan.teams.items():
        leads = lead_unit(facts, team)
        senders = [facts.cadres[cadre].unit for cadre, _ in team]
        for unit in sorted(set(senders), key=lambda unit: (unit != leads, unit)):
            row = {"unit": unit, "village": village, "kind": "lead" if unit == leads else "co"}
            own = facts.units[unit]
            means = {"funds": own.funds, "projects": own.projects, "leader": own.leader}
            rows.append(row | {"people": senders.count(unit)} | means)
    return rows
