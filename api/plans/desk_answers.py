"""What the desk answers: by the name of the question, what is counted from a round and its plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from api.http.limits import refuse_deep
from api.plans.changes import changed_posts
from api.plans.findings import Sayer
from api.problems import Refused
from matcher.check import check, recount
from matcher.explaining import explained
from matcher.explaining.tradeoff import tradeoff
from matcher.plan import Plan
from matcher.rulebook import RuleBook
from matcher.study import changes as study
from matcher.words.command_line import PENALTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matcher.check import Recount
    from matcher.plan import Post
    from matcher.round import Round


class Table(Protocol):
    """Where opened rounds and plans lie, by their digests."""

    def round(self, digest: str) -> Round:
        """Return the round of a digest."""

    def plan(self, digest: str) -> Plan:
        """Return the plan of a digest."""


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
        With the code ``json_too_deep``, ``json_syntax``, or ``plan_refused`` and what the checker found.
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
    text = file.read_bytes()
    refuse_deep(text, depth)
    try:
        document = json.loads(text)
    except ValueError:
        raise Refused("json_syntax") from None
    return Plan.from_document(document)


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


#: What may be asked.
ANSWERS: Final[Mapping[str, Callable[[Table, Mapping[str, Any]], dict[str, Any]]]] = {
    "check": check_plan,
    "import": import_plan,
    "edit": edit_plan,
}
