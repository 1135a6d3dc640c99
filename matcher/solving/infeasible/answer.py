"""The whole answer where no plan is possible: the conflict, repairs that work, the best partial plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.result import Infeasibility
from matcher.solving.infeasible.conflict import find_conflict
from matcher.solving.infeasible.giving import giving
from matcher.solving.infeasible.partial import partial_plan
from matcher.solving.infeasible.repairs import find_repairs

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from matcher.settings import Settings
    from matcher.solving.stopping import Stop


def why_infeasible(instance: Instance, settings: Settings, stop: Stop) -> Infeasibility:
    """Return why an instance has no plan, and what helps; a stop keeps what is known by then."""
    conflict = find_conflict(instance, stop.patient(), seed=settings.seed)
    decisions = [entry["subjects"]["decision"] for entry in conflict.short if entry["rule"] == "decisions"]
    repairs = find_repairs(instance, giving(settings), settings, stop, decisions)
    partial = None if stop.now else partial_plan(instance.round, settings, stop, decisions)
    return Infeasibility(
        conflict=conflict, repairs=tuple(repair.document() for repair in repairs), partial=partial
    )
