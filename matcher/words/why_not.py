"""The answer to "why not?" as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.words import answers as words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.codes import Language, Text


def why_not_sentence(
    answer: Mapping[str, Any], rule_name: Callable[[str], str], language: Language, *, solved: bool = True
) -> str:
    """Return the sentence of an answer's document, with the plans it speaks of where these are not all.

    Parameters
    ----------
    rule_name
        Gives the name of a rule or demand in ``language``.
    solved
        Whether the best plan with the pairing was looked for, and not only the prices asked.
    """
    text, data = _said(answer, solved=solved)
    comma = {"zh": "、", "en": ", "}[language]
    rules = comma.join(rule_name(rule) for rule in (answer["conflict"] or {}).get("rules", ()))
    among = words.AMONG_KIND.get(answer["kind"]) if answer["answer"] not in ("held", "refused") else None
    before = "" if among is None else among.in_(language) + ("" if language == "zh" else " ")
    return before + text.in_(language).format(**data, rules=rules)


def _said(answer: Mapping[str, Any], *, solved: bool) -> tuple[Text, dict[str, Any]]:
    least, most, kind = max(0, answer["at_least"] or 0), answer["at_most"], answer["answer"]
    if kind == "cost":
        exact = words.COST_EXACT if most == least else words.COST_BETWEEN
        return exact if most else words.COST_NOTHING, {"cost": most, "least": least, "most": most}
    if kind == "better":
        return words.BETTER, {"gain": -most}
    if kind == "open":
        free = words.OPEN if solved else words.PERHAPS_FREE
        return words.AT_LEAST if least > 0 else free, {"least": least}
    if kind == "impossible":
        return words.IMPOSSIBLE_WITH if answer["conflict"] is not None else words.IMPOSSIBLE, {}
    return words.HELD if kind == "held" else words.REFUSED_ALONE, {}
