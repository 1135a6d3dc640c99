"""Repairs: the cheapest changes of the round under which a plan is possible, each proven by a checked plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.check.recount import recount
from matcher.edits import edited
from matcher.model.instance import Instance
from matcher.problems import InvalidInput
from matcher.rulebook import RuleBook
from matcher.solving.infeasible.elastic import Bend, cheapest_bend, named_subject
from matcher.solving.infeasible.releases import freed, releases
from matcher.solving.infeasible.repair import SPARED, Repair, Shown, Step, needed, sentence_of, solved
from matcher.solving.methods import SMALL, decisions_of
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from matcher.check.recount import Broken
    from matcher.edits import Edit
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Subject
    from matcher.solving.infeasible.giving import Giving
    from matcher.solving.stopping import Stop

#: Repairs looked for.
HOW_MANY = 3
#: Elastic models tried for them, and how many of them in a large round.
TRIES, LARGE_TRIES = 10, 2
#: Deterministic work for one that is another way than the cheapest.
ANOTHER = 3.0
#: In a large round, ways to bend the rules that cost more than so many times the cheapest, and this besides, are not
#: looked for.
DEARER, LITTLE = 2, 200


def find_repairs(
    instance: Instance,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int],
    bend: Bend | None,
    *,
    on_first: Callable[[], None] = lambda: None,
) -> list[Repair]:
    """Return the cheapest repairs of an infeasible instance, several where there are, the cheapest first.

    A decision in conflict (``decisions``, by number) may be taken back alone: what it forbids elsewhere is then open
    again, which no bending of the rules as they are can see. Otherwise the first is the cheapest way to bend the
    rules (``bend``), and others are the cheapest that leave one of its steps alone. Each is looked at
    again under the rules as they then are, and only what a checked plan bears out is returned. ``on_first`` is called once
    there is one.
    """
    found: list[Repair] = []
    seen: set[frozenset[Subject]] = set()

    def keep(repair: Repair | None) -> None:
        if repair is not None:
            found.append(repair)
            if len(found) == 1:
                on_first()

    def look_at(way: Bend, *, first: bool) -> None:
        about = frozenset(named_subject(item.rule, item.breach.subjects) for item in way.broken)
        if about not in seen:
            seen.add(about)
            keep(_proven(instance.round, way, giving, settings, stop, first=first))

    large = decisions_of(instance) > SMALL
    if bend is not None and large:  # its teams are at hand, a decision taken back is a whole solve
        look_at(bend, first=True)
    if bend is None:
        for repair in _by_freeing(instance, giving, settings, stop):
            keep(repair)
    few = bend is None or not large  # or else the bend says what goes together
    for repair in releases(instance.round, giving, settings, stop, decisions, together=few):
        keep(repair)
    seen |= {frozenset([named_subject("decisions", step.subjects)]) for one in found for step in one.steps}
    for way, first in _ways(instance, giving, settings, stop, bend, found):
        look_at(way, first=first)
    found.sort(key=lambda repair: (repair.cost, len(repair.steps)))
    found = [
        repair for place, repair in enumerate(found) if not any(_within(one, repair) for one in found[:place])
    ]
    return [replace(repair, cheapest=repair.cheapest and repair.cost == found[0].cost) for repair in found]


def _ways(
    instance: Instance,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    bend: Bend | None,
    found: Sequence[Repair],
) -> Iterator[tuple[Bend, bool]]:
    """Yield the cheapest way to bend the rules (``bend``), and others that leave some of its steps alone.

    Parameters
    ----------
    found
        The repairs so far; it grows meanwhile.

    Yields
    ------
    tuple[Bend, bool]
        A way, and whether it is the cheapest.
    """
    waiting: list[frozenset[Subject]] = [frozenset()]
    tried: set[frozenset[Subject]] = set()
    for _ in range(LARGE_TRIES if decisions_of(instance) > SMALL else TRIES):
        if not waiting or len(found) >= HOW_MANY or stop.now:
            break
        firm = waiting.pop(0)
        tried.add(firm)
        way = bend
        if firm:
            most = None if not found else DEARER * max(repair.cost for repair in found) + LITTLE
            seed, workers = settings.seed, settings.workers
            way = cheapest_bend(
                instance, giving, firm, stop, work=ANOTHER, seed=seed, most=most, workers=workers
            )
        if way is None:
            continue
        about = [named_subject(item.rule, item.breach.subjects) for item in way.broken]
        waiting += [
            firm | {one} for one in about if firm | {one} not in tried and firm | {one} not in waiting
        ]
        yield way, not firm


def _by_freeing(
    instance: Instance, giving: Mapping[str, Giving], settings: Settings, stop: Stop
) -> Iterator[Repair]:
    """Yield a repair that takes decisions back first and bends rules then, where rules alone can't be bent."""
    found = freed(instance, giving, settings, stop)
    if found is None:
        return
    first, bend = found
    changed = edited(instance.round, [step.edit for step in first])
    rest = tuple(_steps(changed, bend.broken, giving))
    steps = (
        *_merged(changed, rest),
        *first,
    )  # decisions go by their numbers: what takes them away comes last
    if len(rest) < len(bend.broken) or any(step.rule == "decisions" for step in rest):
        return
    plan = _stands(edited(instance.round, [step.edit for step in steps]), bend)
    if plan is not None:
        steps = tuple(_as_broken(step, plan) for step in steps)
        yield Repair(steps, sum(step.price * step.amount for step in steps), cheapest=False, plan=plan)


def _within(one: Repair, other: Repair) -> bool:
    """Return whether everything that one repair changes, another changes too."""
    return all(step.edit in other.edits for step in one.steps)


def _proven(
    round_: Round, bend: Bend, giving: Mapping[str, Giving], settings: Settings, stop: Stop, *, first: bool
) -> Repair | None:
    """Return a bend as a repair, if the changed round has a checked plan."""
    every = tuple(_steps(round_, bend.broken, giving))
    if len(every) < len(bend.broken):
        return None
    steps = _merged(round_, every)
    try:
        changed = edited(round_, [step.edit for step in steps])
    except InvalidInput:
        return None
    plan = _stands(changed, bend) or solved(changed, settings, stop).plan
    if plan is None:
        return None
    steps, plan = _without_spare(round_, steps, plan, bend)
    # Of the cheapest way no step is spare then, unless a rule made soft gives more than it has to. In a large round a way that
    # is not proven the cheapest stays as it is: each question would be a whole solve.
    unsure = not bend.proven and decisions_of(Instance(round_)) <= SMALL
    if unsure or any(_softens(step) for step in steps):
        steps, plan = needed(round_, steps, plan, settings, stop)
    steps = tuple(_as_broken(step, plan) for step in steps)
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
        counted = _stands(changed, bend) if rest else None
        if counted is not None:
            steps, plan = rest, counted
    return steps, plan


def _stands(changed: Round, bend: Bend) -> Shown | None:
    """Return what the checker counts of the teams of a bend in the changed round; None where they are no plan of it."""
    instance = Instance(changed)
    if instance.book.plan_rule("village_floor").on:  # which needs attainable points of the changed round
        return None
    posts = posts_of(instance, bend.teams)
    counted = recount(changed.facts, instance.book, posts, {})
    return counted if counted.feasible else None


def _softens(step: Step) -> bool:
    return step.edit.op == "rule" and step.edit.values.get("mode") == "soft"


def _as_broken(step: Step, plan: Shown) -> Step:
    """Return a step with the amount by which the plan makes use of it: a rule made soft may give more than once."""
    if not _softens(step):
        return step
    broken = sum(violation.amount for violation in plan.violations if violation.rule == step.rule)
    return replace(step, amount=broken or step.amount)


def _merged(round_: Round, steps: Iterable[Step]) -> tuple[Step, ...]:
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


def _steps(round_: Round, broken: tuple[Broken, ...], giving: Mapping[str, Giving]) -> Iterator[Step]:
    """Yield the change of the round for each breach, one upon the other."""
    edits: list[Edit] = []
    # Decisions go by their numbers: what takes one away comes after what counts them.
    for item in sorted(broken, key=lambda item: item.rule == "decisions"):
        if item.rule not in giving:
            return
        now = round_
        edit = _given(now, item)
        if edit is not None and any((edit.op, edit.table, edit.key) == (e.op, e.table, e.key) for e in edits):
            now = edited(round_, [edit for edit in edits if edit.op != "release"])
            edit = _given(now, item)
        if edit is None:
            return
        edits.append(edit)
        in_force = RuleBook.of(now.rules).plan_rule(item.rule)
        sentence, price = sentence_of(now, in_force.rule, edit), giving[item.rule].price
        yield Step(item.rule, dict(item.breach.subjects), item.breach.amount, price, edit, sentence)


def _given(round_: Round, item: Broken) -> Edit | None:
    """Return the change of the round by which a rule gives."""
    in_force = RuleBook.of(round_.rules).plan_rule(item.rule)
    return in_force.rule.give(round_.facts, item.breach, in_force.params)
