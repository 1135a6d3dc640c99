"""Views of plans, and of what is found about them, without what tells something sensitive of a person.

What a plan says in sentences is left out and said anew from data, never edited: a sentence may hold an age, a spouse,
a village of birth. So may a figure: points of a single post that come of appraisals are as good as the appraisals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Terms that count nothing sensitive of a person; points of the others are shown for whole plans alone.
OPEN_TERMS: Final = frozenset(
    {
        "need_coverage", "need_fit", "strong_unit", "bundled_people", "unit_fit", "keep_bundle", "retain", "min_change",
        "keep_unit",
    }
)  # fmt: skip

#: Rules of which it may be told who or which village does not keep them.
OPEN_RULES: Final = frozenset(
    {
        "posts", "one_post", "decisions", "team_structure", "type_specialty", "lead_unit", "team_units", "unit_quota",
        "young_share", "named_picks", "keep_one", "total_posts", "specialty_min", "section_rank_share", "lone_woman",
        "township_captain", "village_floor", "service_area", "lead_unit_level", "mean_age",
    }
)  # fmt: skip

_KEPT: Final = (
    "schema", "rank", "score", "bound", "gap", "proof", "kind", "first", "posts", "bundles", "terms", "floor",
    "distance", "min_distance", "substance", "no_substance_within", "substance_bound", "tradeoff",
)  # fmt: skip


def masked_plan(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a ``plan/1`` document without what is sensitive; it is for reading, and no plan any more."""
    shown = {name: document[name] for name in _KEPT if name in document}
    villages = [
        {name: value for name, value in row.items() if name != "terms"}
        for row in document.get("villages", ())
    ]
    violations = masked_breaches(document.get("violations", ()))
    reserves = [_masked_reserve(reserve) for reserve in document.get("reserves", ())]
    explanation = document.get("explanation")
    reasons = {"explanation": _masked_reasons(explanation)} if explanation else {}
    return {**shown, "villages": villages, "violations": violations, "reserves": reserves, **reasons}


def masked_breaches(breaches: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return breaches of rules; of rules about sensitive facts it is not said who breaks them."""
    return [
        dict(breach) if breach["rule"] in OPEN_RULES else {**breach, "subjects": {}} for breach in breaches
    ]


def masked_post(reason: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reasons of a post as data, without points of sensitive facts."""
    brings = [item for item in reason.get("brings", ()) if item["id"] in OPEN_TERMS]
    return {**_without_words(reason), "brings": brings}


def masked_team(reason: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reasons of a team as data, without ages."""
    return {name: value for name, value in _without_words(reason).items() if name != "bands"}


def _masked_reserve(reserve: Mapping[str, Any]) -> dict[str, Any]:
    """Return the substitutes of a post in their order; what each changes tells how the two differ."""
    named = [{"cadre": substitute["cadre"]} for substitute in reserve.get("substitutes", ())]
    return {**reserve, "substitutes": named}


def _masked_reasons(explanation: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "teams": [masked_team(team) for team in explanation.get("teams", ())],
        "posts": [masked_post(post) for post in explanation.get("posts", ())],
    }


def _without_words(reason: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in reason.items() if name != "sentence"}
