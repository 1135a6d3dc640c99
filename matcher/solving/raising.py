"""A run goes on over the same round with a floor: one that is raised now, or one that an earlier process raised."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from matcher.model.instance import Instance
from matcher.solving.attainable import bound_alone
from matcher.solving.floor import FoundFloor, highest_floor
from matcher.solving.incumbent import Incumbent
from matcher.solving.run import Run

if TYPE_CHECKING:
    from matcher.settings import Settings
    from matcher.solving.stopping import Stop


def raise_floor(run: Run, settings: Settings, stop: Stop) -> Run:
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


def go_on(run: Run) -> Run:
    """Return the run with the plan and the floor that an earlier process saved, if they stand the recount."""
    recorder = run.incumbent.recorder
    saved = recorder.saved() if recorder is not None else None
    if recorder is None or saved is None or not saved.teams:
        return run
    begun = run
    if saved.floor is not None:
        found = FoundFloor(Fraction(saved.floor.index), saved.teams, saved.floor.proven)
        begun = _standing_on(found, run)
        recorder.stands_on(found)
    taken = begun.incumbent.begin(saved.teams)
    if not taken:
        recorder.leave_floor()
    recorder.took_up(begun.incumbent, begun=taken)
    return begun if taken else run


def _standing_on(found: FoundFloor, run: Run) -> Run:
    """Return the run over the same round with a floor under every village, without a plan."""
    before = run.incumbent
    instance = Instance(run.instance.round, run.instance.book, before.attainable, floor=found.floor)
    incumbent = Incumbent(instance, before.attainable, before.stop, before.on_progress, before.recorder)
    incumbent.prove(bound_alone(instance, before.attainable))
    if before.bound is not None:  # above the floor there are fewer plans, not other ones
        incumbent.prove(before.bound)
    return Run(instance, incumbent, work=run.work, floor=found)
