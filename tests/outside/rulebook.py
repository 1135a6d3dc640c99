"""The rules and weights in effect: the specification's defaults, overridden by the round's `rules` table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Doc = Mapping[str, Any]

NEGATIVE_ITEMS = ("sanction", "probation", "seconded", "recalled", "care", "teacher_medic", "poor_health")

SCREENING: dict[str, dict[str, Any]] = {
    "qualification": {"items": {}},
    "party_membership": {"months": 12},
    "work_experience": {"months": 24},
    "age_limit": {"max_age": 55, "incumbents": "screen"},
    "negative_list": {"items": NEGATIVE_ITEMS},
    "appraisal_floor": {},
    "recusal": {"level": "village"},
    "rotation_due": {"months": 24},
    "recall": {"min_days": 20},
    "service_area": {"township_scope": "township"},
    "lead_unit_level": {},
}

# id: mode, weight when soft, parameters
PLAN_RULES: dict[str, tuple[str, int | None, dict[str, Any]]] = {
    "one_post": ("hard", None, {}),
    "decisions": ("hard", None, {}),
    "team_structure": ("hard", None, {"by_type": {}}),
    "type_specialty": ("hard", None, {"map": {"weak_org": ["party"], "conflict": ["law"]}}),
    "lead_unit": ("hard", None, {}),
    "team_units": ("soft", 10, {"max_units": 3}),
    "unit_quota": ("hard", None, {}),
    "young_share": ("soft", 30, {"min_share": "0.20", "min_posts": None}),
    "named_picks": ("hard", None, {}),
    "spouses": ("hard", None, {}),
    "keep_one": ("soft", 20, {}),
    "total_posts": ("off", None, {"min": None, "max": None}),
    "specialty_min": ("off", None, {"specialties": {}}),
    "mean_age": ("off", None, {"max_age": 38}),
    "section_rank_share": ("off", None, {"min_share": "0.20"}),
    "team_age_mix": ("off", None, {"min_bands": 2}),
    "lone_woman": ("off", None, {}),
    "township_captain": ("off", None, {"units": {}}),
    "village_floor": ("off", None, {"min_index": "0.60"}),
}
ALWAYS_HARD = ("one_post", "decisions")

TERMS: dict[str, int] = {
    "need_coverage": 6,
    "need_fit": 1,
    "competence": 2,
    "age_mix": 8,
    "strong_unit": 1,
    "bundled_people": 4,
    "unit_fit": 1,
    "keep_bundle": 12,
    "retain": 10,
    "local_fit": 2,
    "suitability": 1,
    "min_change": 15,
    "keep_unit": 0,
}


@dataclass(frozen=True)
class Rule:
    """A screening rule (on or off), a plan rule (hard, soft or off) or a term (its weight; 0 is off)."""

    id: str
    mode: str
    weight: int | None
    params: dict[str, Any]

    @property
    def on(self) -> bool:
        return self.mode != "off"

    @property
    def hard(self) -> bool:
        return self.mode == "hard"

    @property
    def penalty_weight(self) -> int:
        """The price of one unit of a soft rule's amount."""
        if self.weight is None:
            raise ValueError(f"rule {self.id} is soft without a weight")
        return self.weight


def rules_in_effect(rows: Iterable[Doc]) -> dict[str, Rule]:
    """Every rule and term by id; a blank mode, weight or parameter keeps its default."""
    effect = {name: Rule(name, "on", None, params) for name, params in SCREENING.items()}
    effect |= {name: Rule(name, *defaults) for name, defaults in PLAN_RULES.items()}
    effect |= {name: Rule(name, "on", weight, {}) for name, weight in TERMS.items()}
    for row in rows:
        effect[row["id"]] = _overridden(effect[row["id"]], row)
    return effect


def _overridden(rule: Rule, row: Doc) -> Rule:
    mode = row.get("mode") or rule.mode
    if rule.id in ALWAYS_HARD:
        mode = "hard"
    given = row.get("weight")
    weight = rule.weight if given in (None, "") else int(str(given))
    if rule.id in TERMS and mode == "off":
        weight = 0
    params = {key: value for key, value in (row.get("params") or {}).items() if value is not None}
    return Rule(rule.id, mode, weight, rule.params | params)
