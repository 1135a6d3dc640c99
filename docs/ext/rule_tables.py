"""Every rule and term in a line, from the registries: for the guides. Each has a page of its own elsewhere."""

from __future__ import annotations

import json
from typing import Any

from markdown import cell, code, table

from matcher import constraints, scoring, screening
from matcher.codes import Language, Text
from matcher.giving import PRICES
from matcher.rulekit import PlanRule, Rule, ScoreTerm, ScreeningRule

_HEADERS: dict[Language, tuple[str, ...]] = {
    "zh": ("名称和代码", "默认", "参数（默认值）", "含义"),
    "en": ("rule", "default", "parameters (defaults)", "meaning"),
}
_ON, _OFF = Text("开", "on"), Text("关", "off")
_ALWAYS, _HARD = Text("硬，不能改", "hard, always"), Text("硬", "hard")
_SOFT, _WEIGHT = Text("软，权重{weight}", "soft, weight {weight}"), Text("权重{weight}", "weight {weight}")
#: Where the rules' own pages stand, seen from the guide in each language.
_PAGES: dict[Language, str] = {"zh": "../rules/", "en": "rules/"}
#: Longer defaults are shown on the rule's own page.
_LONGEST = 60


def rules_table(kind: str, language: Language) -> str:
    """Return the table of the screening rules, the plan rules or the score terms."""
    registry: dict[str, tuple[Rule[Any], ...]] = {
        "screening": screening.RULES, "plan": constraints.RULES, "terms": scoring.TERMS,
    }  # fmt: skip
    rows = [_row(rule, language) for rule in registry[kind]]
    return table(_HEADERS[language], rows, "rules")


def repair_prices() -> str:
    """Return what a unit of each rule costs in a repair, the cheapest first."""
    ordered = sorted(PRICES.items(), key=lambda item: item[1])
    return table(("rule", "price of a unit"), [[code(rule), str(price)] for rule, price in ordered])


def _row(rule: Rule[Any], language: Language) -> list[str]:
    page = f"{_PAGES[language]}{rule.id}.md"
    return [
        f"{cell(rule.name.in_(language))}<br>[{code(rule.id)}]({page})",
        _default(rule).in_(language).format(weight=getattr(rule, "default_weight", "")),
        "<br>".join(_parameters(rule)),
        cell(rule.sentence.in_(language)).replace("\\`", "`"),
    ]


def _default(rule: Rule[Any]) -> Text:
    if isinstance(rule, ScreeningRule):
        return _ON if rule.default_on else _OFF
    if isinstance(rule, ScoreTerm):
        return _WEIGHT
    if isinstance(rule, PlanRule) and rule.modes == ("hard",):
        return _ALWAYS
    return {"hard": _HARD, "soft": _SOFT, "off": _OFF}[rule.default_mode]  # type: ignore[attr-defined]


def _parameters(rule: Rule[Any]) -> list[str]:
    defaults = rule.Params().model_dump(mode="json")
    found = []
    for name, value in defaults.items():
        text = json.dumps(value, ensure_ascii=False).replace('"', "")
        found.append(code(name if value in (None, {}) or len(text) > _LONGEST else f"{name}={text}"))
    return found
