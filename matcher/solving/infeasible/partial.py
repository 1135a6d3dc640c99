"""The best partial plan: what can be posted meanwhile, with the seats it leaves empty. It is never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import edited, release, rule
from matcher.explaining import explained
from matcher.rulebook import RuleBook
from matcher.rulekit.plan_rule import LAST_RESORT
from matcher.solving.once import solve_once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.edits import Edit
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.stopping import Stop

#: The gap at which its solve stops, and the work that it may take: penalties keep the gap wide.
NEAR, WORK = 0.005, 6.0


def partial_plan(round_: Round, settings: Settings, stop: Stop, decisions: Iterable[int] = ()) -> Plan | None:
    """Return a plan that leaves few seats empty and has a high score; None where none was found.

    Every plan rule that a plan may break at all is soft here at a high penalty, a quota apart, and decisions in conflict
    (``decisions``, by number) are left aside; ``violations`` says what is broken. Score and bound count these penalties.
    """
    book = RuleBook.of(round_.rules)
    edits: list[Edit] = [release(number) for number in decisions]
    edits += [
        rule(item.rule.id, mode="soft", weight=LAST_RESORT)
        for item in book.plan
        if item.mode == "hard" and "soft" in item.rule.modes and item.rule.id != "unit_quota"
    ]
    asked = {"plans": 1, "kind": "best", "gap": max(settings.gap, NEAR), "relax": {}}
    near = settings.model_copy(update={**asked, "effort": min(settings.work, WORK)})
    changed = edited(round_, edits)
    plan = solve_once(changed, near, stop).plan
    return None if plan is None else explained(changed, plan)
