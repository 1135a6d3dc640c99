"""Taking decisions back: what they forbid elsewhere is then open again, which no bending of the rules can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.edits import edited, release
from matcher.model.instance import Instance
from matcher.rulebook import RuleBook
from matcher.solving.infeasible.conflict import decisions_of, find_conflict
from matcher.solving.infeasible.elastic import ONE_BEND, cheapest_bend
from matcher.solving.infeasible.oracle import smallest
from matcher.solving.infeasible.repair import Repair, Step, needed, sentence_of, solved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.giving import Giving
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.infeasible.elastic import Bend
    from matcher.solving.once import Found
    from matcher.solving.stopping import Stop

#: How often decisions that are still in conflict are taken back too.
IN_TURN = 4


def releases(
    round_: Round,
    giving: Mapping[str, Giving],
    settings: Settings,
    stop: Stop,
    decisions: Iterable[int],
    *,
    together: bool = True,
) -> Iterator[Repair]:
    """Yield the decisions in conflict that are enough by themselves to take back, or else few of them together.

    Parameters
    ----------
    decisions
        The numbers of the decisions in conflict.
    together
        Whether few of them together are looked for, where none is enough by itself.
    """
    gives = giving.get("decisions")
    numbers = list(decisions)
    if gives is None or gives.most == 0 or not numbers:
        return
    answers = []
    for number in numbers:
        answers.append(solved(edited(round_, [release(number)]), settings, stop))
        plan = answers[-1].plan
        if plan is not None:
            yield Repair((_step(round_, number, gives.price),), gives.price, cheapest=False, plan=plan)
    if not together or any(answer.plan is not None for answer in answers):
        return
    most = len(round_.decisions) if gives.most is None else gives.most
    several = _together(round_, numbers, answers, settings, stop, most=most)
    if several is None or several[1].plan is None:
        return
    steps = tuple(_step(round_, number, gives.price) for number in several[0])
    few, shown = needed(round_, steps, several[1].plan, settings, stop)
    yield Repair(few, gives.price * len(few), cheapest=False, plan=shown)


def _together(
    round_: Round, numbers: list[int], answers: list[Found], settings: Settings, stop: Stop, *, most: int
) -> tuple[list[int], Found] | None:
    """Return decisions that together are enough to take back, and what was found without them; None where none are.

    Parameters
    ----------
    answers
        What was found without each of ``numbers`` alone: no plan.
    """
    answer = answers[0]
    for turn in range(IN_TURN):
        if len(numbers) > most or stop.now:
            return None
        if turn or len(numbers) > 1:
            answer = solved(edited(round_, [release(number) for number in numbers]), settings, stop)
        if answer.plan is not None:
            return numbers, answer
        if answer.status != "infeasible":
            return None
        left = [number for number in range(1, len(round_.decisions) + 1) if number not in numbers]
        certificate = answer.run.certificate
        conflict = find_conflict(
            answer.run.instance, stop.patient(), seed=settings.seed, certificate=certificate
        )
        more = [left[number - 1] for number in decisions_of(conflict)]  # the changed round counts anew
        if not more:  # what is still in conflict is no decision
            return None
        numbers = [*numbers, *more]
    return None


def freed(
    instance: Instance, giving: Mapping[str, Giving], settings: Settings, stop: Stop
) -> tuple[tuple[Step, ...], Bend] | None:
    """Return few decisions without which the rules can be bent, and the bend; None where there are none such.

    For a round whose rules can't be bent as they stand: where two villages are bound to a unit with one person to lead
    them, no rule that gives brings a second one.
    """
    round_, gives = instance.round, giving.get("decisions")
    if gives is None or gives.most == 0 or not round_.decisions or stop.now:
        return None
    bends: dict[frozenset[int], Bend | None] = {}

    def helps(numbers: list[int]) -> bool:
        changed = Instance(
            edited(round_, [release(number) for number in sorted(numbers)]), attainable=instance.attainable
        )
        key = frozenset(numbers)
        if key not in bends:
            seed, workers = settings.seed, settings.workers
            bends[key] = cheapest_bend(changed, giving, (), stop, work=ONE_BEND, seed=seed, workers=workers)
        return bends[key] is not None

    every = list(range(1, len(round_.decisions) + 1))
    if not helps(every):
        return None
    few = smallest(every, helps)
    bend = bends.get(frozenset(few)) if few and helps(few) else None
    if bend is None or (gives.most is not None and len(few) > gives.most):
        return None
    return tuple(_step(round_, number, gives.price) for number in sorted(few)), bend


def _step(round_: Round, number: int, price: int) -> Step:
    rule, edit = RuleBook.of(round_.rules).plan_rule("decisions").rule, release(number)
    return Step("decisions", {"decision": number}, 1, price, edit, sentence_of(round_, rule, edit))
