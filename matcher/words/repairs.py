"""Repairs in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from matcher import codes
from matcher.codes import Text
from matcher.words.edits import cell_sentence, value_in_words

if TYPE_CHECKING:
    from matcher.codes import Language
    from matcher.edits import Edit
    from matcher.round import Facts
    from matcher.rulekit import Rule

RELEASE: Final = Text(
    "撤销已定事项第{number}条（{kind}{about}）", "take back decision {number} ({kind}{about})"
)
SOFT: Final = Text("规则“{rule}”改为软性", "make the rule “{rule}” soft")
PARAM: Final = Text(
    "规则“{rule}”的{param}由{before}改为{after}", "{param} of the rule “{rule}” from {before} to {after}"
)
SHARE: Final = Text("{percent}%", "{percent} %")
PARAMS: Final = {
    "min_share": Text("最低比例", "least share"),
    "min_posts": Text("最少人数", "least number"),
    "max_age": Text("最高平均年龄", "highest mean age"),
    "min": Text("下限", "lower limit"),
    "max": Text("上限", "upper limit"),
    "specialties": Text("各专长人数", "numbers by specialty"),
}
#: Parameters that are shares, shown in percent.
SHARES: Final = frozenset({"min_share"})


def repair_sentence(facts: Facts, rule: Rule[Any], edit: Edit, language: Language) -> str:
    """Return one change of a repair in words; ``facts`` are those before it."""
    if edit.op == "release":
        return _release(facts, edit, language)
    if edit.op == "cell":
        return cell_sentence(facts, edit, language)
    params = edit.values.get("params")
    if not params:
        return SOFT.in_(language).format(rule=rule.name.in_(language))
    before = next((dict(row.params) for row in facts.round.rules if row.id == rule.id), {})
    usual = rule.Params().model_dump(mode="json")
    parts = [
        PARAM.in_(language).format(
            rule=rule.name.in_(language),
            param=_field(name, language),
            before=_param(name, before.get(name, usual.get(name)), language),
            after=_param(name, value, language),
        )
        for name, value in params.items()
    ]
    return "；".join(parts) if language == "zh" else "; ".join(parts)


def _release(facts: Facts, edit: Edit, language: Language) -> str:
    decision = facts.round.decisions[int(edit.key) - 1]
    names = [
        facts.people[decision.cadre].record.name if decision.cadre in facts.people else "",
        facts.units[decision.unit].name if decision.unit in facts.units else "",
        facts.places[decision.village].village.name
        if decision.village in facts.places
        else decision.township,
    ]
    about = "".join(f" {name}" for name in names if name)
    kind = codes.DECISION_KINDS[decision.kind].text.in_(language)
    return RELEASE.in_(language).format(number=edit.key, kind=kind, about=about)


def _field(name: str, language: Language) -> str:
    return PARAMS[name].in_(language) if name in PARAMS else name


def _param(name: str, value: Any, language: Language) -> str:
    """Return a parameter's value in words: a share to a tenth of a per cent."""
    if name not in SHARES or value is None:
        return value_in_words(value, language)
    percent = f"{100 * Decimal(str(value)):.1f}".removesuffix(".0")
    return SHARE.in_(language).format(percent=percent)
