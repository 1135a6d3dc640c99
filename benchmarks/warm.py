"""One change in a running process: from the patch to a checked plan whose bound is proven anew.

A planner solves a round, then somebody falls ill: one posted cadre is dropped, everything else stays. Run as a
process of its own: ``python -m benchmarks.warm FOLDER``; the first solve does not count, what follows does.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring.inside import answer_of, answering
from benchmarks.measuring.judge import refused
from benchmarks.rounds import read_round
from matcher import Memory, Settings, solve
from matcher.round import Round

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.rounds import Given
    from matcher.plan import Plan

#: Seconds that the first solve may take, and the solve after the change.
FIRST, AGAIN = 240.0, 60.0


@dataclass(frozen=True, slots=True)
class Warm:
    """What came of one change.

    Attributes
    ----------
    round, seed
        The round.
    first, seconds
        The seconds of the first solve, and from the patch to the checked plan; infinite where the gap was
        not proven or the checker refuses the plan.
    gap
        The gap after the change.
    why
        What there is to say where it failed.
    """

    round: str
    seed: int
    first: float
    seconds: float
    gap: float | None
    why: str = ""


def measure_warm(given: Given, method: str, gap: float, count: int = 2, memory: int = 16 * 1024) -> Warm:
    """Measure one change on a round in a process of its own."""
    request = {"round": str(given.path), "method": method, "gap": gap}
    found, why = answer_of("benchmarks.warm", request, FIRST + AGAIN, count, memory)
    if found is None or why:
        return Warm(given.case.name, given.seed, inf, inf, None, why)
    seconds = found["seconds"] if not found["why"] else inf
    return Warm(given.case.name, given.seed, found["first"], seconds, found["gap"], found["why"])


def dropped(round_: Round, plan: Plan) -> Round:
    """Return the round without the first member of a plan's teams who is new to office."""
    incumbents = {row.cadre for row in round_.incumbents}
    cadre = next(
        post.cadre for post in plan.posts if post.role == "resident" and post.cadre not in incumbents
    )
    document = round_.document()
    decisions = [*document.get("decisions", ()), {"kind": "drop", "cadre": cadre}]
    return Round.from_document({**document, "decisions": decisions})


def main(request: dict[str, Any], write: Callable[[dict[str, Any]], None]) -> None:
    """Solve, change, solve again."""
    round_ = read_round(Path(request["round"]))
    began = time.monotonic()
    memory = Memory()
    plan = solve(round_, _settings(request, FIRST), memory=memory).best
    first = time.monotonic() - began
    if plan is None:
        raise LookupError("the first solve found no plan")
    began = time.monotonic()
    changed = dropped(round_, plan)
    best = solve(changed, _settings(request, AGAIN), memory=memory).best
    why = "no plan" if best is None else refused(changed, list(best.posts), best.score, best.bound)[0]
    seconds = time.monotonic() - began
    gap = None if best is None else best.gap
    if not why and (gap is None or gap > request["gap"]):
        why = "the gap was not proven anew"
    write({"first": first, "seconds": seconds, "gap": gap, "why": why})


def _settings(request: dict[str, Any], seconds: float) -> Settings:
    asked: dict[str, Any] = {
        "method": request["method"],
        "gap": request["gap"],
        "time_limit": seconds,
        "effort": 1e6,
        "workers": len(request["cores"]),
    }
    return Settings(**asked)


if __name__ == "__main__":
    sys.exit(answering(main))
