"""The scenarios of a study side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from matcher.study import changes
from matcher.study.scenario import BASE

if TYPE_CHECKING:
    from matcher.study.study import Study

_COLUMNS = (
    "status", "score", "bound", "gap", "base", "base_keeps", "change", "moves", "posts", "worst_index", "interrupted",
)  # fmt: skip


def scores(study: Study) -> pd.DataFrame:
    """Return a row a scenario that was run; see :meth:`matcher.study.Study.scores`."""
    base = study.scenarios[BASE].result
    best = base.best if base is not None else None
    rows = {}
    for name, scenario in study.scenarios.items():
        if scenario.result is None:
            continue
        plan = scenario.result.best
        row: dict[str, Any] = {"status": scenario.result.status, "interrupted": scenario.interrupted}
        if plan is not None:
            row |= {"score": plan.score, "bound": plan.bound, "gap": plan.gap, "posts": len(plan.posts)}
            row["worst_index"] = min((village.index for village in plan.villages), default=None)
            if best is not None:
                here = changes.recounted(study.round_of(name), best, study.round, plan)
                row |= {"base": here.plan.score, "base_keeps": not here.breaks}
                row["change"] = plan.score - here.plan.score
                row["moves"] = len(changes.moves(study.round.facts, best, plan))
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS))
