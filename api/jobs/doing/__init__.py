"""What a child does, one module a kind of run, called as the kind is; only this package solves, and only in children."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.jobs.messages import Task
    from api.jobs.speaker import Speaker
    from matcher.solving import Stop


def doing(kind: str) -> Callable[[Task, Stop, Speaker], dict[str, Any]]:
    """Return what does a kind of run; what only that kind needs is loaded now."""
    do: Callable[[Task, Stop, Speaker], dict[str, Any]] = import_module(f"{__name__}.{kind}").do
    return do
