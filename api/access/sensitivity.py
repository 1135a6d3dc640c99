"""How sensitive each field of a round is; whatever is not listed here counts as a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

#: ``open`` is of no person; ``person`` tells who it is; the others are shown to those alone who need them.
Class = Literal["open", "person", "health", "family", "discipline", "birth", "judgement"]

#: What the ordinary view of a document leaves out.
SENSITIVE: Final = frozenset[Class]({"health", "family", "discipline", "birth", "judgement"})

_VILLAGES = (
    "id", "name", "county", "township", "types", "needs", "hardship", "residents", "support_min", "support_max",
    "languages", "lead_unit", "current_lead_unit", "population", "households", "income", "disputes", "distance_km",
)  # fmt: skip
_UNITS = (
    "id", "name", "level", "kind", "county", "township", "quota", "max_villages", "funds", "projects", "strength",
    "resources", "rating",
)  # fmt: skip
_CADRES: Mapping[str, Class] = {
    **dict.fromkeys(("id", "name", "sex", "ethnicity", "political_status", "party_joined"), "person"),
    **dict.fromkeys(("work_started", "education", "position", "rank", "grassroots_years"), "person"),
    **dict.fromkeys(("specialties", "languages", "willing", "named_pick"), "person"),
    "unit": "open",
    "birth_month": "birth",
    "appraisals": "discipline",
    **dict.fromkeys(("native_village", "spouse_native_village", "kin_villages"), "family"),
    **dict.fromkeys(("native_township", "spouse_native_township", "spouse"), "family"),
    # The negative list: sanctions, recall, illness, pregnancy, hardship at home.
    "conditions": "discipline",
    "flags": "health",
}  # fmt: skip
_POSTING: Mapping[str, Class] = {
    "cadre": "person",
    **dict.fromkeys(("village", "county", "township", "role"), "open"),
}

#: By table and field.
CLASSES: Final[Mapping[str, Mapping[str, Class]]] = {
    "round": dict.fromkeys(
        ("schema", "id", "name", "region", "as_of", "starts_on", "term_months", "handover_days", "needs_by_type"),
        "open",
    ),
    "villages": {**dict.fromkeys(_VILLAGES, "open"), "notes": "judgement"},
    "units": {**dict.fromkeys(_UNITS, "open"), "leader": "person"},
    "cadres": _CADRES,
    "incumbents": {
        **_POSTING,
        "since": "person",
        "days_per_month": "discipline",
        "appraisal": "discipline",
        "recall": "discipline",
        "extension_approved": "person",
    },
    "decisions": {**_POSTING, "kind": "open", "unit": "open", "reason": "judgement"},
    "suitability": {"cadre": "person", "village": "open", "score": "judgement"},
    "baseline": _POSTING,
    "rules": {**dict.fromkeys(("id", "mode", "weight", "params", "source"), "open"), "note": "judgement"},
}  # fmt: skip


def class_of(table: str, field: str) -> Class:
    """Return how sensitive a field is."""
    return CLASSES.get(table, {}).get(field, "person")
