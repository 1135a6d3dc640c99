"""What one plan gives up and gains against another, as data and in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.plan import TermChange, Tradeoff
from matcher.words import ranking as words
from matcher.words.command_line import PENALTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.rulebook import RuleBook

#: Terms named in the one line, or one more where that is all of them.
NAMED = 4


def tradeoff(book: RuleBook, plan: Plan, other: Plan) -> Tradeoff:
    """Return what ``plan`` gives up and gains against ``other``."""
    changes = tuple(_changes(plan, other))
    worst = _worst(plan) - _worst(other)
    score = plan.score - other.score
    languages: tuple[Language, ...] = ("zh", "en")
    sentences: dict[str, str] = {
        language: _line(book, score, changes, worst, language) for language in languages
    }
    return Tradeoff(score=score, terms=changes, worst_index=round(worst, 4), sentences=sentences)


def _changes(plan: Plan, other: Plan) -> Iterator[TermChange]:
    before = {term.id: term.weighted for term in other.terms}
    after = {term.id: term.weighted for term in plan.terms}
    for name, figures in (("before", before), ("after", after)):
        violations = other.violations if name == "before" else plan.violations
        figures["penalties"] = -sum(violation.penalty for violation in violations)
    for id_ in dict.fromkeys([*before, *after]):
        change = after.get(id_, 0) - before.get(id_, 0)
        if change:
            base = abs(before.get(id_, 0))
            yield TermChange(id=id_, change=change, share=round(change / base, 4) if base else None)


def _worst(plan: Plan) -> float:
    return min((row.index for row in plan.villages), default=1.0)


def _line(
    book: RuleBook, score: int, changes: tuple[TermChange, ...], worst: float, language: Language
) -> str:
    """Return the change in one line: the score, the terms that change most and the rest, the worst village.

    What is said of the terms adds up to what is said of the score.
    """
    named = {item.rule.id: item.rule.name for item in book.terms} | {"penalties": PENALTIES}
    ordered = sorted(changes, key=lambda change: -abs(change.change))
    largest = ordered if len(ordered) <= NAMED + 1 else ordered[:NAMED]
    parts = [words.SCORE.in_(language).format(change=score)]
    parts += [
        words.TERM.in_(language).format(term=named[change.id].in_(language), change=change.change)
        for change in largest
    ]
    if len(largest) < len(ordered):
        rest = sum(change.change for change in ordered[len(largest) :])
        parts.append(words.REST.in_(language).format(change=rest))
    if abs(worst) >= 0.0001:  # noqa: PLR2004 - an index is shown to four decimals
        parts.append(words.WORST.in_(language).format(change=100 * worst))
    return words.BETWEEN.in_(language).join(parts)
