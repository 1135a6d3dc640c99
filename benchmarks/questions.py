"""What a planner asks of a plan, in a running process: more plans, why-nots, a batch of what-ifs.

Run as a process of its own: ``python -m benchmarks.questions FOLDER``. Everything that it is asked is drawn with the
round's seed.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from math import inf
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.measuring.inside import answer_of, answering
from benchmarks.rounds import read_round
from matcher import Memory, Settings, Study, check, solve, why_not
from matcher.edits import drop, forbid, lock, weight
from matcher.rulebook import RuleBook
from matcher.screening.outcome import screen
from matcher.study.scenario import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.rounds import Given
    from matcher.edits import Edit
    from matcher.plan import Plan
    from matcher.round import Round

#: How many plans, pairings and what-ifs are asked for.
PLANS, PAIRINGS, WHAT_IFS = 5, 50, 20
#: The gap of ranked plans and what-ifs; points between the limits of a why-not's cost.
GAP, WIDTH = 0.002, 5
#: Seconds that one why-not is given, and all of it.
ONE_PAIRING, ALTOGETHER = 20.0, 3600.0


@dataclass(frozen=True, slots=True)
class Replies:
    """How long the answers took, in seconds.

    Attributes
    ----------
    round, seed
        The round.
    one, ranked, plans
        The best plan alone; ranked plans; how many of these were found.
    at_once
        For each pairing, what its prices say.
    pairings, widths, answers
        For each pairing, until the limits of its cost were found; the points between them (infinite: one is missing);
        what the answer was.
    batch, solved
        All what-ifs together; how many have a plan within the gap that stands the check, or are proven to have none.
    why
        What there is to say where something is missing.
    """

    round: str
    seed: int
    one: float = inf
    ranked: float = inf
    plans: int = 0
    at_once: tuple[float, ...] = ()
    pairings: tuple[float, ...] = ()
    widths: tuple[float, ...] = ()
    answers: tuple[str, ...] = ()
    batch: float = inf
    solved: int = 0
    why: str = ""

    @property
    def ratio(self) -> float:
        """How many times as long as one plan the ranked plans took; infinite where some are missing."""
        return self.ranked / self.one if self.plans == PLANS else inf

    @property
    def unsettled(self) -> float:
        """The share of pairings whose cost has no two limits and that are not proven impossible either."""
        open_ = sum(
            width == inf and said in ("open", "better")
            for width, said in zip(self.widths, self.answers, strict=True)
        )
        return open_ / max(1, len(self.answers))


def measure_questions(given: Given, count: int = 2, memory: int = 16 * 1024) -> Replies:
    """Measure all questions on a round in a process of its own."""
    request = {"round": str(given.path), "seed": given.seed}
    found, why = answer_of("benchmarks.questions", request, ALTOGETHER, count, memory)
    known: dict[str, Any] = {key: _read(value) for key, value in (found or {}).items()}
    return Replies(given.case.name, given.seed, **{**known, "why": why})


def _read(value: Any) -> Any:
    """Return a value of the answer; JSON has no infinity, so None stands for it in a list."""
    return tuple(inf if one is None else one for one in value) if isinstance(value, list) else value


def main(request: dict[str, Any], write: Callable[[dict[str, Any]], None]) -> None:
    """Ask everything, the answers so far after each part."""
    round_, workers = read_round(Path(request["round"])), len(request["cores"])
    known: dict[str, Any] = {}
    near = Settings(gap=GAP, effort=1e6, workers=workers)
    solve(round_, near)  # everything is loaded and compiled
    began = time.monotonic()
    solve(round_, near)
    known["one"] = time.monotonic() - began
    write(known)
    began = time.monotonic()
    known["plans"] = len(solve(round_, near.model_copy(update={"plans": PLANS})).plans)
    known["ranked"] = time.monotonic() - began
    write(known)
    memory = Memory()
    plan = solve(round_, Settings(workers=workers), memory=memory).best
    if plan is None:
        raise LookupError("no plan to ask about")
    chance = Random(request["seed"])
    known |= _batch(round_, plan, near, chance)
    write(known)
    for part in _why_nots(round_, plan, memory, chance, workers):
        write({**known, **part})


def _why_nots(
    round_: Round, plan: Plan, memory: Memory, chance: Random, workers: int
) -> Iterator[dict[str, Any]]:
    """Yield the answers to why-nots so far, one more each time."""
    at_once: list[float] = []
    seconds: list[float] = []
    widths: list[int | None] = []
    answers: list[str] = []
    asked = Settings(gap=WIDTH / max(1, plan.score), effort=1e6, time_limit=ONE_PAIRING, workers=workers)
    for cadre, village in pairings(round_, plan, chance):
        began = time.monotonic()
        why_not(round_, plan, cadre, village, solve=False)
        at_once.append(time.monotonic() - began)
        began = time.monotonic()
        answer = why_not(round_, plan, cadre, village, settings=asked, memory=memory)
        seconds.append(time.monotonic() - began)
        limits = (answer.at_least, answer.at_most)
        known = None not in limits
        widths.append((answer.at_most or 0) - (answer.at_least or 0) if known else None)
        answers.append(answer.answer)
        yield {"at_once": at_once, "pairings": seconds, "widths": widths, "answers": answers}


def pairings(round_: Round, plan: Plan, chance: Random) -> list[tuple[str, str]]:
    """Return pairings that pass screening and that the plan has not, drawn at random."""
    screening = screen(round_.facts, RuleBook.of(round_.rules))
    held = {(post.cadre, post.village) for post in plan.posts}
    possible = sorted(
        {
            (person.id, village)
            for village in round_.facts.places
            for people in screening.eligible[village].values()
            for person in people
        }
        - held
    )
    return chance.sample(possible, min(PAIRINGS, len(possible)))


def _batch(round_: Round, plan: Plan, settings: Settings, chance: Random) -> dict[str, Any]:
    """Run one-change what-ifs as a study whose base is solved already."""
    study = Study(round_, settings)
    study.run()
    for number, edit in enumerate(changes(round_, plan, chance)):
        study.add(f"change {number}", edit)
    began = time.monotonic()
    study.run()
    batch = time.monotonic() - began
    names = [name for name in study.scenarios if name != BASE]
    return {"batch": batch, "solved": sum(_answered(study, name) for name in names)}


def _answered(study: Study, name: str) -> bool:
    """Return whether a scenario has a plan within the gap that stands the check, or is proven to have none."""
    result = study.scenarios[name].result
    if result is None or result.best is None:
        return result is not None and result.status == "infeasible"
    near = result.best.gap is not None and result.best.gap <= GAP
    return near and check(study.round_of(name), result.best).ok


def changes(round_: Round, plan: Plan, chance: Random) -> list[Edit]:
    """Return one-change edits: drops, posts forbidden, pairings locked, weights changed."""
    posts = [post for post in plan.posts if post.village is not None]
    drawn = chance.sample(posts, 10)
    terms = [item for item in RuleBook.of(round_.rules).terms if item.on]
    locked = pairings(round_, plan, chance)[:5]
    edits = [drop(post.cadre) for post in drawn[:5]]
    edits += [forbid(post.cadre, post.village or "") for post in drawn[5:]]
    edits += [lock(cadre, village) for cadre, village in locked]
    edits += [weight(item.rule.id, 2 * item.weight) for item in chance.sample(terms, 5)]
    return edits[:WHAT_IFS]


if __name__ == "__main__":
    sys.exit(answering(main))
