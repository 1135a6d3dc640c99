"""``solve``: a round in, ranked and checked plans with their proof out."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from matcher.giving import giving
from matcher.problems import Problem
from matcher.result import Result, ScreeningEntry, TracePoint
from matcher.rulebook import RuleBook
from matcher.settings import Settings
from matcher.solving.infeasible.answer import why_infeasible
from matcher.solving.ranking import Ranking
from matcher.solving.recorder import Recorder
from matcher.solving.stopping import Stop
from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matcher.checkpoint import Checkpoint
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.rulekit import Refusal
    from matcher.screening.outcome import Screening
    from matcher.solving.forecast import Forecast
    from matcher.solving.incumbent import Progress
    from matcher.solving.memory import Memory
    from matcher.solving.once import Found


def solve(
    round_: Round,
    settings: Settings | None = None,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_forecast: Callable[[Forecast], None] | None = None,
    stop: Stop | None = None,
    memory: Memory | None = None,
    on_checkpoint: Callable[[Checkpoint], object] | None = None,
    resume: Checkpoint | None = None,
) -> Result:
    """Find the best plans of a round, ranked and checked, each with the bound that was proven.

    Parameters
    ----------
    round_
        The round.
    settings
        How to solve it; the defaults where not given.
    on_progress
        Called with seconds, score and bound whenever one of them gets better.
    on_forecast
        Called once, before the work begins, with the method, the memory and the time that are to be expected.
    stop
        Ask it to end the solve and keep the best plan; SIGINT and SIGTERM do the same where the solve
        runs in the main thread, and a second one aborts.
    memory
        What the last solve of nearly the same round left, to start from; this solve leaves its own there.

    on_checkpoint
        Called with where the solve stands: at once with every better plan, with better prices every two seconds at most.
        What it does with it changes nothing in the solve; an exception in it ends the solve.
    resume
        Where an earlier process stood that solved the same round with the same settings, to go on from. In the stage
        that was under way the plan is never worse than the saved one. Effort and time limit count anew.

    Returns
    -------
    Result
        ``optimal`` or ``feasible`` with a checked plan; ``infeasible`` with the rules in conflict;
        ``unknown`` when the effort did not suffice for a plan; ``cancelled`` when it was stopped before one.

    Raises
    ------
    InvalidInput
        When the rules table of the round is not valid, the settings ask for what can't be, or ``resume`` is of another
        round, other rules or other settings.
    Aborted
        After a second request to stop.
    """
    asked = settings or Settings()
    giving(asked)
    if resume is not None:
        resume.must_be_of(round_, asked)
    stopping = stop if stop is not None else Stop(asked.time_limit)
    recorder = Recorder(round_, asked, stopping, on_checkpoint, resume)
    began = datetime.now(UTC)
    warm = memory is not None and not memory.empty
    with stopping.on_signals():
        ranking = Ranking(round_, asked, stopping, on_progress=on_progress, memory=memory, recorder=recorder)
        best = ranking.first(on_forecast)
        plans = ranking.ranked() if best.plan is not None else []
        result = _result(best, plans, settings=asked, stop=stopping)
    result = result.model_copy(update={"ranking_ended": ranking.ended, "trace": _trace(best, recorder)})
    provenance = _provenance(round_, asked, best.method, began, stopping, work=ranking.work, warm=warm)
    if resume is not None:
        provenance |= {"reproducible": False, "continued": recorder.earlier.continued}
    return result.model_copy(update={"provenance": provenance})


def _result(best: Found, plans: Sequence[Plan], *, settings: Settings, stop: Stop) -> Result:
    """Return the result of a solve, provenance left out."""
    instance, incumbent = best.run.instance, best.run.incumbent
    infeasibility = None
    if best.status == "infeasible":
        infeasibility = why_infeasible(best.run, settings, stop)
    return Result(
        status=best.status if not plans else "optimal" if plans[0].proof == "optimal" else "feasible",
        plans=tuple(plans),
        bound=plans[0].bound if plans else incumbent.bound,
        screening=tuple(_entry(instance.screening, refusal) for refusal in instance.screening.refusals),
        warnings=tuple(warning.document() for warning in warnings(instance.screening)),
        infeasibility=infeasibility,
    )


def _trace(best: Found, recorder: Recorder) -> tuple[TracePoint, ...]:
    """Return the trace of the best plan's solve, with what was taken up or dropped on the way."""
    return tuple(
        sorted([*recorder.earlier.notes, *best.run.incumbent.trace], key=lambda point: point.seconds)
    )


def _entry(screening: Screening, refusal: Refusal) -> ScreeningEntry:
    """Return one refusal as data with its sentence in both languages."""
    rule = next(item.rule for item in screening.book.screening if item.rule.id == refusal.rule)
    return ScreeningEntry(
        cadre=refusal.cadre,
        role=refusal.roles[0] if refusal.roles else None,
        village=refusal.village,
        township="/".join(refusal.township) if refusal.township else None,
        rule=refusal.rule,
        reason={"zh": rule.say(refusal.data, "zh"), "en": rule.say(refusal.data, "en")},
    )


def warnings(screening: Screening) -> list[Problem]:
    """Return the round's oddities, and the named picks who pass screening nowhere."""
    found = list(screening.facts.round.warnings)
    for index, cadre in enumerate(screening.facts.round.cadres):
        if cadre.named_pick and cadre.id not in screening.passing:
            found.append(Problem("pick_refused", "cadres", index, "named_pick", cadre.id, {}, "warning"))
    return found


def _provenance(
    round_: Round,
    settings: Settings,
    method: str,
    began: datetime,
    stop: Stop,
    *,
    work: float,
    warm: bool,
) -> dict[str, Any]:
    """Return what is needed to repeat the run, and what it took."""
    repeatable = not stop.cut_short and not stop.requested and not warm
    return {
        "round_digest": round_.digest,
        "rules": RuleBook.of(round_.rules).document(),
        "settings": settings.model_dump(mode="json", exclude_none=True),
        "method": method,
        "seed": settings.seed,
        "effort": settings.work,
        "work": round(work, 6),
        "reproducible": repeatable,
        "versions": versions(),
        "started": began.isoformat(timespec="seconds"),
        "seconds": round(stop.elapsed, 3),
    }


def versions() -> dict[str, str]:
    """Return the versions of everything that has a part in what is found."""
    libraries = ("ortools", "highspy", "numba", "numpy", "pandas", "pydantic")
    return {
        "matcher": VERSION,
        "python": platform.python_version(),
        **{name: version(name) for name in libraries},
    }
