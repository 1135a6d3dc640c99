"""The targets: what the product must reach, one line each, and whether it did.

All seconds are those of the whole process, from its start to the plan written. Of several seeds the median
counts; a run that never got there counts as infinitely long.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.questions import PLANS, WHAT_IFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.growth import Fit
    from benchmarks.infeasible import Helped
    from benchmarks.measuring.rows import Row
    from benchmarks.questions import Replies

_MIB_IN_GIB = 1024


@dataclass(frozen=True, slots=True)
class Milestone:
    """A gap that is to be proven (0: the plan is optimal), and within how many seconds; None: in the time given."""

    gap: float
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of one round.

    Attributes
    ----------
    round
        The case.
    milestones
        Gaps in falling order; the run ends at the last.
    limit
        The seconds that a run is given, more than the milestones allow: a miss is to say by how much.
    memory
        The most GiB of all processes together; None: not asked.
    """

    round: str
    milestones: tuple[Milestone, ...]
    limit: float
    memory: float | None = None

    @property
    def gap(self) -> float:
        """The gap at which a run ends."""
        return self.milestones[-1].gap


#: One line a round, the small ones first.
TARGETS: tuple[Target, ...] = (
    Target("huaxi", (Milestone(0.0, 15),), limit=60),
    Target("qinyang", (Milestone(0.0, 30),), limit=120),
    Target("louxing", (Milestone(0.0005, 45), Milestone(0.0)), limit=600),
    Target("yuzhong", (Milestone(0.001, 60),), limit=240),
    Target("qiannan-county", (Milestone(0.002, 90),), limit=360),
    Target("qiannan", (Milestone(0.01, 15 * 60), Milestone(0.005)), limit=60 * 60, memory=6),
)
#: Time to a gap of 0.5 % against the number of villages: the exponent, over all sizes.
GROWTH_GAP, GROWTH_EXPONENT = 0.005, 1.3
#: One change at yuzhong in a running process: from the patch to a checked plan with the bound proven anew.
WARM_ROUND, WARM_GAP, WARM_SECONDS = "yuzhong", 0.002, 5.0
#: Questions about a plan of yuzhong: ranked plans against one, a why-not at once, its limits and the points between them,
#: the share that may stay open, a batch of what-ifs.
ASKED_ROUND, RANKED_RATIO = "yuzhong", 3.0
AT_ONCE, PAIRING_SECONDS, PAIRING_WIDTH, PAIRING_OPEN = 0.1, 10.0, 5, 0.1
BATCH_SECONDS = 120.0
#: Seconds to a conflict and a repair of a round that has no plan.
INFEASIBLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one thing that is asked was reached.

    Attributes
    ----------
    what, asked, found
        In words.
    met
        Whether it was; None where nothing was measured.
    missed_by
        By how much it was missed; empty where it was met.
    """

    what: str
    asked: str
    found: str
    met: bool | None
    missed_by: str = ""


def judge_target(target: Target, rows: Sequence[Row]) -> list[Finding]:
    """Judge the runs of one round, one for each seed."""
    ours = [row for row in rows if row.round == target.round]
    findings = [_of_milestone(target, milestone, ours) for milestone in target.milestones]
    if target.memory is not None:
        findings.append(_of_memory(target, ours))
    return findings


def judge_growth(fit: Fit | None, measured: int, sizes: int) -> Finding:
    """Judge the exponent of growth over all sizes; without a fit some size did not reach the gap."""
    what = f"growth of the time to {_percent(GROWTH_GAP)}"
    asked = f"exponent ≤ {GROWTH_EXPONENT} over {sizes} sizes"
    if fit is None:
        return Finding(what, asked, "not every size reached the gap", met=False, missed_by="no exponent")
    over = fit.exponent - GROWTH_EXPONENT
    found = f"{fit.exponent:.2f} over {measured} sizes"
    if measured < sizes:
        return Finding(what, asked, found, met=None, missed_by="some sizes are not measured")
    return Finding(what, asked, found, over <= 0, f"{over:.2f}" if over > 0 else "")


def judge_warm(round_: str, seconds: Sequence[float]) -> Finding:
    """Judge the seconds from patch to plan, infinite where the gap was not proven anew."""
    return _in_time(f"{round_}: one change, gap ≤ {_percent(WARM_GAP)} again", WARM_SECONDS, seconds)


def judge_questions(replies: Sequence[Replies]) -> list[Finding]:
    """Judge the answers about a plan; over several seeds the median counts."""
    name = replies[0].round if replies else ASKED_ROUND
    ratios = [one.ratio for one in replies]
    at_once = [_middle(one.at_once) for one in replies]
    batches = [one.batch if one.solved == WHAT_IFS else inf for one in replies]
    return [
        _at_most(f"{name}: {PLANS} ranked plans against one", RANKED_RATIO, ratios, "times as long"),
        _at_most(f"{name}: why not, at once", AT_ONCE * 1000, [1000 * t for t in at_once], "ms"),
        _at_most(
            f"{name}: why not, limits", PAIRING_SECONDS, [_middle(one.pairings) for one in replies], "s"
        ),
        _at_most(
            f"{name}: why not, points between them", PAIRING_WIDTH, [_middle(r.widths) for r in replies], ""
        ),
        _at_most(
            f"{name}: why not, not settled", 100 * PAIRING_OPEN, [100 * r.unsettled for r in replies], "%"
        ),
        _at_most(f"{name}: {WHAT_IFS} what-ifs", BATCH_SECONDS, batches, "s"),
    ]


def judge_infeasible(found: Sequence[Helped]) -> list[Finding]:
    """Judge the answers for rounds without a plan: each by itself, none may be late or wrong."""
    late = [one for one in found if one.seconds > INFEASIBLE_SECONDS]
    wrong = [one for one in found if one.why]
    slowest = max((one.seconds for one in found), default=inf)
    asked = f"each within {INFEASIBLE_SECONDS:g} s"
    middle = f"median {_middle([one.seconds for one in found]):.1f} s, at most {slowest:.1f} s"
    middle += f" (the whole answer: {_middle([one.whole for one in found]):.1f} s)"
    missed = f"{len(late)} of {len(found)} late" if late else ""
    bad = "; ".join(sorted({one.why for one in wrong}))
    return [
        Finding(
            "infeasible rounds: a conflict and a repair", asked, middle, not late and bool(found), missed
        ),
        Finding(
            "infeasible rounds: re-solved",
            "what is said of conflicts and repairs is so",
            f"{len(found) - len(wrong)} of {len(found)}, {sum(one.minimal for one in found)} conflicts proven minimal",
            not wrong and bool(found),
            bad,
        ),
    ]


def _middle(values: Sequence[float]) -> float:
    return median(values) if values else inf


def _at_most(what: str, most: float, values: Sequence[float], unit: str) -> Finding:
    """Judge the median of some values, one for each seed."""
    asked, middle = f"≤ {most:g} {unit}".rstrip(), _middle(values)
    if middle == inf:
        return Finding(what, asked, "not reached", met=False, missed_by="not reached at all")
    each = ", ".join("never" if value == inf else f"{value:.1f}" for value in values)
    over = middle - most
    return Finding(what, asked, f"{middle:.1f} ({each})", over <= 0, f"{over:.1f}" if over > 0 else "")


def exit_status(findings: Iterable[Finding]) -> int:
    """Return 1 where something was missed or never measured, else 0."""
    return int(any(not finding.met for finding in findings))


def arrival(row: Row, milestone: Milestone, *, last: bool) -> float:
    """Return when a run had proven a gap; for the last milestone that is the end of its process."""
    if last and row.gap is not None and row.gap <= milestone.gap:
        return row.seconds
    reached = None if last else row.reached(milestone.gap)
    return inf if reached is None else reached


def _of_milestone(target: Target, milestone: Milestone, rows: Sequence[Row]) -> Finding:
    last = milestone == target.milestones[-1]
    goal = "proven optimal" if milestone.gap == 0 else f"gap ≤ {_percent(milestone.gap)}"
    what = f"{target.round}: {goal}"
    times = [arrival(row, milestone, last=last) for row in rows]
    if times and median(times) == inf:
        return _never(what, milestone, rows)
    return _in_time(what, milestone.seconds, times)


def _in_time(what: str, allowed: float | None, times: Sequence[float]) -> Finding:
    asked = "in the time given" if allowed is None else f"within {allowed:g} s"
    if not times:
        return Finding(what, asked, "not measured", met=None, missed_by="nothing to judge by")
    middle = median(times)
    if middle == inf:
        return Finding(what, asked, "not reached", met=False, missed_by="not reached at all")
    found = f"{middle:.1f} s ({', '.join('never' if t == inf else f'{t:.1f}' for t in times)})"
    over = 0.0 if allowed is None else middle - allowed
    return Finding(what, asked, found, over <= 0, f"{over:.1f} s" if over > 0 else "")


def _never(what: str, milestone: Milestone, rows: Sequence[Row]) -> Finding:
    """Say what was reached instead of a gap that the median run did not prove."""
    asked = "in the time given" if milestone.seconds is None else f"within {milestone.seconds:g} s"
    gaps = sorted(inf if row.gap is None else row.gap for row in rows)
    middle = median(gaps)
    if middle == inf:
        statuses = ", ".join(sorted({row.status for row in rows}))
        return Finding(what, asked, f"no gap ({statuses})", met=False, missed_by="no proven gap at all")
    over = middle - milestone.gap
    return Finding(
        what, asked, f"gap {_percent(middle)} at the end", met=False, missed_by=f"{_percent(over)} of gap"
    )


def _of_memory(target: Target, rows: Sequence[Row]) -> Finding:
    what, asked = f"{target.round}: memory of all processes", f"≤ {target.memory:g} GiB"
    if not rows or target.memory is None:
        return Finding(what, asked, "not measured", met=None, missed_by="nothing to judge by")
    peak = median(row.peak for row in rows) / _MIB_IN_GIB
    over = peak - target.memory
    return Finding(what, asked, f"{peak:.2f} GiB", over <= 0, f"{over:.2f} GiB" if over > 0 else "")


def _percent(gap: float) -> str:
    return f"{gap * 100:.4f}".rstrip("0").rstrip(".") + " %"
