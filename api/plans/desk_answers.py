"""What the desk answers: by the name of the question, what is counted from a round and its plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.http import strict_json
from api.plans.changes import changed_posts
from api.plans.desk_files import export, public_notice
from api.plans.desk_questions import may_ask
from api.plans.desk_table import Table
from api.plans.findings import Sayer
from api.problems import Refused
from matcher.check import check, recount
from matcher.explaining import explained
from matcher.explaining.tradeoff import tradeoff
from matcher.plan import Plan
from matcher.questions import explain_post, explain_team
from matcher.rulebook import RuleBook
from matcher.study import changes as study
from matcher.words.command_line import PENALTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matcher.check import Recount
    from matcher.plan import Post
    from matcher.questions import Alternative


def check_plan(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Check a plan of a round; ``better`` are the plans ranked before it."""
    round_, plan = table.round(question["round"]), table.plan(question["plan"])
    report = check(round_, plan, better=[table.plan(digest) for digest in question["better"]])
    answer = Sayer(round_.facts, is_masked=question["masked"]).report(report)
    return {**answer, "partial": plan.kind == "partial"}


def import_plan(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Read a ``plan/1`` document and check it; a partial plan may break hard rules, as it says itself.

    Raises
    ------
    Refused
        As :func:`api.http.strict_json.read` does; with ``plan_refused``, what the checker found.
    InvalidInput
        When it is no plan.
    """
    round_, plan = table.round(question["round"]), _read_plan(Path(question["path"]), question["depth"])
    report = check(round_, plan)
    is_unknown = any(broken.rule == "posts" for broken in report.recount.broken)
    is_broken = is_unknown or (plan.kind != "partial" and bool(report.recount.broken))
    if is_broken or report.differences:
        found = Sayer(round_.facts, is_masked=True).report(report)
        problems = [*found["broken"], *found["differences"]]
        raise Refused("plan_refused", problems=problems, count=len(problems))
    return {"document": plan.document(), "rank": plan.rank, "score": plan.score, "bound": plan.bound}


def _read_plan(file: Path, depth: int) -> Plan:
    return Plan.from_document(strict_json.read(file.read_bytes(), depth))


def edit_plan(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Count a plan anew with some posts changed; with ``save``, the new plan's document is in the answer.

    Raises
    ------
    Refused
        With the code ``edit_invalid``, or ``edit_unknown`` where the round does not know a post.
    """
    round_, before = table.round(question["round"]), table.plan(question["plan"])
    book = RuleBook.of(round_.rules)
    posts = changed_posts(before, question["changes"])
    reach = {row.village: row.attainable for row in before.villages}
    counted = recount(round_.facts, book, posts, reach)
    sayer = Sayer(round_.facts, is_masked=question["masked"])
    unknown = [broken for broken in counted.broken if broken.rule == "posts"]
    if unknown:
        raise Refused("edit_unknown", problems=sayer.broken(unknown), count=len(unknown))
    old = recount(round_.facts, book, before.posts, reach)
    after = _plan_of(posts, counted)
    known = [(broken.rule, broken.breach.subjects) for broken in old.broken]
    new = [broken for broken in counted.broken if (broken.rule, broken.breach.subjects) not in known]
    costs = [violation for violation in counted.violations if violation not in old.violations]
    answer = {
        "feasible": counted.feasible,
        "score": counted.score,
        "change": counted.score - before.score,
        "breaks": sayer.broken(new),
        "broken": sayer.broken(counted.broken),
        "costs": sayer.violations(costs),
        "terms": terms_apart(sayer, before, after),
        "sentence": tradeoff(book, after, before).sentences,
    }
    if question["save"]:
        answer["saved"] = explained(round_, after).document()
    return answer


def terms_apart(sayer: Sayer, before: Plan, after: Plan) -> list[dict[Any, Any]]:
    """Return the weighted points of every term in two plans, with the penalties of soft rules."""
    rows = study.by_term(before, after).to_dict("records")
    return [{**row, "name": _term_name(sayer, str(row["term"]))} for row in rows]


def _term_name(sayer: Sayer, term: str) -> dict[str, str]:
    if term == "penalties":
        return {"zh": PENALTIES.zh, "en": PENALTIES.en}
    return sayer.by_language("rule", term)


def _plan_of(posts: Sequence[Post], counted: Recount) -> Plan:
    """Return a plan of these posts; where it breaks a hard rule, it is a partial one. Nothing is proven of it."""
    violations = counted.violations if counted.feasible else (*counted.violations, *counted.left_aside)
    return Plan(
        kind="best" if counted.feasible else "partial",
        score=counted.score,
        posts=tuple(posts),
        bundles=counted.bundles,
        terms=counted.terms,
        villages=counted.villages,
        violations=violations,
        floor=counted.floor(),
    )


def compare_plans(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Say what changes from one plan of a round to another of the same: by post, team, unit and term."""
    round_ = table.round(question["round"])
    before, after = table.plan(question["plan"]), table.plan(question["other"])
    book = RuleBook.of(round_.rules)
    frames = {
        "posts": study.by_post(round_, before, after),
        "teams": study.by_team(round_, before, after),
        "units": study.by_unit(round_, before, after),
    }
    rows = {name: json.loads(frame.to_json(orient="records")) for name, frame in frames.items()}
    sayer = Sayer(round_.facts, is_masked=True)
    return {
        "score": after.score - before.score,
        **rows,
        "terms": terms_apart(sayer, before, after),
        "sentence": tradeoff(book, after, before).sentences,
    }


def why_post(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Say why a cadre holds a post, with the nearest alternatives where the plan has prices.

    Raises
    ------
    InvalidInput
        Where the cadre has no post in the plan.
    """
    round_, plan = table.round(question["round"]), table.plan(question["plan"])
    answer = explain_post(round_, plan, question["cadre"])
    sayer = Sayer(round_.facts, is_masked=question["masked"])
    return {
        "post": sayer.post(answer.reason),
        "rules": [{"id": id_, "name": sayer.by_language("rule", id_)} for id_ in answer.rules],
        "for_seat": [_alternative(sayer, one) for one in answer.for_seat],
        "for_person": [_alternative(sayer, one) for one in answer.for_person],
    }


def why_team(table: Table, question: Mapping[str, Any]) -> dict[str, Any]:
    """Say why a village has its team, and what each member adds.

    Raises
    ------
    InvalidInput
        Where the round has no such village.
    """
    round_, plan = table.round(question["round"]), table.plan(question["plan"])
    answer = explain_team(round_, plan, question["village"])
    sayer = Sayer(round_.facts, is_masked=question["masked"])
    return {"team": sayer.team(answer.reason), "members": [sayer.post(member) for member in answer.members]}


def _alternative(sayer: Sayer, one: Alternative) -> dict[str, Any]:
    """Return an alternative; what a single exchange changes tells how two people differ."""
    row = {"cadre": one.cadre, "place": one.place, "exchanged": one.exchanged, "at_least": one.at_least}
    return row if sayer.is_masked else {**row, "change": one.change}


#: What may be asked; questions that take a run are looked at here before they are queued.
ANSWERS: Final[Mapping[str, Callable[[Table, Mapping[str, Any]], dict[str, Any]]]] = {
    "check": check_plan,
    "import": import_plan,
    "edit": edit_plan,
    "compare": compare_plans,
    "why_post": why_post,
    "why_team": why_team,
    "may_ask": may_ask,
    "notice": public_notice,
    "export": export,
}
