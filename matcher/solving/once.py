"""One solve: the best plan of a round under its rules and the demands of one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.demands import with_demands
from matcher.model.instance import Instance
from matcher.plan import Plan
from matcher.rulebook import RuleBook
from matcher.solving.attainable import attainable_points, bound_alone
from matcher.solving.forecast import forecast_of
from matcher.solving.incumbent import Incumbent
from matcher.solving.infeasible.reach import Reach
from matcher.solving.methods import METHODS, choose_method
from matcher.solving.reserves import reserves
from matcher.solving.run import Run
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matcher.demands.book import Demand
    from matcher.result import Status
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.forecast import Forecast
    from matcher.solving.incumbent import Progress
    from matcher.solving.memory import Memory
    from matcher.solving.recorder import Recorder
    from matcher.solving.stopping import Stop


@dataclass(frozen=True, slots=True)
class Found:
    """What one solve found and proved.

    Attributes
    ----------
    run
        The method's run.
    method
        The method's name.
    plan
        The plan with every figure, or None.
    status
        As in a result.
    """

    run: Run
    method: str
    plan: Plan | None
    status: Status

    @property
    def bound(self) -> int | None:
        """The proven bound on the score of any plan that meets rules and demands."""
        return self.run.incumbent.bound


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told what of a solve.

    Attributes
    ----------
    on_progress, on_forecast
        As in :func:`matcher.solve`.
    recorder
        Takes what is found on the way, and gives what the solve goes on from.
    """

    on_progress: Callable[[Progress], None] | None = None
    on_forecast: Callable[[Forecast], None] | None = None
    recorder: Recorder | None = None


NOBODY = Listeners()


def solve_once(
    round_: Round,
    settings: Settings,
    stop: Stop,
    *,
    demands: Sequence[Demand] = (),
    memory: Memory | None = None,
    wider: Found | None = None,
    told: Listeners = NOBODY,
) -> Found:
    """Find the best plan that meets the round's rules and ``demands``; nobody explains here why there is none.

    Parameters
    ----------
    round_, settings, stop, memory
        As in :func:`matcher.solve`.
    demands
        What is asked beyond the rules.
    wider
        What was found of the same round with some of the demands left out: its bound holds here too.
    told
        Who is told of it.
    """
    instance = Instance(round_, with_demands(RuleBook.of(round_.rules), demands))
    method = choose_method(instance, settings)
    if told.on_forecast is not None:
        told.on_forecast(forecast_of(instance, method, settings))
    opening = method == "counties"  # which opens the counties one by one
    hopeless = method == "columns" and not stop.now and any(Reach(instance).rules)
    if opening or (hopeless and not instance.book.plan_rule("village_floor").on):
        incumbent = Incumbent(instance, {}, stop, told.on_progress, told.recorder)
    else:
        instance, incumbent = prepared(instance, stop, told, wider)
    if hopeless:
        incumbent.enter("start")
        return found_by(Run(instance, incumbent, infeasible=True), method, stop)
    if wider is not None:
        incumbent.prove(wider.bound)
    return found_by(METHODS[method](instance, incumbent, settings, stop, memory), method, stop)


def found_by(run: Run, method: str, stop: Stop) -> Found:
    """Return what a method's run found, as a plan with every figure where there is one."""
    if run.incumbent.teams is not None:
        status: Status = "optimal" if run.incumbent.optimal else "feasible"
        return Found(run, method, plan_of(run), status)
    if run.infeasible:
        return Found(run, method, None, "infeasible")
    return Found(run, method, None, "cancelled" if stop.requested else "unknown")


def prepared(
    instance: Instance,
    stop: Stop,
    told: Listeners = NOBODY,
    wider: Found | None = None,
) -> tuple[Instance, Incumbent]:
    """Return the instance and its incumbent with attainable points and the bound that follows from them."""
    attainable = {} if wider is None else wider.run.incumbent.attainable
    if not attainable:
        if told.on_progress is not None:
            Incumbent(instance, {}, stop, told.on_progress).enter("attainable")
        attainable = attainable_points(instance, stop.patient())
        if wider is not None:  # taken up, not solved
            wider.run.incumbent.attainable = attainable
    if instance.book.plan_rule("village_floor").on:
        instance = Instance(instance.round, instance.book, attainable)
    incumbent = Incumbent(instance, attainable, stop, told.on_progress, told.recorder)
    incumbent.prove(bound_alone(instance, attainable))
    return instance, incumbent


def plan_of(run: Run, *, settled: bool = False) -> Plan:
    """Return a run's incumbent as a plan; every figure is the checker's.

    Parameters
    ----------
    settled
        Whether ties inside teams are settled already.
    """
    instance, incumbent = run.instance, run.incumbent
    if run.reserves is None:
        if not settled:
            incumbent.settle()
        incumbent.enter("reserves")
    counted = incumbent.recount
    teams = incumbent.teams
    if counted is None or teams is None:
        raise LookupError("there is no plan yet")
    plan = Plan(
        score=counted.score,
        posts=tuple(posts_of(instance, teams)),
        bundles=counted.bundles,
        terms=counted.terms,
        villages=counted.villages,
        violations=counted.violations,
        reserves=reserves(instance, teams) if run.reserves is None else run.reserves,
        floor=counted.floor(proven=run.floor is not None and run.floor.proven),
        certificate=run.certificate,
    )
    return bounded(plan, incumbent.bound)


def bounded(plan: Plan, bound: int | None) -> Plan:
    """Return a plan with a proven bound, and the gap and the proof that follow from it."""
    known: dict[str, Any] = {"bound": bound, "gap": None, "proof": "none"}
    if bound is not None:
        known["gap"] = (bound - plan.score) / max(1, abs(plan.score))
        known["proof"] = "optimal" if bound == plan.score else "gap"
    return plan.model_copy(update=known)
