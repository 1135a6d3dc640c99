"""Views of what runs answered, and of what they were asked, without what is sensitive; by the kind of the answer.

What is not known to be open is left out, as in :mod:`api.access.masking_results`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.access.masking import masked, masked_edits
from api.access.masking_results import masked_conflict, masked_plan, masked_result
from api.plans.masking import OPEN_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_WHY_NOT: Final = (
    "schema", "answer", "asked", "kind", "score", "at_least", "at_most", "moves", "sentence", "names", "interrupted",
)  # fmt: skip
_PRICES: Final = ("schema", "score", "bound", "seats", "weights", "posts", "interrupted")
_CORE: Final = ("schema", "score", "bound", "rank", "within", "posts")
_SCENARIO: Final = ("name", "base", "digest", "interrupted", "figures", "moved")
_QUESTION: Final = (
    "plan", "cadre", "unit", "village", "role", "turning_points", "weights", "terms", "posts", "within", "rank",
    "same_unit",
)  # fmt: skip
#: Rules of screening by which it may be told that somebody is refused; the others are about the person.
_OPEN_SCREENING: Final = frozenset({"service_area", "lead_unit_level", "team_structure", "lead_unit"})
#: What a worth may be about that is no person.
_OPEN_ABOUT: Final = frozenset({"rule", "unit", "village"})


def masked_answer(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a run answered without what is sensitive."""
    return _MASKS[document["schema"]](document)


def masked_question(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a run is asked, edits without the sensitive values that they set."""
    shown = _only(question, _QUESTION)
    if "edits" in question:
        shown["edits"] = masked_edits(question["edits"])
    if "scenarios" in question:
        shown["scenarios"] = [
            {"name": one["name"], "edits": masked_edits(one["edits"])} for one in question["scenarios"]
        ]
    return shown


def _why_not(answer: Mapping[str, Any]) -> dict[str, Any]:
    conflict, plan = answer["conflict"], answer["plan"]
    return {
        **_answer(answer, _WHY_NOT),
        "refusals": [{"rule": one["rule"]} for one in answer["refusals"] if one["rule"] in _OPEN_SCREENING],
        "conflict": None if conflict is None else masked_conflict(conflict),
        "plan": None if plan is None else masked_plan(plan),
        "turns": [_turn(turn) for turn in answer["turns"]],
    }


def _turn(turn: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change of the round; what a person's record has now is not told."""
    names = (
        ("kind", "before", "after", "sentence", "next_fails")
        if turn["kind"] == "weight"
        else ("kind", "next_fails")
    )
    return {**_only(turn, names), "edit": masked_edits([turn["edit"]])[0], "plan": masked_plan(turn["plan"])}


def _prices(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return worths of what is no person's: what one of somebody is worth comes of appraisals, too."""
    worths = [row for row in answer["worths"] if row["about"] in _OPEN_ABOUT and row["rule"] in OPEN_RULES]
    return {**_answer(answer, _PRICES), "worths": worths}


def _core(answer: Mapping[str, Any]) -> dict[str, Any]:
    return _answer(answer, _CORE)


def _what_ifs(answer: Mapping[str, Any]) -> dict[str, Any]:
    scenarios = [
        {
            **_only(one, _SCENARIO),
            "edits": masked_edits(one["edits"]),
            "result": None if one["result"] is None else masked_result(one["result"]),
        }
        for one in answer["scenarios"]
    ]
    return {**_answer(answer, ("schema", "interrupted")), "scenarios": scenarios}


def _mend(answer: Mapping[str, Any]) -> dict[str, Any]:
    shown = _answer(answer, ("schema", "interrupted", "digest", "same_unit", "moved"))
    return {**shown, "edits": masked_edits(answer["edits"]), "result": masked_result(answer["result"])}


def _answer(answer: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {**_only(answer, names), "provenance": masked(answer["provenance"])}


def _only(data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


_MASKS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "result/1": masked_result,
    "why_not/1": _why_not,
    "prices/1": _prices,
    "core/1": _core,
    "what_ifs/1": _what_ifs,
    "mend/1": _mend,
}
