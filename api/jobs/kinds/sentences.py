"""Answers to questions in words that hold no fact of a person: what screening says of somebody is not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.codes import Text
from matcher.rulebook import catalogue
from matcher.words import answers as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
#: Without the reasons, which are a person's.
_REFUSED: Final = Text("未通过资格审查。", "Screening refuses it.")
#: Between the names of rules.
_COMMA: Final[Mapping[Language, str]] = {"zh": "、", "en": ", "}


def why_not_sentence(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return what was answered to "why not?", in both languages."""
    text, data = _why_not(answer)
    rules = (answer["conflict"] or {}).get("rules", ())
    known = catalogue()
    return {
        language: text.in_(language).format(
            **data, rules=_COMMA[language].join(known[rule].name.in_(language) for rule in rules)
        )
        for language in _LANGUAGES
    }


def _why_not(answer: Mapping[str, Any]) -> tuple[Text, dict[str, Any]]:
    least, most = max(0, answer["at_least"] or 0), answer["at_most"]
    kind = answer["answer"]
    if kind == "cost":
        exact = words.COST_EXACT if most == least else words.COST_BETWEEN
        return exact if most else words.COST_NOTHING, {"cost": most, "least": least, "most": most}
    if kind == "better":
        return words.BETTER, {"gain": -most}
    if kind == "open":
        return words.AT_LEAST if least > 0 else words.OPEN, {"least": least}
    if kind == "impossible":
        return words.IMPOSSIBLE_WITH if answer["conflict"] is not None else words.IMPOSSIBLE, {}
    return words.HELD if kind == "held" else _REFUSED, {}
