"""The best partial plan: what can be posted meanwhile, with the seats it leaves empty. It is never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.check.recount import recount
from matcher.edits import edited, release, rule
from matcher.explaining import explained
from matcher.model.instance import Instance
from matcher.plan import Plan
from matcher.rulebook import RuleBook
from matcher.rulekit.plan_rule import LAST_RESORT
from matcher.solving.attainable import attainable_points
from matcher.solving.improve import improve
from matcher.solving.methods import SMALL, Run, decisions_of
from matcher.solving.once import plan_of, prepared, solve_once
from matcher.solving.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.edits import Edit
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Bend
    from matcher.solving.stopping import Stop

#: The gap at which its solve stops, whatever gap a plan is asked for with, and the work that it may take: penalties keep
#: the gap wide.
NEAR, WORK = 0.005, 6.0
#: The work that goes into improving the way that the rules were bent, in a large round.
IMPROVING = 0.5


def partial_plan(
    run: Run,
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int] = (),
    bend: Bend | None = None,
) -> Plan | None:
    """Return a plan that leaves few seats empty and has a high score; None where none was found.

    Every plan rule that a plan may break at all is soft here at a high penalty, a quota apart, and decisions in conflict
    (``decisions``, by number) are left aside. In a large round it is ``bend`` made better, where that keeps what may not
    be broken. What comes of it is counted by the rules of the round itself.
    """
    round_ = run.instance.round
    edits: list[Edit] = [release(number) for number in decisions]
    edits += [
        rule(item.rule.id, mode="soft", weight=LAST_RESORT)
        for item in RuleBook.of(round_.rules).plan
        if item.mode == "hard" and "soft" in item.rule.modes and item.rule.id != "unit_quota"
    ]
    asked = {"plans": 1, "kind": "best", "gap": NEAR, "relax": {}}
    near = settings.model_copy(update={**asked, "effort": min(settings.work, WORK)})
    changed = edited(round_, edits)
    plan = None if bend is None else _improved(changed, bend, settings, stop)
    if plan is None:
        plan = solve_once(changed, near, stop).plan
    return None if plan is None else _counted(run, plan, stop)


def _counted(run: Run, plan: Plan, stop: Stop) -> Plan:
    """Return a plan's posts with what the checker counts of them in a round that has no plan.

    ``violations`` lists every hard rule that is broken, decisions left aside among them. Bound, gap and reserves were
    found under other rules than those of the round: none of them is kept.
    """
    round_, reach = run.instance.round, run.incumbent.attainable
    if not reach.keys() >= round_.facts.places.keys():
        reach = attainable_points(Instance(round_), stop.patient())
    counted = recount(round_.facts, RuleBook.of(round_.rules), plan.posts, reach)
    partial = Plan(
        kind="partial",
        score=counted.score,
        posts=plan.posts,
        bundles=counted.bundles,
        terms=counted.terms,
        villages=counted.villages,
        violations=(*counted.left_aside, *counted.violations),
        floor=counted.floor(),
    )
    return explained(round_, partial)


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
    return plan_of(
        Run(instance, incumbent, reserves=())
    )  # nobody is named to stand by for posts that are not given
