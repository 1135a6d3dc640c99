"""Views of ``result/1`` documents without what is sensitive: sentences are left out, for they say it in words.

What is not known to be open is left out: a field that results get one day is shown once it is listed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.access.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_RESULT: Final = ("schema", "status", "bound", "ranking_ended", "trace")
#: Of a plan: not its certificate, which names persons row by row, nor its reasons, which tell ages.
_PLAN: Final = (
    "schema", "rank", "score", "bound", "gap", "proof", "posts", "bundles", "terms", "villages", "reserves", "floor",
    "kind", "first", "distance", "min_distance", "substance", "no_substance_within", "substance_bound", "tradeoff",
)  # fmt: skip
_CONFLICT: Final = ("rules", "minimal", "villages", "local")
_REPAIR: Final = ("cost", "cheapest", "works", "score")
#: Who is refused where, and not by which rule: most rules are about health, family or discipline.
_REFUSAL: Final = ("cadre", "role", "village", "township")
_WARNING: Final = ("code", "severity", "table", "index", "field")
_NEED: Final = ("village", "needs", "units", "stays")
_POST: Final = ("cadre", "role", "village", "county", "township", "matched", "alone")
#: Subjects that are of no person.
_SUBJECTS: Final = frozenset({"village", "unit", "specialty", "township", "county", "type", "plan"})


def masked_result(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ``result/1`` document without what is sensitive; it is for reading, and no result any more."""
    shown = _only(document, _RESULT)
    shown["plans"] = [masked_plan(plan) for plan in document.get("plans", ())]
    refused = {tuple(_only(entry, _REFUSAL).items()) for entry in document.get("screening", ())}
    shown["screening"] = [dict(entry) for entry in sorted(refused)]
    shown["warnings"] = [_only(warning, _WARNING) for warning in document.get("warnings", ())]
    shown["provenance"] = masked(document.get("provenance", {}))
    if "infeasibility" in document:
        shown["infeasibility"] = _infeasibility(document["infeasibility"])
    return shown


def masked_plan(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ``plan/1`` document without what is sensitive."""
    shown = _only(document, _PLAN)
    shown["violations"] = _with_subjects(document.get("violations", ()), ("rule", "amount", "penalty"))
    reasons = document.get("explanation")
    if reasons is not None:
        shown["explanation"] = {
            "teams": [_only(team, _NEED) for team in reasons.get("teams", ())],
            "posts": [_only(post, _POST) for post in reasons.get("posts", ())],
        }
    return shown


def masked_conflict(conflict: Mapping[str, Any]) -> dict[str, Any]:
    """Return which rules are in conflict without the persons that it is about."""
    short = _with_subjects(conflict.get("short", ()), ("rule", "amount"))
    return {**_only(conflict, _CONFLICT), "short": short}


def _infeasibility(found: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"conflict": masked_conflict(found["conflict"])}
    shown["repairs"] = [
        {
            **_only(repair, _REPAIR),
            "steps": _with_subjects(repair.get("steps", ()), ("rule", "amount", "price")),
        }
        for repair in found.get("repairs", ())
    ]
    if "partial" in found:
        shown["partial"] = masked_plan(found["partial"])
    return shown


def _with_subjects(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows about rules, each with those of its subjects that are no persons."""
    named = tuple(names)
    return [{**_only(row, named), "subjects": _only(row.get("subjects", {}), _SUBJECTS)} for row in rows]


def _only(data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}
