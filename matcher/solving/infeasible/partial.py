"""The best partial plan: what can be posted meanwhile, with the seats it leaves empty. It is never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import edited, release, rule
from matcher.explaining import explained
from matcher.model.instance import Instance
from matcher.rulebook import RuleBook
from matcher.rulekit.plan_rule import LAST_RESORT
from matcher.solving.improve import improve
from matcher.solving.methods import SMALL, decisions_of
from matcher.solving.once import plan_of, prepared, solve_once
from matcher.solving.run import Run
from matcher.solving.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.edits import Edit
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Bend
    from matcher.solving.stopping import Stop

#: The gap at which its solve stops, and the work that it may take: penalties keep the gap wide.
NEAR, WORK = 0.005, 6.0
#: The work that goes into improving the way that the rules were bent, in a large round.
IMPROVING = 0.5


def partial_plan(
    round_: Round,
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int] = (),
    bend: Bend | None = None,
) -> Plan | None:
    """Return a plan that leaves few seats empty and has a high score; None where none was found.

    Every plan rule that a plan may break at all is soft here at a high penalty, a quota apart, and decisions in conflict
    (``decisions``, by number) are left aside; ``violations`` says what is broken. Score and bound count these penalties.
    In a large round it is ``bend`` made better, where that keeps what may not be broken.
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
    plan = None if bend is None else _improved(changed, bend, settings, stop)
    if plan is None:
        plan = solve_once(changed, near, stop).plan
    return None if plan is None else explained(changed, plan)


def _improved(changed: Round, bend: Bend, settings: Settings, stop: Stop) -> Plan | None:
    """Return the teams of a bend, made better; None for a small round, or where they break what may not be broken."""
    instance = Instance(changed)
    if decisions_of(instance) <= SMALL:
        return None
    instance, incumbent = prepared(instance, stop)
    if not incumbent.offer(bend.teams):
        return None
    state = State(instance, bend.teams)
    attainable, seed = incumbent.attainable, settings.seed
    improve(
        state, attainable, stop, work=IMPROVING, seed=seed, on_better=lambda: incumbent.offer(state.teams)
    )
    return plan_of(Run(instance, incumbent))
