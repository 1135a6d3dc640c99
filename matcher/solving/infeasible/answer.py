"""The whole answer where no plan is possible: the conflict, repairs that work, the best partial plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.giving import giving
from matcher.plan import Plan
from matcher.result import Infeasibility
from matcher.solving.infeasible.conflict import decisions_of, find_conflict
from matcher.solving.infeasible.elastic import ONE_BEND, cheapest_bend
from matcher.solving.infeasible.partial import partial_plan
from matcher.solving.infeasible.repairs import find_repairs

if TYPE_CHECKING:
    from matcher.settings import Settings
    from matcher.solving.run import Run
    from matcher.solving.stopping import Stop


def why_infeasible(run: Run, settings: Settings, stop: Stop) -> Infeasibility:
    """Return why the round of a run has no plan, and what helps; a stop keeps what is known by then.

    What it is at is told as phases: ``conflict``, ``repair`` (the first that works), ``repairs`` (others), ``partial``.
    """
    instance, gives, patient, enter = run.instance, giving(settings), stop.patient(), run.incumbent.enter
    enter("conflict")
    bend = None
    if not stop.now:
        seed, workers = settings.seed, settings.workers
        bend = cheapest_bend(instance, gives, (), stop, work=ONE_BEND, seed=seed, workers=workers)
    conflict = find_conflict(instance, patient, seed=settings.seed, certificate=run.certificate, bend=bend)
    decisions = decisions_of(conflict)
    enter("repair")
    repairs = find_repairs(
        instance, gives, settings, stop, decisions, bend, on_first=lambda: enter("repairs")
    )
    enter("partial")
    others = [repair.plan.posts for repair in repairs if isinstance(repair.plan, Plan)]
    partial = None
    if others or not stop.now:
        partial = partial_plan(run, settings, stop, decisions, bend, others)
    return Infeasibility(
        conflict=conflict, repairs=tuple(repair.document() for repair in repairs), partial=partial
    )
