"""``matcher rules``: the catalogue of screening rules, plan rules and score terms with their defaults."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from matcher.cli.desk import Column, Desk
from matcher.cli.options import JsonOut, Lang, Language
from matcher.cli.outputs import check_outputs, json_bytes, write_file
from matcher.cli.refusals import refuse
from matcher.cli.status import Status
from matcher.exports.figures import parameter
from matcher.rulebook import InForce, RuleBook
from matcher.tables.vocabulary import rule_id
from matcher.words import command_line as words
from matcher.words.refusals import NEAR
from matcher.words.result import KIND_OF_RULE, MODE

One = Annotated[str | None, typer.Argument(metavar="[RULE]", show_default=False)]
_COLUMNS = (
    Column(words.RULE_ID, least=18), Column(words.RULE, least=12), Column(words.DEFAULT, least=10),
    Column(words.PARAMETERS, least=18), Column(words.MEANING, least=30),
)  # fmt: skip
#: The same on a narrow screen: what is short stands in one column.
_STACKED = (Column(words.RULE), Column(words.MEANING), Column(words.PARAMETERS))
#: Columns of a screen from which on the wide table has room for whole sentences.
_WIDE = 130


def rules_command(rule: One = None, json_out: JsonOut = None, lang: Language = Lang.ZH) -> int:
    """List every rule and score term with its defaults."""
    desk = Desk(lang.value)
    check_outputs({"--json": json_out})
    book = RuleBook.of(())
    kinds: dict[str, tuple[InForce[Any], ...]] = {
        "screening": book.screening,
        "plan": book.plan,
        "term": book.terms,
    }
    if rule is None:
        for kind, items in kinds.items():
            rows = [_row(desk, item) for item in items]
            if desk.out.width >= _WIDE:
                desk.table(_COLUMNS, rows, KIND_OF_RULE[kind])
            else:
                desk.table(_STACKED, map(_stacked, rows), KIND_OF_RULE[kind])
        desk.say(words.HOW_TO_SET)
    else:
        _show_one(desk, rule, [item for items in kinds.values() for item in items])
    if json_out is not None:
        write_file(
            desk,
            words.REPORT_FILE,
            json_out,
            json_bytes({"rules": [item.described() for items in kinds.values() for item in items]}),
        )
    return Status.DONE


def _row(desk: Desk, item: InForce[Any]) -> tuple[str, ...]:
    rule = item.rule
    texts = (rule.name.in_(desk.language), _default(desk, item), "\n".join(_params(item)))
    return (rule.id, *texts, rule.sentence.in_(desk.language))


def _stacked(row: tuple[str, ...]) -> tuple[str, ...]:
    id_, name, default, params, sentence = row
    return (f"{name}\n{id_}\n{default}", sentence, params)


def _default(desk: Desk, item: InForce[Any]) -> str:
    """Return what holds where a round says nothing."""
    echo = item.document()
    if echo["kind"] == "term":
        return desk.words(words.TERM_WEIGHT, weight=item.weight)
    if echo["mode"] == "soft":
        return desk.words(words.SOFT, weight=item.weight)
    return desk.words(MODE[echo["mode"]])


def _params(item: InForce[Any]) -> Iterator[str]:
    for name, value in item.params.model_dump(mode="json").items():
        yield name if value in (None, {}) else f"{name} = {parameter(value)}"


def _show_one(desk: Desk, asked: str, items: list[InForce[Any]]) -> None:
    """Print one rule in full; an id may be a screening rule's and a plan rule's."""
    found = [
        item
        for item in items
        if item.rule.id == rule_id(asked) or asked in (item.rule.name.zh, item.rule.name.en)
    ]
    if not found:
        near = difflib.get_close_matches(asked, [item.rule.id for item in items], n=1)
        guess = desk.words(NEAR, near=near[0]) if near else ""
        raise refuse("no_such_rule", value=asked, near=guess)
    for item in found:
        rule = item.rule
        rows = [
            (desk.words(words.RULE_ID), rule.id),
            (desk.words(words.MEANING), rule.sentence.in_(desk.language)),
            (desk.words(words.WHY), rule.why.in_(desk.language)),
            (desk.words(words.ALLOWED), rule.allowed.in_(desk.language)),
            (desk.words(words.NOT_ALLOWED), rule.refused.in_(desk.language)),
            (desk.words(words.DEFAULT), _default(desk, item)),
            (desk.words(words.PARAMETERS), "\n".join(_params(item))),
        ]
        columns = (Column(KIND_OF_RULE[item.document()["kind"]], least=16), Column(rule.name))
        desk.table(columns, rows)
