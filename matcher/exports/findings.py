"""What the checker found, in words: how a hard rule is broken, and what a figure is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.rulebook import catalogue
from matcher.words import result as words

if TYPE_CHECKING:
    from matcher.check.recount import Broken
    from matcher.exports.names import Names


def situation(names: Names, broken: Broken) -> str:
    """Return how a hard rule is broken: the rule's own sentence, or whom screening refuses what."""
    breach, rule = broken.breach, catalogue().get(broken.rule)
    if broken.rule == "posts":
        subjects = names.listed(names.subject(kind, value) for kind, value in breach.subjects.items())
        wrong = names.say(words.UNKNOWN_POST[breach.data["wrong"]])
        return names.say(words.CONFLICTING, rule=subjects, sentence=wrong)
    if breach.data and rule is not None:
        return names.said(rule, breach.data)
    place = breach.subjects.get("village") or breach.subjects.get("township") or ""
    return names.say(
        words.NOT_AS_DECIDED if broken.rule == "decisions" else words.REFUSED,
        cadre=names.cadre_of(str(breach.subjects.get("cadre", ""))), place=names.village(place),
        role=names.role(str(breach.subjects.get("role", ""))),
    )  # fmt: skip


def figure(names: Names, text: str) -> str:
    """Return the checker's name of a figure in words."""
    for beginning, words_of in words.FIGURES:
        if text.startswith(beginning):
            rest = text.removeprefix(beginning)
            return names.say(
                words_of, rest=names.village(rest) if "village" in beginning else names.rule(rest)
            )
    return text
