"""From the options of a solve to its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from matcher.cli.refusals import Refusal, Refused, refuse
from matcher.rulebook import RuleBook, catalogue
from matcher.settings import EFFORT, Settings
from matcher.tables.vocabulary import rule_id
from matcher.words import command_line as words
from matcher.words.result import MODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.cli.desk import Desk
    from matcher.round import Round

#: The options whose names differ from the settings they give.
_OPTIONS = {"time_limit": "--limit"}


def settings_of(*, effort: str, limit: float | None, plans: int, **given: Any) -> Settings:
    """Return the settings that the options ask for.

    Raises
    ------
    Refused
        With every option whose value can't be used.
    """
    if plans > 1:
        raise refuse("plans_not_offered", "--plans", plans=plans)
    values = {**given, "effort": _effort(effort), "time_limit": limit, "plans": plans}
    try:
        return Settings(**{key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        messages = {str(found["loc"][0]): found["msg"] for found in error.errors(include_url=False)}
        raise Refused(*(_bad(name, message) for name, message in messages.items())) from None


def _effort(text: str) -> str | float:
    """Return an effort by name or as a number; what is neither is left to be refused."""
    if text in EFFORT:
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _bad(setting: str, message: str) -> Refusal:
    option = _OPTIONS.get(setting, f"--{setting}")
    return Refusal("bad_value", data={"value": option, "message": message})


def without_effect(desk: Desk, round_: Round, sets: Sequence[str] | None) -> None:
    """Say which weights were set of rules that take none as they stand: hard ones, and those that are off."""
    book = RuleBook.of(round_.rules)
    plan_rules = {item.rule.id: item for item in book.plan}
    for text in sets or ():
        rule, _, param = text.partition("=")[0].partition(".")
        item = plan_rules.get(rule_id(rule.strip()))
        if item is not None and param.strip() == "weight" and item.mode != "soft":
            name = catalogue()[item.rule.id].name.in_(desk.language)
            desk.note(words.NO_EFFECT, option=f"--set {text}", rule=name, mode=desk.words(MODE[item.mode]))
