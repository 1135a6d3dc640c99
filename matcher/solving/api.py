"""``solve``: a round in, a checked plan with its proof out."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from matcher.model.instance import Instance
from matcher.plan import Plan
from matcher.problems import Problem
from matcher.result import Infeasibility, Result, ScreeningEntry
from matcher.settings import Settings
from matcher.solving.attainable import attainable_points, bound_alone
from matcher.solving.conflict import find_conflict
from matcher.solving.forecast import forecast_of
from matcher.solving.incumbent import Incumbent
from matcher.solving.methods import METHODS, Run, choose_method
from matcher.solving.reserves import reserves
from matcher.solving.state import posts_of
from matcher.solving.stopping import Stop
from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.result import Status
    from matcher.round import Round
    from matcher.rulekit import Refusal
    from matcher.screening.outcome import Screening
    from matcher.solving.forecast import Forecast
    from matcher.solving.incumbent import Progress
    from matcher.solving.memory import Memory


def solve(
    round_: Round,
    settings: Settings | None = None,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_forecast: Callable[[Forecast], None] | None = None,
    stop: Stop | None = None,
    memory: Memory | None = None,
) -> Result:
    """Find the best plan of a round, checked, with the bound that was proven.

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

    Returns
    -------
    Result
        ``optimal`` or ``feasible`` with a checked plan; ``infeasible`` with the rules in conflict;
        ``unknown`` when the effort did not suffice for a plan; ``cancelled`` when it was stopped before one.

    Raises
    ------
    InvalidInput
        When the rules table of the round is not valid.
    Aborted
        After a second request to stop.
    """
    asked = settings or Settings()
    stopping = stop if stop is not None else Stop(asked.time_limit)
    began = datetime.now(UTC)
    with stopping.on_signals():
        instance = Instance(round_)
        method = choose_method(instance, asked)
        if on_forecast is not None:
            on_forecast(forecast_of(instance, method, asked))
        if method == "counties":  # which opens the counties one by one
            incumbent = Incumbent(instance, {}, stopping, on_progress)
        else:
            instance, incumbent = _prepared(instance, stopping, on_progress)
        warm = memory is not None and not memory.empty
        run = METHODS[method](instance, incumbent, asked, stopping, memory)
        result = _result(run, settings=asked, stop=stopping)
    provenance = _provenance(round_, run.instance, asked, method, began, stopping, work=run.work, warm=warm)
    added: dict[str, Any] = {} if run.certificate is None else {"certificate": run.certificate}
    if run.floor is not None and run.incumbent.recount is not None:
        added["floor"] = run.incumbent.recount.floor(proven=run.floor.proven)
    if added and result.plans:
        result = result.model_copy(update={"plans": (result.plans[0].model_copy(update=added),)})
    return result.model_copy(update={"provenance": provenance})


def _prepared(
    instance: Instance, stop: Stop, on_progress: Callable[[Progress], None] | None
) -> tuple[Instance, Incumbent]:
    """Return the instance and its incumbent with attainable points and the bound that follows from them."""
    if on_progress is not None:
        Incumbent(instance, {}, stop, on_progress).enter("attainable")
    attainable = attainable_points(instance, stop.patient())
    if instance.book.plan_rule("village_floor").on:
        instance = Instance(instance.round, instance.book, attainable)
    incumbent = Incumbent(instance, attainable, stop, on_progress)
    incumbent.prove(bound_alone(instance, attainable))
    return instance, incumbent


def _result(run: Run, *, settings: Settings, stop: Stop) -> Result:
    """Return the result of a run, provenance left out."""
    instance, incumbent = run.instance, run.incumbent
    status: Status
    plans: tuple[Plan, ...] = ()
    infeasibility = None
    if incumbent.teams is not None:
        status = "optimal" if incumbent.optimal else "feasible"
        plans = (_plan(run),)
    elif run.infeasible:
        status = "infeasible"
        infeasibility = Infeasibility(conflict=find_conflict(instance, stop.patient(), seed=settings.seed))
    else:
        status = "cancelled" if stop.requested else "unknown"
    return Result(
        status=status,
        plans=plans,
        bound=incumbent.bound,
        screening=tuple(_entry(instance.screening, refusal) for refusal in instance.screening.refusals),
        warnings=tuple(warning.document() for warning in warnings(instance.screening)),
        infeasibility=infeasibility,
        trace=tuple(incumbent.trace),
    )


def _plan(run: Run) -> Plan:
    """Return the incumbent as a plan; every figure is the checker's."""
    instance, incumbent = run.instance, run.incumbent
    if run.reserves is None:
        incumbent.settle()
        incumbent.enter("reserves")
    counted = incumbent.recount
    teams = incumbent.teams
    if counted is None or teams is None:
        raise LookupError("there is no plan yet")
    bound = incumbent.bound
    return Plan(
        score=counted.score,
        bound=bound,
        gap=None if bound is None else (bound - counted.score) / max(1, abs(counted.score)),
        proof="none" if bound is None else "optimal" if bound == counted.score else "gap",
        posts=tuple(posts_of(instance, teams)),
        bundles=counted.bundles,
        terms=counted.terms,
        villages=counted.villages,
        violations=counted.violations,
        reserves=reserves(instance, teams) if run.reserves is None else run.reserves,
        floor=counted.floor(),
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
    instance: Instance,
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
        "rules": instance.book.document(),
        "settings": settings.model_dump(mode="json", exclude_none=True),
        "method": method,
        "seed": settings.seed,
        "effort": settings.work,
        "work": round(work, 6),
        "reproducible": repeatable,
        "versions": {
            "matcher": VERSION,
            "python": platform.python_version(),
            **{
                name: version(name) for name in ("ortools", "highspy", "numba", "numpy", "pandas", "pydantic")
            },
        },
        "started": began.isoformat(timespec="seconds"),
        "seconds": round(stop.elapsed, 3),
    }
