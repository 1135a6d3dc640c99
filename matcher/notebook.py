"""Rounds, results, plans and explanations as notebooks show them: small tables of HTML that load nothing.

``matcher.notebook.language = "en"`` switches from Chinese to English.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from matcher.demands import DEMANDS
from matcher.rulebook import catalogue
from matcher.words import notebook as words
from matcher.words.result import STATUS, proof_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.codes import Language, Text
    from matcher.explanation import Explanation
    from matcher.plan import Plan
    from matcher.result import Result
    from matcher.round import Round
    from matcher.study import Study

#: The language of what is shown.
language: Language = "zh"
#: Rows shown at most.
SHOWN = 30


def _said(text: Text, **data: object) -> str:
    return escape(text.in_(language).format(**data))


def _table(headers: Sequence[Text], rows: Iterable[Sequence[object]]) -> str:
    every = [list(row) for row in rows]
    head = "".join(f"<th>{_said(header)}</th>" for header in headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
        for row in every[:SHOWN]
    )
    more = f"<p>{_said(words.MORE, count=len(every) - SHOWN)}</p>" if len(every) > SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def round_html(round_: Round) -> str:
    """Return a round in short: its name and how many rows each table has."""
    tables = (
        (words.VILLAGES, round_.villages), (words.UNITS, round_.units), (words.CADRES, round_.cadres),
        (words.INCUMBENTS, round_.incumbents), (words.DECISIONS, round_.decisions), (words.RULES, round_.rules),
        (words.BASELINE, round_.baseline),
    )  # fmt: skip
    rows = [(text.in_(language), len(table)) for text, table in tables]
    title = escape(f"{round_.name or round_.id} · {round_.as_of.isoformat()}")
    return f"<p><b>{title}</b></p>{_table((words.TABLE, words.ROWS), rows)}"


@dataclass(frozen=True)
class NamedPlan:
    """A plan with the names of its round, for the last line of a cell: a plan alone has ids only."""

    round: Round
    plan: Plan

    def _repr_html_(self) -> str:
        """Return it in short, for notebooks."""
        return plan_html(self.plan, self.round)


def plan_html(plan: Plan, round_: Round | None = None) -> str:
    """Return a plan in short: what is proven, and its posts by village, with names where the round is given."""
    facts = round_.facts if round_ is not None else None
    teams: dict[str, list[str]] = {}
    for post in plan.posts:
        person = facts.people.get(post.cadre) if facts is not None else None
        name = person.record.name if person is not None else post.cadre
        teams.setdefault(post.village or post.township or "", []).append(name)
    places = {} if facts is None else {id_: place.village.name for id_, place in facts.places.items()}
    index = {row.village: f"{row.index:.4f}" for row in plan.villages}
    rows = [
        (places.get(place, place), "、".join(people), index.get(place)) for place, people in teams.items()
    ]
    if plan.kind == "partial":
        summary = plan.explanation.summary.get(language, ()) if plan.explanation is not None else ()
        lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in summary)
        return lines + _table((words.PLACE, words.PEOPLE), (row[:2] for row in rows))
    return f"<p>{_proven(plan)}</p>{_table((words.PLACE, words.PEOPLE, words.INDEX), rows)}"


def _proven(plan: Plan) -> str:
    """Return the score of a plan with what is proven of it."""
    if plan.bound is None or plan.gap is None:
        line = _said(words.PLAN_UNPROVEN, rank=plan.rank, score=plan.score)
    else:
        line = _said(words.PLAN, rank=plan.rank, score=plan.score, bound=plan.bound, gap=f"{plan.gap:.2%}")
    return f"<b>{line}</b> {escape(proof_of(plan, language))}"


def result_html(result: Result) -> str:
    """Return a result in short: its status, its plans, or the rules in conflict and the repairs."""
    parts = [f"<p><b>{escape(STATUS[result.status].in_(language))}</b></p>"]
    if result.plans:
        rows = [
            (
                plan.rank,
                plan.score,
                plan.bound,
                None if plan.gap is None else f"{plan.gap:.2%}",
                "" if plan.tradeoff is None else plan.tradeoff.sentences.get(language, ""),
            )
            for plan in result.plans
        ]
        parts.append(_table((words.RANK, words.SCORE, words.BOUND, words.GAP, words.AGAINST), rows))
    if result.ranking_ended is not None:
        parts.append(f"<p>{escape(result.ranking_ended.sentences.get(language, ''))}</p>")
    if result.infeasibility is not None:
        known = {**catalogue(), **DEMANDS}
        named = (known[rule].name.in_(language) for rule in result.infeasibility.conflict.rules)
        rules = {"zh": "、", "en": ", "}[language].join(named)
        parts.append(f"<p>{_said(words.CONFLICT, rules=rules)}</p>")
        steps = [
            (number, step["sentence"][language], step["price"] * step["amount"])
            for number, repair in enumerate(result.infeasibility.repairs, start=1)
            for step in repair["steps"]
        ]
        if steps:
            parts.append(_table((words.REPAIR, words.STEP, words.COST), steps))
    return "".join(parts)


def study_html(study: Study) -> str:
    """Return a study in short: its scenarios side by side."""
    found = study.scores().to_dict("index")
    rows = [
        (
            name,
            len(scenario.edits),
            words.NOT_RUN.in_(language)
            if name not in found
            else STATUS[str(found[name]["status"])].in_(language),
            *(_whole(found.get(name, {}).get(figure)) for figure in ("score", "bound", "change", "moves")),
        )
        for name, scenario in study.scenarios.items()
    ]
    heads = (words.SCENARIO, words.EDITS, words.STATUS, words.SCORE, words.BOUND, words.CHANGE, words.MOVES)
    return f"<p><b>{escape(study.round.name or study.round.id)}</b></p>{_table(heads, rows)}"


def _whole(figure: Any) -> str:
    return "" if figure is None or figure != figure else f"{int(figure)}"  # noqa: PLR0124 - no number is unlike itself


def explanation_html(explanation: Explanation) -> str:
    """Return an explanation: its summary, then the teams with their members."""
    parts = [f"<p>{escape(line)}</p>" for line in explanation.summary.get(language, ())]
    for team in explanation.teams[:SHOWN]:
        members = "".join(
            f"<li>{escape(post.sentence.get(language, ''))}</li>"
            for post in explanation.posts
            if post.village == team.village
        )
        parts.append(f"<p><b>{escape(team.sentence.get(language, ''))}</b></p><ul>{members}</ul>")
    if len(explanation.teams) > SHOWN:
        parts.append(f"<p>{_said(words.MORE, count=len(explanation.teams) - SHOWN)}</p>")
    return "".join(parts)
