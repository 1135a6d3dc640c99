"""Mending a plan around edits made by hand: the fewest changes that make it whole again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import baseline, edited
from matcher.settings import Settings
from matcher.solving.api import solve
from matcher.solving.memory import memory_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.edits import Edit
    from matcher.plan import Plan
    from matcher.result import Result
    from matcher.round import Round
    from matcher.solving.stopping import Stop


def mend(
    round_: Round,
    plan: Plan,
    edits: Iterable[Edit],
    settings: Settings | None = None,
    *,
    stop: Stop | None = None,
) -> Result:
    """Return the plan that keeps the most of ``plan`` around fixed edits, and of those the one with the highest score.

    Parameters
    ----------
    round_, plan
        The round, and the plan that is edited.
    edits
        What is fixed: locks, drops, anything else of :mod:`matcher.edits`.

    Returns
    -------
    Result
        Of the round with the edits and with ``plan`` in force: its best plan has the fewest changes against it.
    """
    asked = (settings or Settings()).model_copy(update={"kind": "fewest_changes", "plans": 1})
    changed = edited(round_, [baseline(plan), *edits])
    return solve(changed, asked, stop=stop, memory=memory_of(changed.facts, plan))
