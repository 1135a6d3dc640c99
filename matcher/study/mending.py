"""Mid-term adjustment: the fewest changes that make a plan in force whole again, replaced from the same units first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import baseline, edited, weight
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

#: What a post counts that goes to somebody of the unit that held it, in points: four times the weight of a pairing kept.
SAME_UNIT = 60


def adjustment(plan: Plan, edits: Iterable[Edit], *, same_unit: int = SAME_UNIT) -> tuple[Edit, ...]:
    """Return the edits that make a round a mid-term adjustment of a plan.

    Parameters
    ----------
    plan
        The plan in force.
    edits
        What has changed since, such as who is recalled or drops out; they come last, so a weight in them counts.
    same_unit
        The weight of the term ``keep_unit``; 0 for no preference.
    """
    return (baseline(plan), weight("keep_unit", same_unit), *edits)


def mend(
    round_: Round,
    plan: Plan,
    edits: Iterable[Edit],
    settings: Settings | None = None,
    *,
    same_unit: int = SAME_UNIT,
    stop: Stop | None = None,
) -> Result:
    """Return the plan that keeps the most of ``plan`` around fixed edits, and of those the one with the highest score.

    Parameters
    ----------
    round_, plan
        The round, and the plan that is edited.
    edits
        What is fixed: locks, drops, anything else of :mod:`matcher.edits`.
    same_unit
        As in :func:`adjustment`.

    Returns
    -------
    Result
        Of the round ``edited(round_, adjustment(plan, edits))``: its best plan has the fewest changes against ``plan``.
    """
    asked = (settings or Settings()).model_copy(update={"kind": "fewest_changes", "plans": 1})
    changed = edited(round_, adjustment(plan, edits, same_unit=same_unit))
    return solve(changed, asked, stop=stop, memory=memory_of(changed.facts, plan))
