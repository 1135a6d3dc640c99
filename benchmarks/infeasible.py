"""Rounds of a county that have no plan: how long until a conflict and a repair are there, and whether both stand.

Run as a process of its own: ``python -m benchmarks.infeasible FOLDER``. Seconds count from the round at hand until the
solve tells that both are known, and until its whole answer. Afterwards everything it claims is solved again: the rules in
conflict alone have no plan, without any one of them there is one, and every repair has a plan that stands the check.
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
from benchmarks.rounds import cases_of, given, read_round
from benchmarks.troubles import TROUBLES
from matcher import Settings, check, solve
from matcher.edits import Edit, edited, release, rule
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from benchmarks.rounds import Given
    from matcher.result import Infeasibility
    from matcher.round import Round
    from matcher.solving import Progress

#: How many rounds, from which cases in turn, and how many of them have two troubles at once.
ROUNDS, BASES, TWICE = 50, ("huaxi", "qinyang", "louxing", "yuzhong", "qiannan-county"), 3
#: Seconds that one round is given, what is solved again included.
ALTOGETHER = 600.0
#: The phase of a solve that begins once a conflict and a repair are there.
FOUND = "repairs"
#: Any plan will do.
ANY_PLAN = 1e6


@dataclass(frozen=True, slots=True)
class Helped:
    """What came of one round without a plan.

    Attributes
    ----------
    round, troubles
        What it was made of.
    seconds
        Until a conflict and a repair that works were there; infinite where none were.
    whole
        Until the result was there, with other repairs and the partial plan.
    rules, repairs
        The rules in conflict, and how many repairs.
    minimal
        Whether the result itself says that the conflict is minimal.
    why
        What did not stand when it was solved again.
    """

    round: str
    troubles: tuple[str, ...]
    seconds: float = inf
    whole: float = inf
    rules: tuple[str, ...] = ()
    repairs: int = 0
    minimal: bool = False
    why: str = ""


def numbers_of(names: Collection[str], seeds: Collection[int]) -> list[int]:
    """Return the numbers of the rounds that are made from some cases and seeds; of all where no case is named."""
    every = [(number, BASES[number % len(BASES)], 1 + number // len(BASES)) for number in range(ROUNDS)]
    return [number for number, name, seed in every if not names or (name in names and seed in seeds)]


def measure_infeasible(
    say: Callable[[str], None], numbers: Iterable[int], count: int = 2, memory: int = 16 * 1024
) -> list[Helped]:
    """Measure rounds without a plan, each in a process of its own."""
    found: list[Helped] = []
    for number in numbers:
        (case,) = cases_of([BASES[number % len(BASES)]])
        base = given(case, 1 + number // len(BASES))
        one = _measured(base, number, count, memory)
        say(
            f"{base.label} {' + '.join(one.troubles)}: {one.seconds:.1f} s, the whole answer {one.whole:.1f} s, "
            f"{len(one.rules)} rules, {one.repairs} repairs {one.why}"
        )
        found.append(one)
    return found


def _measured(base: Given, number: int, count: int, memory: int) -> Helped:
    request = {"round": str(base.path), "number": number}
    answer, why = answer_of("benchmarks.infeasible", request, ALTOGETHER, count, memory)
    if answer is None:
        return Helped(base.label, (), why=why)
    known = {**answer, "troubles": tuple(answer["troubles"]), "rules": tuple(answer["rules"])}
    return Helped(base.label, **{**known, "why": answer["why"] or why})


def troubled(round_: Round, number: int) -> tuple[list[str], Round]:
    """Return the round with troubles, and their names; every third has two."""
    chance = Random(number)
    chosen = chance.sample(TROUBLES, 2 if number % TWICE == 0 else 1)
    edits = [edit for trouble in chosen for edit in trouble(round_, chance)]
    return [trouble.__name__ for trouble in chosen], edited(round_, edits)


def main(request: dict[str, Any], write: Callable[[dict[str, Any]], None]) -> None:
    """Ask for the conflict and the repairs, then solve again what they claim."""
    names, round_ = troubled(read_round(Path(request["round"])), request["number"])
    workers = len(request["cores"])
    reached: dict[str, float] = {}
    began = time.monotonic()

    def told(progress: Progress) -> None:
        reached.setdefault(progress.phase, time.monotonic() - began)

    result = solve(round_, Settings(workers=workers), on_progress=told)
    whole = time.monotonic() - began
    known: dict[str, Any] = {"troubles": names, "rules": (), "repairs": 0, "minimal": False}
    why = result.infeasibility
    if why is None or not why.repairs:
        write({**known, "why": "no repair" if why else f"the round is {result.status}"})
        return
    known |= {
        "seconds": reached.get(FOUND, whole),
        "whole": whole,
        "rules": why.conflict.rules,
        "repairs": len(why.repairs),
        "minimal": why.conflict.minimal,
    }
    write({**known, "why": "solving again was cut short"})
    write({**known, "why": "; ".join(wrong(round_, why, workers))})


def wrong(round_: Round, why: Infeasibility, workers: int) -> Iterator[str]:
    """Yield what does not stand when it is solved again."""
    asked = Settings(gap=ANY_PLAN, workers=workers)
    rules = why.conflict.rules
    if solve(_with_only(round_, rules), asked).best is not None:
        yield f"{', '.join(rules)} alone have a plan"
    for spared in rules if why.conflict.minimal else ():
        rest = [other for other in rules if other != spared]
        if _may_be_off(spared) and solve(_with_only(round_, rest), asked).best is None:
            yield f"without {spared} there is no plan"
    for number, repair in enumerate(why.repairs, start=1):
        changed = edited(round_, [Edit(**step["edit"]) for step in repair["steps"]])
        best = solve(changed, asked).best
        if best is None or not check(changed, best).ok:
            yield f"repair {number} does not work"


def _may_be_off(id_: str) -> bool:
    return id_ == "decisions" or id_ not in _always()


def _always() -> set[str]:
    """Return the plan rules that no round can switch off."""
    return {item.rule.id for item in RuleBook.of(()).plan if "off" not in item.rule.modes}


def _with_only(round_: Round, rules: Collection[str]) -> Round:
    """Return a round with no other rules than these, and those that can't be switched off."""
    kept = {*rules, *_always()}
    book = RuleBook.of(round_.rules)
    on = [item.rule.id for item in book.screening if item.on]
    on += [item.rule.id for item in book.plan if item.on]
    edits = [rule(id_, mode="off") for id_ in on if id_ not in kept]
    if "decisions" not in rules:
        edits += [release(number) for number in range(1, len(round_.decisions) + 1)]
    return edited(round_, edits)


if __name__ == "__main__":
    sys.exit(answering(main))
