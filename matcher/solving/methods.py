"""The solving methods: each takes an instance and gives checked plans and a proven bound."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from matcher.model.instance import Instance
from matcher.solving.attainable import bound_alone
from matcher.solving.columns.at_hand import NOTHING, AtHand
from matcher.solving.columns.method import ColumnMethod
from matcher.solving.construct import construct
from matcher.solving.counties.method import CountiesMethod
from matcher.solving.floor import FoundFloor, highest_floor
from matcher.solving.improve import improve
from matcher.solving.incumbent import Incumbent
from matcher.solving.memory import Memory
from matcher.solving.one_piece import solve_one_piece
from matcher.solving.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.certificate import Certificate
    from matcher.plan import Reserve
    from matcher.settings import Settings
    from matcher.solving.stopping import Stop

#: Up to this many decisions the one-piece model finds its way faster without improving the start first.
SMALL = 15_000
#: Up to this many decisions the one-piece model needs no help at all.
TINY = 1_500
#: More places than this are solved county by county, where there are several counties.
MANY = 150
#: The gap of the plan that the floor is raised from.
BEFORE_FLOOR = 0.01
#: The share of the effort that goes into improving the start of a larger round.
IMPROVING = 0.4


@dataclass
class Run:
    """What a method ended with.

    Attributes
    ----------
    instance, incumbent
        The problem that was solved (with a floor, where fairness came first) and its best plan and bound.
    infeasible
        Whether it is proven that no plan meets the hard rules.
    work
        Deterministic work spent.
    """

    instance: Instance
    incumbent: Incumbent
    infeasible: bool = False
    work: float = 0.0
    floor: FoundFloor | None = None
    certificate: Certificate | None = None
    #: Found already, ties settled, where the method has taken care of it.
    reserves: tuple[Reserve, ...] | None = None


def one_piece(
    instance: Instance, incumbent: Incumbent, settings: Settings, stop: Stop, memory: Memory | None = None
) -> Run:
    """Construct a plan, raise the floor where fairness comes first, improve, then prove with one model.

    ``memory`` is neither read nor written: the one model starts from its own constructed plan.
    """
    del memory
    run = go_on(Run(instance, incumbent))
    run.incumbent.enter("start")
    if run.incumbent.teams is not None:  # saved by an earlier process
        state, feasible = State(run.instance, run.incumbent.teams), True
    else:
        state, run.work = construct(instance, stop, seed=settings.seed)
        feasible = state.measure()[0] == 0
        if feasible:
            incumbent.offer(state.teams)
    if settings.equity == "floor_first" and feasible and run.floor is None:
        run = _raise_floor(run, settings, stop)
        state = State(run.instance, run.incumbent.teams)
    decisions = decisions_of(run.instance)
    if feasible and decisions > SMALL:
        incumbent = run.incumbent
        incumbent.enter("improve")
        run.work += improve(
            state,
            incumbent.attainable,
            stop,
            work=IMPROVING * settings.work,
            seed=settings.seed,
            on_better=lambda: incumbent.offer(state.teams),
        )
    _prove(run, settings, stop)
    return run


def columns(
    instance: Instance,
    incumbent: Incumbent,
    settings: Settings,
    stop: Stop,
    memory: Memory | None = None,
    at_hand: AtHand = NOTHING,
) -> Run:
    """Work with whole teams; where fairness comes first, raise the floor in between.

    What team columns can't settle (a round without any plan, rules that only the one model reads) is left to
    the one model, as far as the effort goes.
    """
    run, first = go_on(Run(instance, incumbent)), settings
    to_raise = settings.equity == "floor_first" and run.floor is None
    if to_raise:  # a plan to raise the floor from; the score's turn comes after it
        first = settings.model_copy(update={"gap": max(settings.gap, BEFORE_FLOOR)})
    run = _columns(run, first, stop, memory, at_hand)
    if to_raise and run.incumbent.teams is not None and not stop.now:
        raised = _raise_floor(run, settings, stop)
        run = _columns(raised, settings, stop, None)
    if stop.now or run.infeasible or run.incumbent.optimal:
        return run
    decisions = decisions_of(run.instance)
    if run.incumbent.teams is None:
        return one_piece(run.instance, run.incumbent, settings, stop)
    if decisions <= SMALL and not run.incumbent.within(settings.gap):
        _prove(run, settings, stop)
    return run


def counties(
    instance: Instance, incumbent: Incumbent, settings: Settings, stop: Stop, memory: Memory | None = None
) -> Run:
    """Work county by county; what is small enough and still open then is left to team columns."""
    run = Run(instance, incumbent)
    workers = settings.workers or len(os.sched_getaffinity(0))
    method = CountiesMethod(instance, incumbent, settings, stop, memory or Memory())
    method.run(workers)
    run.work, run.certificate, run.reserves = method.work, method.certificate, method.reserves
    run.infeasible = method.infeasible_at is not None
    small = decisions_of(instance) <= SMALL
    if stop.now or run.infeasible or incumbent.optimal or run.incumbent.within(settings.gap) or not small:
        return run
    rest = columns(run.instance, incumbent, settings, stop)
    rest.work += run.work
    proofs = [proof for proof in (rest.certificate, run.certificate) if proof is not None]
    rest.certificate = min(proofs, key=lambda proof: proof.bound, default=None)
    return rest


def _columns(
    run: Run, settings: Settings, stop: Stop, memory: Memory | None, at_hand: AtHand = NOTHING
) -> Run:
    method = ColumnMethod(run.instance, run.incumbent, settings, stop, memory, at_hand)
    method.run()
    run.work += method.work
    run.certificate, run.infeasible = method.certificate, method.infeasible
    return run


def _prove(run: Run, settings: Settings, stop: Stop) -> None:
    """Run the one-piece model with the effort that is left."""
    incumbent = run.incumbent
    incumbent.enter("prove")

    def take(teams: dict[str, list[tuple[str, str]]], bound: int) -> None:
        incumbent.offer(teams)
        incumbent.prove(bound)

    if stop.now:
        return
    outcome, bound = solve_one_piece(
        run.instance,
        stop,
        start=incumbent.teams,
        work=max(settings.work - run.work, 1.0),
        seed=settings.seed,
        gap=settings.gap,
        on_solution=take,
    )
    run.work += outcome.work
    if outcome.teams is not None:
        incumbent.offer(outcome.teams)
    if outcome.status == "infeasible":
        run.infeasible = incumbent.teams is None
    else:
        incumbent.prove(bound)


def _raise_floor(run: Run, settings: Settings, stop: Stop) -> Run:
    """Return the run over the same round with the highest floor found as a hard row in every village."""
    before = run.incumbent
    before.enter("floor")
    found = highest_floor(
        run.instance, before.teams or {}, before.attainable, stop, work=settings.work / 2, seed=settings.seed
    )
    if before.recorder is not None:
        before.recorder.stands_on(found)
    raised = _standing_on(found, run)
    raised.incumbent.offer(found.teams)
    return raised


def _standing_on(found: FoundFloor, run: Run) -> Run:
    """Return the run over the same round with a floor as a hard row in every village, without a plan."""
    before = run.incumbent
    instance = Instance(run.instance.round, run.instance.book, before.attainable, floor=found.floor)
    incumbent = Incumbent(instance, before.attainable, before.stop, before.on_progress, before.recorder)
    incumbent.prove(bound_alone(instance, before.attainable))
    if before.bound is not None:  # above the floor there are fewer plans, not other ones
        incumbent.prove(before.bound)
    return Run(instance, incumbent, work=run.work, floor=found)


def go_on(run: Run) -> Run:
    """Return the run with the plan and the floor that an earlier process saved, if they stand the recount."""
    recorder = run.incumbent.recorder
    saved = recorder.saved() if recorder is not None else None
    if recorder is None or saved is None or not saved.teams:
        return run
    begun, found = run, None
    if saved.floor is not None:
        found = FoundFloor(Fraction(saved.floor.index), saved.teams, saved.floor.proven)
        begun = _standing_on(found, run)
        recorder.stands_on(found)
    taken = begun.incumbent.begin(saved.teams)
    if not taken and found is not None:
        recorder.leave_floor()
    recorder.took_up(begun.incumbent, begun=taken)
    return begun if taken else run


#: The methods by name. ``auto`` chooses among them.
METHODS: dict[str, Callable[[Instance, Incumbent, Settings, Stop, Memory | None], Run]] = {
    "columns": columns,
    "counties": counties,
    "one_piece": one_piece,
}


def choose_method(instance: Instance, settings: Settings) -> str:
    """Return the method to use: the one asked for, or the best for the instance."""
    if settings.method == "counties" and settings.equity == "floor_first":
        return "columns"  # a floor under all villages is not raised county by county
    if settings.method != "auto":
        return settings.method
    decisions = decisions_of(instance)
    if decisions <= TINY or (settings.equity == "floor_first" and decisions <= SMALL):
        return "one_piece"
    if settings.equity == "floor_first":
        return "columns"
    places = instance.screening.places.values()
    several = len({place.township[0] for place in places}) > 1
    return "counties" if several and len(places) > MANY else "columns"


def decisions_of(instance: Instance) -> int:
    """Return how many decisions there are: who passes screening for which seat."""
    return sum(len(who) for roles in instance.screening.eligible.values() for who in roles.values())
