"""The product itself, asked as anybody asks it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from benchmarks.methods.base import Ending, Method
from matcher import Settings, solve

if TYPE_CHECKING:
    from benchmarks.methods.base import Task
    from matcher.solving.incumbent import Progress

#: More work than any run of the benchmarks has time for: only the clock ends a run.
UNLIMITED = 1e6


def run(task: Task, method: str) -> Ending:
    """Solve with one of the product's methods."""

    def on_progress(progress: Progress) -> None:
        if progress.score is not None:
            task.record.found(progress.score)
        task.record.proved(progress.bound)

    result = solve(task.round, _settings(task, method), on_progress=on_progress)
    best = result.best
    if best is None:
        return Ending("infeasible" if result.status == "infeasible" else "no plan", result.status)
    task.record.found(best.score)
    task.record.write(best.posts)
    task.record.proved(best.bound)
    return Ending("plan")


def not_offered(method: str) -> str | None:
    """Return why the product can't be asked for a method: this state of it does not have it."""
    offered = get_args(Settings.model_fields["method"].annotation)
    return None if method in offered else f"this state of the product offers {', '.join(offered)} only"


def _settings(task: Task, method: str) -> Settings:
    asked: dict[str, Any] = {
        "method": method,
        "effort": UNLIMITED if method != "one_piece" else max(1.0, task.left),
        "time_limit": task.left,
        "gap": task.gap,
        "seed": task.seed,
        "workers": task.cores,
    }
    return Settings(**asked)


def method(name: str, title: str) -> Method:
    """Return one of the product's methods."""
    missing = partial(not_offered, name)
    return Method(name, title, name, partial(run, method=name), ours=True, missing=missing)


AUTO = method("auto", "matcher")
COLUMNS = method("columns", "matcher, columns")
COUNTIES = method("counties", "matcher, counties")
ONE_PIECE = method("one_piece", "matcher, one piece")
