"""The instance and the start that the general solvers share: the product's own constructed plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.model.instance import Instance
from matcher.solving.attainable import attainable_points
from matcher.solving.construct import construct

if TYPE_CHECKING:
    from benchmarks.methods.base import Task
    from matcher.model.encode import Team


def instance_of(task: Task) -> Instance:
    """Return the instance; attainable points are found only where a rule in effect needs them."""
    instance = Instance(task.round)
    if instance.book.plan_rule("village_floor").on:
        return Instance(task.round, instance.book, attainable_points(instance, task.stop()))
    return instance


def constructed(task: Task) -> tuple[Instance, dict[str, Team] | None]:
    """Return the instance and a constructed plan; None where the construction leaves a hard rule broken."""
    instance = instance_of(task)
    state, _work = construct(instance, task.stop(), seed=task.seed)
    broken, score = state.measure()
    if broken:
        return instance, None
    task.record.found(score, state.posts())
    return instance, state.teams
