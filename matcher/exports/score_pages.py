"""得分表 and 各村得分: the score by term, what is proven of it, soft rules not met, and each village's points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.exports.figures import index, percent
from matcher.exports.page import Column, Line, Page, Table
from matcher.words import result as result_words
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.codes import Text
    from matcher.exports.material import Material
from matcher.exports.page import Cell

_TERMS = (
    Column(words.TERM, 26), Column(words.POINTS, 11, "whole"), Column(words.WEIGHT, 11, "whole"),
    Column(words.WEIGHTED, 11, "whole"), Column(words.COUNTED, 92),
)  # fmt: skip
_VIOLATIONS = (
    Column(words.RULE, 26), Column(words.AMOUNT, 11, "whole"), Column(words.WEIGHT, 11, "whole"),
    Column(words.PENALTY, 11, "whole"), Column(words.SITUATION, 92),
)  # fmt: skip
_VILLAGES = (
    Column(words.NUMBER, 5, "middle"), Column(words.TOWNSHIP, 14), Column(words.VILLAGE, 14),
    Column(words.TOTAL, 8, "whole"), Column(words.ATTAINABLE, 8, "whole"), Column(words.INDEX, 9, "index"),
)  # fmt: skip


def score_page(material: Material) -> Page:
    """Return the plan's score by term, with the proof and the soft rules that are not met."""
    terms = Table(_TERMS, tuple(_terms(material)), words.TERMS_CAPTION)
    violations = Table(
        _VIOLATIONS, tuple(_violations(material)), words.VIOLATIONS_CAPTION, words.NO_VIOLATIONS
    )
    return Page(*words.SCORES, (terms, violations), tuple(_lines(material)))


def _lines(material: Material) -> Iterator[Line]:
    plan, names = material.plan, material.names
    yield Line(words.SCORE, material.report.recount.score)
    yield Line(words.BOUND, plan.bound if plan.bound is not None else names.say(words.NOT_PROVEN))
    yield Line(words.GAP, names.say(words.NOT_PROVEN) if plan.gap is None else percent(plan.gap))
    yield Line(words.PROOF, result_words.proof_of(plan, names.language))
    floor = material.report.recount.floor()
    if floor is not None:
        listed = names.listed(names.village_at(village) for village in floor.villages)
        yield Line(words.WORST, f"{listed}  {index(floor.index)}")


def _terms(material: Material) -> Iterator[tuple[Cell, ...]]:
    rules = {item.rule.id: item.rule for item in material.book.terms}
    for term in material.report.recount.terms:
        rule = rules[term.id]
        sentence = rule.sentence.in_(material.language)
        yield (rule.name.in_(material.language), term.points, term.weight, term.weighted, sentence)


def _violations(material: Material) -> Iterator[tuple[Cell, ...]]:
    counted = material.report.recount
    for violation, breach in zip(counted.violations, counted.soft_breaches, strict=True):
        item = material.book.plan_rule(violation.rule)
        sentence = material.names.said(item.rule, breach.breach.data)
        name = item.rule.name.in_(material.language)
        yield (name, violation.amount, item.weight, violation.penalty, sentence)


def villages_page(material: Material) -> Page:
    """Return every village's points, by term, in the order of the round."""
    facts, names = material.round.facts, material.names
    terms = [item.rule for item in material.book.terms if item.on and not item.rule.of_plan]
    columns = _VILLAGES + tuple(Column(rule.name, _width(rule.name), "whole") for rule in terms)
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(material.report.recount.villages, start=1):
        weighted = {term.id: term.weighted for term in row.terms}
        township = names.township(facts.places[row.village].township)
        head = (number, township, names.village(row.village), row.points, row.attainable, row.index)
        rows.append((*head, *(weighted[rule.id] for rule in terms)))
    return Page(*words.VILLAGES, (Table(columns, tuple(rows)),))


def _width(name: Text) -> float:
    """Return a width in which a term's name breaks into a few lines, between words."""
    return max(8.0, len(name.zh) + 2.0, max(len(word) for word in name.en.split()) + 2.0)
