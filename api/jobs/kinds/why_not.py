"""The kind ``why_not``: why a cadre is not at a village, or a unit does not lead it, and what it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.jobs.kinds.kind import Kind, Outcome
from api.jobs.kinds.solve import time_left
from matcher.check import check
from matcher.check.distances import held
from matcher.demands import DEMANDS
from matcher.edits import Edit, edited
from matcher.plan import Plan
from matcher.round import Round
from matcher.rulebook import catalogue
from matcher.words.why_not import why_not_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.messages import Task
    from matcher.codes import Language

_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
#: Answers that come without a plan.
_WITHOUT: Final = frozenset({"refused", "impossible", "open"})


def _outcome(task: Task, answer: Mapping[str, Any]) -> Outcome:
    """Return the answer with its sentence and its names, if its plans have the pairing and stand the check."""
    round_, at_hand = Round.from_document(task.round), Plan.from_document(task.plans[0])
    work = answer["provenance"]["work"]
    if not (_is_true(round_, at_hand, task.asked, answer) and _turns_are_true(round_, task.asked, answer)):
        return Outcome("failed", "recount_differs", work=work)
    said = {"sentence": _sentence(answer), "names": _names(round_, task.asked)}
    return Outcome("done", result={**answer, **said}, work=work, is_whole=not answer["interrupted"])


def _sentence(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return what was answered in words that hold no fact of a person: what screening says is not among them."""
    rules = {**catalogue(), **DEMANDS}
    return {
        language: why_not_sentence(answer, lambda rule, said=language: rules[rule].name.in_(said), language)  # type: ignore[misc]
        for language in _LANGUAGES
    }


def _is_true(round_: Round, at_hand: Plan, question: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Return whether a plan bears out what is said of the pairing."""
    if answer["score"] != at_hand.score:
        return False
    if answer["plan"] is None:
        return answer["answer"] in _WITHOUT
    plan = Plan.from_document(answer["plan"])
    cost = at_hand.score - plan.score
    said = "held" if _has(round_, at_hand, question) else "better" if cost < 0 else "cost"
    return (
        (answer["answer"], answer["at_most"]) == (said, cost)
        and _has(round_, plan, question)
        and check(round_, plan).ok
        and {move["cadre"] for move in answer["moves"]} == _moved(round_, at_hand, plan)
    )


def _turns_are_true(round_: Round, question: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Return whether every change of the round has a plan of the changed round with the pairing."""
    for turn in answer["turns"]:
        changed, plan = edited(round_, [Edit.model_validate(turn["edit"])]), Plan.from_document(turn["plan"])
        if not (_has(changed, plan, question) and check(changed, plan).ok):
            return False
    return True


def _has(round_: Round, plan: Plan, question: Mapping[str, Any]) -> bool:
    """Return whether a plan has the pairing that is asked about."""
    village = question["village"]
    if question["unit"]:
        leads = {(bundle.unit, bundle.village) for bundle in plan.bundles if bundle.kind == "lead"}
        return (question["unit"], village) in leads
    return any(
        (cadre, place) == (question["cadre"], village) and question["role"] in ("", role)
        for cadre, place, role in held(round_.facts, plan)
    )


def _moved(round_: Round, before: Plan, after: Plan) -> set[str]:
    """Return whose post differs."""
    return {cadre for cadre, _, _ in held(round_.facts, before) ^ held(round_.facts, after)}


def _names(round_: Round, question: Mapping[str, Any]) -> dict[str, str]:
    facts = round_.facts
    place = facts.places.get(question["village"])  # none for a captain's township, whose id is its name
    names = {"village": question["village"] if place is None else place.village.name}
    if question["cadre"]:
        names["cadre"] = facts.people[question["cadre"]].record.name
    if question["unit"]:
        names["unit"] = facts.units[question["unit"]].name
    return names


KIND: Final = Kind(time_left, _outcome)
