"""Repairs: the cheapest changes of the round under which a plan is possible, each proven by a checked plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from matcher.check.recount import recount
from matcher.edits import Edit, edited, release
from matcher.model.instance import Instance
from matcher.problems import InvalidInput
from matcher.rulebook import RuleBook
from matcher.solving.infeasible.conflict import decisions_of, find_conflict
from matcher.solving.infeasible.elastic import Bend, cheapest_bend, named_subject
from matcher.solving.once import solve_once
from matcher.solving.state import posts_of
from matcher.words.repairs import repair_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.check.recount import Broken
    from matcher.codes import Language
    from matcher.plan import Plan, Violation
    from matcher.round import Round
    from matcher.rulekit import Rule
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Subject
    from matcher.solving.infeasible.giving import Giving
    from matcher.solving.stopping import Stop

#: Repairs looked for.
HOW_MANY = 3
#: Elastic models tried for them.
TRIES = 10
#: Deterministic work for one of them.
ONE_BEND = 12.0
#: In a large round, ways to bend the rules that cost more than so many times the cheapest, and this besides, are not
#: looked for.
DEARER, LITTLE = 2, 200
#: Repairs of more steps are not looked through for steps that are spare.
SPARED = 8
#: How often decisions that are still in conflict are taken back too.
IN_TURN = 4
#: The gap at which the solve that proves a repair stops.
NEAR = 0.02


@dataclass(frozen=True)
class Step:
    """One change of a repair.

    Attributes
    ----------
    rule, subjects, amount
        Which rule gives, about whom or what, and by how much.
    price
        What a unit costs.
    edit
        The change of the round.
    sentence
        The change in words, by language.
    """

    rule: str
    subjects: Mapping[str, object]
    amount: int
    price: int
    edit: Edit
    sentence: dict[str, str]


class Shown(Protocol):
    """A plan as far as a repair needs it."""

    @property
    def score(self) -> int:
        """Its score."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Soft rules that it does not meet."""


@dataclass(frozen=True)
class Repair:
    """Changes of the round under which a plan is possible.

    Attributes
    ----------
    steps
        The changes.
    cost
        The sum of price × amount.
    cheapest
        Whether no way to bend the rules as they stand is cheaper (proven). Taking back a decision can open more than that.
    plan
        What the checker counts of a plan of the changed round.
    """

    steps: tuple[Step, ...]
    cost: int
    cheapest: bool
    plan: Shown

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes, to be applied with :func:`matcher.edits.edited`."""
        return tuple(step.edit for step in self.steps)

    def document(self) -> dict[str, object]:
        """Return the repair as JSON data."""
        return {
            "cost": self.cost,
            "cheapest": self.cheapest,
            "works": True,
            "score": self.plan.score,
            "steps": [
                {
                    "rule": step.rule,
                    "subjects": dict(step.subjects),
                    "amount": step.amount,
                    "price": step.price,
                    "edit": step.edit.model_dump(mode="json", exclude_defaults=True),
                    "sentence": step.sentence,
                }
                for step in self.steps
            ],
        }


def find_repairs(
    instance: Instance,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int],
    bend: Bend | None,
) -> list[Repair]:
    """Return the cheapest repairs of an infeasible instance, several where there are, the cheapest first.

    A decision in conflict (``decisions``, by number) may be taken back alone: what it forbids elsewhere is then open
    again, which no bending of the rules as they are can see. Otherwise the first is the cheapest way to bend the
    rules (``bend``), and others are the cheapest that leave one of its steps alone. Each is looked at
    again under the rules as they then are, and only what a checked plan bears out is returned.
    """
    found = list(_releases(instance.round, giving, settings, stop, decisions))
    taken = [named_subject("decisions", step.subjects) for repair in found for step in repair.steps]
    waiting: list[frozenset[Subject]] = [frozenset()]
    tried: set[frozenset[Subject]] = set()
    seen = {frozenset([one]) for one in taken}
    for _ in range(TRIES):
        if not waiting or len(found) >= HOW_MANY or stop.now:
            break
        firm = waiting.pop(0)
        tried.add(firm)
        if firm:
            most = None if not found else DEARER * max(repair.cost for repair in found) + LITTLE
            bend = cheapest_bend(
                instance,
                giving,
                firm,
                stop,
                work=ONE_BEND,
                seed=settings.seed,
                most=most,
                workers=settings.workers,
            )
        if bend is None:
            continue
        about = [named_subject(item.rule, item.breach.subjects) for item in bend.broken]
        waiting += [
            firm | {one} for one in about if firm | {one} not in tried and firm | {one} not in waiting
        ]
        if frozenset(about) in seen:
            continue
        seen.add(frozenset(about))
        repair = _proven(instance.round, bend, giving, settings, stop, first=not firm)
        if repair is not None:
            found.append(repair)
    found.sort(key=lambda repair: (repair.cost, len(repair.steps)))
    found = [
        repair for place, repair in enumerate(found) if not any(_within(one, repair) for one in found[:place])
    ]
    return [replace(repair, cheapest=repair.cheapest and repair.cost == found[0].cost) for repair in found]


def _within(one: Repair, other: Repair) -> bool:
    """Return whether everything that one repair changes, another changes too."""
    return all(step.edit in other.edits for step in one.steps)


def _releases(
    round_: Round,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int],
) -> Iterator[Repair]:
    """Yield the decisions in conflict that are enough by themselves to take back, or else the fewest of them together."""
    gives = giving.get("decisions")
    if gives is None or gives.most == 0:
        return
    rule = RuleBook.of(round_.rules).plan_rule("decisions").rule

    def step_of(number: int) -> Step:
        edit, about = release(number), {"decision": number}
        return Step("decisions", about, 1, gives.price, edit, _sentence(round_, rule, edit))

    steps = tuple(map(step_of, decisions))
    alone = False
    for step in steps:
        plan = _solved(edited(round_, [step.edit]), settings, stop)
        if plan is not None:
            alone = True
            yield Repair((step,), gives.price, cheapest=False, plan=plan)
    for _ in range(IN_TURN):
        if alone or not steps or stop.now or (gives.most is not None and gives.most < len(steps)):
            return
        changed = edited(round_, [step.edit for step in steps])
        together: Shown | None = _solved(changed, settings, stop) if len(steps) > 1 else None
        if together is not None:
            steps, together = _needed(round_, steps, together, settings, stop)
            yield Repair(steps, gives.price * len(steps), cheapest=False, plan=together)
            return
        taken = {int(step.edit.key) for step in steps}
        left = [n for n in range(1, len(round_.decisions) + 1) if n not in taken]
        more = [
            left[n - 1]
            for n in decisions_of(find_conflict(Instance(changed), stop.patient(), seed=settings.seed))
        ]
        if not more:  # what is still in conflict is no decision
            return
        steps += tuple(step_of(n) for n in more)


def _sentence(round_: Round, rule: Rule[Any], edit: Edit) -> dict[str, str]:
    languages: tuple[Language, ...] = ("zh", "en")
    return {language: repair_sentence(round_.facts, rule, edit, language) for language in languages}


def _solved(round_: Round, settings: Settings, stop: Stop) -> Plan | None:
    """Return a checked plan of a changed round, near the best."""
    near = {"plans": 1, "kind": "best", "gap": max(settings.gap, NEAR), "relax": {}}
    return solve_once(round_, settings.model_copy(update=near), stop).plan


def _proven(
    round_: Round, bend: Bend, giving: Mapping[str, Giving], settings: Settings, stop: Stop, *, first: bool
) -> Repair | None:
    """Return a bend as a repair, if the changed round has a checked plan."""
    every = tuple(_steps(round_, bend.broken, giving))
    if len(every) < len(bend.broken):
        return None
    steps = _merged(every)
    try:
        changed = edited(round_, [step.edit for step in steps])
    except InvalidInput:
        return None
    plan = _stands(changed, bend) or _solved(changed, settings, stop)
    if plan is None:
        return None
    # Of the cheapest way no step is spare, unless a rule made soft gives more than it has to.
    if not bend.proven or any(_softens(step) for step in steps):
        steps, plan = _needed(round_, steps, plan, settings, stop)
    steps = tuple(_as_broken(step, plan) for step in steps)
    cost = sum(step.price * step.amount for step in steps)
    return Repair(steps, cost, first and bend.proven and cost == bend.cost, plan)


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


def _merged(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps with those that are the same change of the round as one."""
    found: dict[str, Step] = {}
    for step in steps:
        key = step.edit.model_dump_json()
        known = found.get(key)
        found[key] = step if known is None else replace(known, amount=known.amount + step.amount)
    return tuple(found.values())


def _needed(
    round_: Round, steps: tuple[Step, ...], plan: Shown, settings: Settings, stop: Stop
) -> tuple[tuple[Step, ...], Shown]:
    """Leave out the steps without which a plan is possible too: a rule made soft gives more than it has to."""
    for step in steps:
        rest = tuple(other for other in steps if other is not step)
        if len(steps) == 1 or len(steps) > SPARED or stop.now:
            break
        found = _solved(edited(round_, [other.edit for other in rest]), settings, stop)
        if found is not None:
            steps, plan = rest, found
    return steps, plan


def _steps(round_: Round, broken: tuple[Broken, ...], giving: Mapping[str, Giving]) -> Iterator[Step]:
    """Yield the change of the round for each breach, one upon the other."""
    edits: list[Edit] = []
    # Decisions go by their numbers: what takes one away comes after what counts them.
    for item in sorted(broken, key=lambda item: item.rule == "decisions"):
        if item.rule not in giving:
            return
        now = edited(round_, [edit for edit in edits if edit.op != "release"])
        in_force = RuleBook.of(now.rules).plan_rule(item.rule)
        edit = in_force.rule.give(now.facts, item.breach, in_force.params)
        if edit is None:
            return
        edits.append(edit)
        sentence, price = _sentence(now, in_force.rule, edit), giving[item.rule].price
        yield Step(item.rule, dict(item.breach.subjects), item.breach.amount, price, edit, sentence)
