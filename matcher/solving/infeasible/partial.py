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
from matcher.solving.incumbent import Incumbent
from matcher.solving.methods import METHODS, SMALL, choose_method, decisions_of
from matcher.solving.state import State, posts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matcher.edits import Edit
    from matcher.plan import Post
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Bend
    from matcher.solving.run import Run
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
    others: Iterable[Sequence[Post]] = (),
) -> Plan | None:
    """Return a plan that leaves few seats empty and has a high score; None where none was found.

    Of ``others``, the plans of repairs, one that leaves no more seats empty and breaks less takes its place: two locks on
    one seat are not both left aside, where a plan is known already that keeps one of them.

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
    reach = run.incumbent.attainable
    if not reach.keys() >= round_.facts.places.keys():
        reach = attainable_points(run.instance, stop.patient())
    posts: Sequence[Post] | None = None if bend is None else _improved(changed, bend, reach, settings, stop)
    if posts is None and not stop.now:
        posts = _solved(changed, reach, near, stop)
    may_give = {*(edit.key for edit in edits if edit.op == "rule"), "decisions"} | _soft(round_)
    known = [_counted(run, some, reach) for some in others]
    found = [plan for plan in known if {one.rule for one in plan.violations} <= may_give]
    if posts is not None:
        found.insert(0, _counted(run, posts, reach))
    best = min(found, key=_falls_short, default=None)
    return None if best is None else explained(round_, best)


def _soft(round_: Round) -> set[str]:
    return {item.rule.id for item in RuleBook.of(round_.rules).plan if item.mode == "soft"}


def _falls_short(plan: Plan) -> tuple[int, int, int]:
    """Return what makes one partial plan worse than another: posts that are missing, breaches, a lower score."""
    return -len(plan.posts), sum(one.amount for one in plan.violations if not one.penalty), -plan.score


def _counted(run: Run, posts: Sequence[Post], reach: Mapping[str, int]) -> Plan:
    """Return posts with what the checker counts of them in a round that has no plan.

    ``violations`` lists every hard rule that is broken, decisions left aside among them. Bound, gap and reserves were
    found under other rules than those of the round: none of them is kept.
    """
    round_ = run.instance.round
    counted = recount(round_.facts, RuleBook.of(round_.rules), posts, reach)
    return Plan(
        kind="partial",
        score=counted.score,
        posts=tuple(posts),
        bundles=counted.bundles,
        terms=counted.terms,
        villages=counted.villages,
        violations=(*counted.left_aside, *counted.violations),
        floor=counted.floor(),
    )


def _solved(changed: Round, reach: Mapping[str, int], settings: Settings, stop: Stop) -> list[Post] | None:
    """Return the posts of a plan of the changed round; None where none was found. ``reach`` as in :func:`_improved`."""
    instance = Instance(changed, attainable=reach)
    incumbent = Incumbent(instance, dict(reach), stop)
    METHODS[choose_method(instance, settings)](instance, incumbent, settings, stop, None)
    if incumbent.teams is None:
        return None
    incumbent.settle()
    return posts_of(instance, incumbent.teams)


def _improved(
    changed: Round, bend: Bend, reach: Mapping[str, int], settings: Settings, stop: Stop
) -> list[Post] | None:
    """Return the teams of a bend, made better; None for a small round, or where they break what may not be broken.

    Parameters
    ----------
    reach
        The attainable points of the villages under the rules of the round itself: what an index is counted by.
    """
    instance = Instance(changed, attainable=reach)
    if decisions_of(instance) <= SMALL:
        return None
    incumbent = Incumbent(instance, dict(reach), stop)
    if not incumbent.offer(bend.teams):
        return None
    state = State(instance, bend.teams)
    improve(
        state,
        incumbent.attainable,
        stop,
        work=IMPROVING,
        seed=settings.seed,
        on_better=lambda: incumbent.offer(state.teams),
    )
    return posts_of(instance, incumbent.teams or {})
