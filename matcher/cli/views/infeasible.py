"""Why there is no plan, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.words import command_line as words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from matcher.cli.desk import Desk
    from matcher.exports import Names
    from matcher.result import Conflict

_SHORT = (
    Column(words.RULE), Column(words.SUBJECTS), Column(words.SITUATION), Column(words.AMOUNT, right=True),
)  # fmt: skip
#: Subjects that the sentence names already.
_NOT_SHOWN = ("plan", "decision", "kind")


def show_conflict(desk: Desk, conflict: Conflict, names: Names) -> None:
    """Print the rules in conflict, and by how much each would have to give."""
    desk.say(words.CONFLICT, rules=names.listed(names.rule(rule) for rule in conflict.rules))
    desk.say(words.CONFLICT_MINIMAL if conflict.minimal else words.CONFLICT_OPEN)
    sentences = conflict.sentences.get(desk.language, ())
    rows = [
        (names.rule(entry["rule"]), _subjects(names, entry["subjects"]), sentence, _amount(entry))
        for entry, sentence in zip(conflict.short, sentences, strict=True)
    ]
    if rows:
        desk.table(_SHORT, rows, words.SHORT_TITLE)


def _subjects(names: Names, subjects: Mapping[str, Any]) -> str:
    return names.listed(
        names.subject(kind, value) for kind, value in subjects.items() if kind not in _NOT_SHOWN
    )


def _amount(entry: Mapping[str, Any]) -> str:
    """Return the amount; marked where it was not proven to be the least."""
    return str(entry["amount"]) if entry.get("least", True) else f"≤ {entry['amount']}"
