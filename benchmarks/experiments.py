"""The questions that can be asked, each with the runs that answer it.

``table``: does the product reach its targets. ``peers``: how do other methods fare in the same time.
``growth``: how does its time grow with size. ``warm``: how long does one change take. ``questions``: how long do
ranked plans, why-nots and what-ifs take. ``infeasible``: how long until a conflict and a repair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.growth import fit_of, times
from benchmarks.infeasible import measure_infeasible, numbers_of
from benchmarks.methods.registry import METHODS, methods_of
from benchmarks.questions import measure_questions
from benchmarks.rounds import CASES, cases_of, given
from benchmarks.targets import (
    ASKED_ROUND,
    GROWTH_GAP,
    TARGETS,
    WARM_GAP,
    WARM_ROUND,
    Finding,
    judge_growth,
    judge_infeasible,
    judge_questions,
    judge_target,
    judge_warm,
)
from benchmarks.warm import measure_warm

if TYPE_CHECKING:
    from benchmarks.infeasible import Helped
    from benchmarks.measuring.campaign import Campaign
    from benchmarks.measuring.rows import Row
    from benchmarks.methods.base import Method
    from benchmarks.questions import Replies
    from benchmarks.rounds import Case
    from benchmarks.warm import Warm

#: Seconds of a run of ``peers`` and of one size of ``growth``, where not said otherwise.
PEERS_SECONDS, GROWTH_SECONDS = 120.0, 1800.0
#: The rounds that ``peers`` compares on where none are named.
PEERS_ROUNDS = ("huaxi", "qinyang", "louxing", "yuzhong", "qiannan-county")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for; blank means as each question has it.

    Attributes
    ----------
    rounds, methods
        Names.
    seeds, first_seed
        How many seeds, and the first of them.
    seconds
        What every run is given.
    """

    rounds: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    seeds: int = 3
    first_seed: int = 1
    seconds: float | None = None

    def seeds_of(self, case: Case) -> range:
        """Return the seeds of a round; a round without seeds has one."""
        if not case.seeded:
            return range(1, 2)
        return range(self.first_seed, self.first_seed + self.seeds)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question.

    Attributes
    ----------
    question
        Its name.
    rows
        Its runs.
    findings
        What was asked and whether it was met; empty for a question without targets.
    warm
        The changes that were measured.
    replies
        The questions about a plan that were measured.
    helped
        The rounds without a plan that were measured.
    """

    question: str
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    warm: list[Warm] = field(default_factory=list)
    replies: list[Replies] = field(default_factory=list)
    helped: list[Helped] = field(default_factory=list)


def table(campaign: Campaign, asked: Asked) -> Answer:
    """Measure the product against its targets; with several methods each is judged by itself."""
    chosen = {case.name for case in cases_of(asked.rounds)} if asked.rounds else None
    answer = Answer("table")
    for method in methods_of(asked.methods or ("auto",)):
        for target in TARGETS:
            if chosen is not None and target.round not in chosen:
                continue
            (case,) = cases_of([target.round])
            seconds = asked.seconds or target.limit
            rows = [
                campaign.run(given(case, seed), method, seconds, target.gap) for seed in asked.seeds_of(case)
            ]
            answer.rows.extend(rows)
            answer.findings.extend(judge_target(target, rows))
    return answer


def peers(campaign: Campaign, asked: Asked) -> Answer:
    """Measure all methods on the same rounds in the same time, one after the other, round by round."""
    answer = Answer("peers")
    methods = methods_of(asked.methods) if asked.methods else METHODS
    for case in cases_of(asked.rounds or PEERS_ROUNDS):
        for seed in asked.seeds_of(case):
            round_ = given(case, seed)
            for method in methods:
                if not _too_large(method, case, seed):
                    answer.rows.append(campaign.run(round_, method, asked.seconds or PEERS_SECONDS))
    return answer


def growth(campaign: Campaign, asked: Asked) -> Answer:
    """Measure the time to a gap at every size; the smallest first, so that a limit too short shows early."""
    answer = Answer("growth")
    everything = [case for case in CASES if case.group == "size"]
    cases = cases_of(asked.rounds) if asked.rounds else everything
    for case in cases:
        for seed in asked.seeds_of(case):
            for method in methods_of(asked.methods or ("auto",)):
                row = campaign.run(given(case, seed), method, asked.seconds or GROWTH_SECONDS, GROWTH_GAP)
                answer.rows.append(row)
    for method in methods_of(asked.methods or ("auto",)):
        found = times((row for row in answer.rows if row.method == method.name), GROWTH_GAP)
        answer.findings.append(judge_growth(fit_of(found), len(found), len(everything)))
    return answer


def warm(campaign: Campaign, asked: Asked) -> Answer:
    """Measure one change in a running process."""
    (case,) = cases_of(asked.rounds or (WARM_ROUND,))
    answer = Answer("warm")
    for method in asked.methods or ("auto",):
        found = [
            measure_warm(given(case, seed), method, WARM_GAP, campaign.cores, campaign.memory)
            for seed in asked.seeds_of(case)
        ]
        for one in found:
            campaign.say(
                f"{one.round}-{one.seed}  first {one.first:.1f} s, after the change {one.seconds:.1f} s {one.why}"
            )
        answer.warm.extend(found)
        answer.findings.append(judge_warm(case.name, [one.seconds for one in found]))
    return answer


def questions(campaign: Campaign, asked: Asked) -> Answer:
    """Measure ranked plans, why-nots and what-ifs in a running process."""
    (case,) = cases_of(asked.rounds or (ASKED_ROUND,))
    answer = Answer("questions")
    for seed in asked.seeds_of(case):
        one = measure_questions(given(case, seed), campaign.cores, campaign.memory)
        campaign.say(
            f"{one.round}-{one.seed}  one {one.one:.1f} s, ranked {one.ranked:.1f} s, {len(one.answers)} why-nots, "
            f"what-ifs {one.batch:.1f} s {one.why}"
        )
        answer.replies.append(one)
    answer.findings.extend(judge_questions(answer.replies))
    return answer


def infeasible(campaign: Campaign, asked: Asked) -> Answer:
    """Measure rounds that have no plan: all fifty, or those made from the named rounds."""
    names = {case.name for case in cases_of(asked.rounds)} if asked.rounds else set()
    numbers = numbers_of(names, range(asked.first_seed, asked.first_seed + asked.seeds))
    helped = measure_infeasible(campaign.say, numbers, campaign.cores, campaign.memory)
    answer = Answer("infeasible", helped=helped)
    answer.findings.extend(judge_infeasible(answer.helped))
    return answer


def _too_large(method: Method, case: Case, seed: int) -> bool:
    """Return whether a round is larger than a method is given."""
    return method.most_villages is not None and len(given(case, seed).read().villages) > method.most_villages


#: The questions by name.
QUESTIONS = {
    "table": table,
    "peers": peers,
    "warm": warm,
    "growth": growth,
    "questions": questions,
    "infeasible": infeasible,
}
