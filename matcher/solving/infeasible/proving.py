"""A way to bend the rules as a repair: the changes of the round that it takes, and a checked plan of the changed round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.check.recount import recount
from matcher.edits import edited
from matcher.model.instance import Instance
from matcher.problems import InvalidInput
from matcher.rulebook import RuleBook
from matcher.solving.infeasible.repair import SPARED, Repair, Shown, Step, needed, sentence_of, solved
from matcher.solving.methods import SMALL, decisions_of
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.check.recount import Broken
    from matcher.edits import Edit
    from matcher.giving import Giving
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Bend
    from matcher.solving.stopping import Stop


def proven(
    round_: Round, bend: Bend, giving: Mapping[str, Giving], settings: Settings, stop: Stop, *, first: bool
) -> Repair | None:
    """Return a bend as a repair, if the changed round has a checked plan."""
    every = steps_of(round_, bend.broken, giving)
    if every is None:
        return None
    steps = merged(round_, every)
    try:
        changed = edited(round_, [step.edit for step in steps])
    except InvalidInput:
        return None
    plan = stands(changed, bend) or solved(changed, settings, stop).plan
    if plan is None:
        return None
    steps, plan = _without_spare(round_, steps, plan, bend)
    # Of the cheapest way no step is spare then, unless a rule made soft gives more than it has to. In a large round a way that
    # is not proven the cheapest stays as it is: each question would be a whole solve.
    unsure = not bend.proven and decisions_of(Instance(round_)) <= SMALL
    if unsure or any(_softens(step) for step in steps):
        steps, plan = needed(round_, steps, plan, settings, stop)
    steps = tuple(as_broken(step, plan) for step in steps)
    cost = sum(step.price * step.amount for step in steps)
    return Repair(steps, cost, first and bend.proven and cost <= bend.cost, plan)


def _without_spare(
    round_: Round, steps: tuple[Step, ...], plan: Shown, bend: Bend
) -> tuple[tuple[Step, ...], Shown]:
    """Leave out the steps without which the teams of the bend stand too.

    One step may do away with what another is for: without a seat, nobody is picked by name for it.
    """
    for step in steps if 1 < len(steps) <= SPARED else ():
        rest = tuple(other for other in steps if other is not step)
        try:
            changed = edited(round_, [other.edit for other in rest])
        except InvalidInput:
            continue
        counted = stands(changed, bend) if rest else None
        if counted is not None:
            steps, plan = rest, counted
    return steps, plan


def stands(changed: Round, bend: Bend) -> Shown | None:
    """Return what the checker counts of the teams of a bend in the changed round; None where they are no plan of it."""
    instance = Instance(changed)
    if instance.book.plan_rule("village_floor").on:  # which needs attainable points of the changed round
        return None
    posts = posts_of(instance, bend.teams)
    counted = recount(changed.facts, instance.book, posts, {})
    return counted if counted.feasible else None


def _softens(step: Step) -> bool:
    return step.edit.op == "rule" and step.edit.values.get("mode") == "soft"


def as_broken(step: Step, plan: Shown) -> Step:
    """Return a step with the amount by which the plan makes use of it: a rule made soft may give more than once."""
    if not _softens(step):
        return step
    broken = sum(violation.amount for violation in plan.violations if violation.rule == step.rule)
    return replace(step, amount=broken or step.amount)


def merged(round_: Round, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps with those that change the same thing as one: the later takes the earlier in, so its amounts are both."""
    found: dict[object, Step] = {}
    for step in steps:
        key = _changed(step.edit)
        known = found.get(key)
        if known is None:
            found[key] = step
            continue
        rule = RuleBook.of(round_.rules).plan_rule(step.rule).rule
        found[key] = replace(
            step, amount=known.amount + step.amount, sentence=sentence_of(round_, rule, step.edit)
        )
    return tuple(found.values())


def _changed(edit: Edit) -> object:
    """Return what an edit changes: which fields of which row, or which parameters of which rule."""
    fields = {
        (name, *sorted(value)) if isinstance(value, dict) and name == "params" else (name,)
        for name, value in edit.values.items()
    }
    return edit.op, edit.table, edit.key, frozenset(fields)


def steps_of(
    round_: Round, broken: tuple[Broken, ...], giving: Mapping[str, Giving]
) -> tuple[Step, ...] | None:
    """Return the change of the round for each breach, one upon the other; None where one of them can't give."""
    steps: list[Step] = []
    # Decisions go by their numbers: what takes one away comes after what counts them.
    for item in sorted(broken, key=lambda item: item.rule == "decisions"):
        if item.rule not in giving:
            return None
        now, edits = round_, [step.edit for step in steps]
        edit = _given(now, item)
        if edit is not None and any((edit.op, edit.table, edit.key) == (e.op, e.table, e.key) for e in edits):
            now = edited(round_, [edit for edit in edits if edit.op != "release"])
            edit = _given(now, item)
        if edit is None:
            return None
        in_force = RuleBook.of(now.rules).plan_rule(item.rule)
        sentence, price = sentence_of(now, in_force.rule, edit), giving[item.rule].price
        steps.append(Step(item.rule, dict(item.breach.subjects), item.breach.amount, price, edit, sentence))
    return tuple(steps)


def _given(round_: Round, item: Broken) -> Edit | None:
    """Return the change of the round by which a rule gives."""
    in_force = RuleBook.of(round_.rules).plan_rule(item.rule)
    return in_force.rule.give(round_.facts, item.breach, in_force.params)
