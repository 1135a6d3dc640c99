"""Mid-term adjustment: the fewest changes that make a plan in force whole again, replaced from the same units first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import SAME_UNIT, adjustment, edited
from matcher.settings import Settings
from matcher.solving.api import solve
from matcher.solving.memory import memory_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from matcher.checkpoint import Checkpoint
    from matcher.edits import Edit
    from matcher.plan import Plan
    from matcher.result import Result
    from matcher.round import Round
    from matcher.solving.incumbent import Progress
    from matcher.solving.stopping import Stop


def mend(  # noqa: PLR0913 - a solve and what it is about
    round_: Round,
    plan: Plan,
    edits: Iterable[Edit],
    settings: Settings | None = None,
    *,
    same_unit: int = SAME_UNIT,
    stop: Stop | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_checkpoint: Callable[[Checkpoint], object] | None = None,
    resume: Checkpoint | None = None,
) -> Result:
    """Return the plan that keeps the most of ``plan`` around fixed edits, and of those the one with the highest score.

    Parameters
    ----------
    round_, plan
        The round, and the plan that is edited.
    edits
        What is fixed: locks, drops, anything else of :mod:`matcher.edits`.
    same_unit
        As in :func:`matcher.edits.adjustment`.
    stop, on_progress, on_checkpoint, resume
        As for :func:`matcher.solve`.

    Returns
    -------
    Result
        Of the round ``edited(round_, adjustment(plan, edits))``: its best plan has the fewest changes against ``plan``.
    """
    changed = edited(round_, adjustment(plan, edits, same_unit=same_unit))
    return solve(
        changed,
        mending(settings or Settings()),
        stop=stop,
        memory=memory_of(changed.facts, plan),
        on_progress=on_progress,
        on_checkpoint=on_checkpoint,
        resume=resume,
    )


def mending(settings: Settings) -> Settings:
    """Return the settings that a plan is mended with: one plan, with the fewest changes."""
    return settings.model_copy(update={"kind": "fewest_changes", "plans": 1})
