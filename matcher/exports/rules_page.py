"""规则与依据: which rules took effect, with their parameters and documents, and what is needed to repeat the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.exports.figures import parameter
from matcher.exports.page import Column, Line, Page, Table
from matcher.words import result as result_words
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.exports.material import Material
    from matcher.exports.page import Cell
    from matcher.rulebook import InForce

_COLUMNS = (
    Column(words.RULE, 28), Column(words.RULE_ID, 20), Column(words.KIND, 12), Column(words.MODE, 8, "middle"),
    Column(words.WEIGHT, 7, "middle"), Column(words.PARAMETERS, 60), Column(words.SOURCE, 20), Column(words.NOTE, 20),
)  # fmt: skip


def rules_page(material: Material) -> Page:
    """Return the rules in effect and the plan's provenance."""
    table = Table(_COLUMNS, tuple(_rows(material)), words.RULES_CAPTION)
    return Page(*words.RULES, (table,), tuple(_lines(material)))


def _lines(material: Material) -> Iterator[Line]:
    known, names = material.provenance, material.names
    yield Line(words.DIGEST, material.round.digest)
    if "seed" in known:
        yield Line(words.SEED, str(known["seed"]))
    if "effort" in known:
        yield Line(words.EFFORT, f"{known['effort']:g}")
    if "reproducible" in known:
        yield Line(words.REPEATABLE, names.say(words.YES if known["reproducible"] else words.NO))
    if known.get("versions"):
        yield Line(
            words.VERSIONS, names.listed(f"{name} {version}" for name, version in known["versions"].items())
        )


def _rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    for items in (material.book.screening, material.book.plan, material.book.terms):
        for item in items:
            yield _row(material, item)


def _row(material: Material, item: InForce[Any]) -> tuple[Cell, ...]:
    echo, language = item.document(), material.language
    return (
        item.rule.name.in_(language),
        item.rule.id,
        result_words.KIND_OF_RULE[echo["kind"]].in_(language),
        result_words.MODE[echo["mode"]].in_(language),
        echo.get("weight"),
        "\n".join(f"{name} = {parameter(value)}" for name, value in echo["params"].items() if value != {}),
        item.source,
        item.note,
    )
