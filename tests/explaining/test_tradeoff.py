"""The one line of what a plan gives up and gains: its parts add up to the difference of the scores."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from matcher.explaining.tradeoff import NAMED, tradeoff
from matcher.plan import Plan, TermPoints, VillagePoints, Violation
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from matcher.codes import Language

BOOK = RuleBook.of(())
WORDS: dict[Language, tuple[str, str, str]] = {
    "zh": ("总分", "其余合计", "，"),
    "en": ("score", "the rest together", ", "),
}


def drawn(draw: random.Random) -> Plan:
    """Return the figures of some plan: a few of its terms differ from those of another one."""
    terms = tuple(
        TermPoints(id=item.rule.id, points=points, weight=item.weight, weighted=item.weight * points)
        for item in BOOK.terms
        if item.on
        for points in [draw.choice([0, 0, 5, draw.randrange(-40, 40)])]
    )
    penalties = [draw.randrange(1, 60) for _ in range(draw.randrange(3))]
    violations = tuple(Violation(rule="keep_one", subjects={}, amount=1, penalty=p) for p in penalties)
    worst = VillagePoints(village="V1", points=1, attainable=4, index=draw.choice([0.25, 0.3]), terms=())
    score = sum(term.weighted for term in terms) - sum(penalties)
    return Plan(score=score, posts=(), terms=terms, violations=violations, villages=(worst,))


def parts(line: str, language: Language) -> tuple[int, list[int]]:
    """Return what a line says of the score, and of each of its parts; the worst village is none of them."""
    score, *others = line.split(WORDS[language][2])
    points = [re.search(r"[+-]\d+$", part) for part in others]
    change = re.fullmatch(WORDS[language][0] + r" ?([+-]\d+)", score)
    assert change is not None
    return int(change[1]), [int(found[0]) for found in points if found is not None]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(100))
def test_the_parts_add_up_to_the_difference(seed: int, language: Language) -> None:
    draw = random.Random(seed)
    plan, other = drawn(draw), drawn(draw)
    found = tradeoff(BOOK, plan, other)
    assert found.score == plan.score - other.score == sum(change.change for change in found.terms)
    score, points = parts(found.sentences[language], language)
    assert score == found.score
    assert sum(points) == found.score
    assert (WORDS[language][1] in found.sentences[language]) == (len(found.terms) > NAMED + 1)
    assert len(points) == min(len(found.terms), NAMED + 1)


def test_one_term_more_is_named_rather_than_called_the_rest() -> None:
    def plan(points: int, changed: int) -> Plan:
        on = [item for item in BOOK.terms if item.on]
        terms = tuple(
            TermPoints(id=item.rule.id, points=points, weight=1, weighted=points if n < changed else 0)
            for n, item in enumerate(on)
        )
        return Plan(score=sum(term.weighted for term in terms), posts=(), terms=terms)

    named = tradeoff(BOOK, plan(2, NAMED + 1), plan(0, NAMED + 1)).sentences
    assert "其余" not in named["zh"]
    assert "rest" not in named["en"]
    rest = tradeoff(BOOK, plan(2, NAMED + 2), plan(0, NAMED + 2)).sentences
    assert rest["zh"].endswith("，其余合计+4")
    assert rest["en"].endswith(", the rest together +4")
