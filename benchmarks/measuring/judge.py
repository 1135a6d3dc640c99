"""What a run's posts are worth: the product's checker counts them, whoever found them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.check import recount
from matcher.check.attainable import attainable_points
from matcher.plan import Post
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measuring.process import Watched
    from benchmarks.measuring.rows import Trace
    from matcher.round import Round

#: How many of the rules that a plan breaks are named.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run ended with; see :class:`benchmarks.measuring.rows.Row`."""

    status: str
    why: str
    score: int | None
    bound: int | None
    trace: Trace


def judge(round_: Round, folder: Path, watched: Watched) -> Verdict:
    """Judge what a run left in ``folder``."""
    trace = read_trace(folder / "trace.jsonl")
    said, claimed = (trace[-1][1], trace[-1][2]) if trace else (None, None)
    file = folder / "posts.json"
    if not file.exists():
        return Verdict(*_without_plan(folder, watched), None, claimed, trace)
    posts = [Post(**row) for row in json.loads(file.read_text("utf-8"))]
    wrong, score = refused(round_, posts, said, claimed)
    if wrong:
        return Verdict("wrong", wrong, score, claimed, trace)
    status = "optimal" if score == claimed else "plan"
    return Verdict(status, f"ended by force: {watched.cut}" if watched.cut else "", score, claimed, trace)


def refused(round_: Round, posts: list[Post], said: int | None, bound: int | None) -> tuple[str, int]:
    """Return why the checker refuses a plan or the figures stated with it (empty: it does not), and its score."""
    book = RuleBook.of(round_.rules)
    needed = book.plan_rule("village_floor").on
    attainable = attainable_points(round_.facts, book) if needed else {}
    counted = recount(round_.facts, book, posts, attainable)
    if counted.broken:
        rules = sorted({item.rule for item in counted.broken})
        return f"{len(counted.broken)} breaches of hard rules: {', '.join(rules[:_NAMED])}", counted.score
    if counted.score != said:
        return f"the method says {said}, the checker counts {counted.score}", counted.score
    if bound is not None and bound < counted.score:
        return f"the method's bound {bound} is below the plan's score {counted.score}", counted.score
    return "", counted.score


def read_trace(path: Path) -> Trace:
    """Return the trace that a run wrote; a last line that was cut off is left out."""
    points: list[tuple[float, int | None, int | None]] = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            seconds, score, bound = json.loads(line)
        except ValueError:
            break
        points.append((seconds, score, bound))
    return tuple(points)


def _without_plan(folder: Path, watched: Watched) -> tuple[str, str]:
    """Return status and reason of a run that left no posts."""
    if watched.cut:
        return watched.cut, f"ended by force after {watched.seconds:.0f} s"
    file = folder / "end.json"
    if not file.exists():
        return "failed", f"the process ended with status {watched.status}"
    ended: dict[str, Any] = json.loads(file.read_text("utf-8"))
    said = "failed" if ended["said"] == "plan" else ended["said"]
    return said, ended["why"]
