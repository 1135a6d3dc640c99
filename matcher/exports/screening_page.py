"""资格审查表: every candidate with the outcome of the screening, and every rule that refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.exports.page import Column, Page, Table
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.codes import Text
    from matcher.exports.material import Background
    from matcher.exports.page import Cell
    from matcher.rulekit import Refusal

_COLUMNS = (
    Column(words.NUMBER, 5, "middle"), Column(words.NAME, 10), Column(words.UNIT, 26), Column(words.OUTCOME, 16),
    Column(words.OPEN_ROLES, 24), Column(words.RULE, 18), Column(words.SCOPE, 24), Column(words.REASON, 46),
)  # fmt: skip


def screening_page(background: Background) -> Page:
    """Return the candidates in the order of the round, a row for each refusal."""
    return Page(*words.SCREENING, (Table(_COLUMNS, tuple(_rows(background))),))


def outcome(background: Background, cadre: str) -> Text:
    """Return what the screening came to for one candidate."""
    if cadre not in background.screening.passing:
        return words.FAILED
    return words.LIMITED if refusals_of(background, cadre) else words.PASSED


def refusals_of(background: Background, cadre: str) -> list[Refusal]:
    """Return a candidate's refusals, those of captains' posts left out where the round has none."""
    refusals = background.screening.refusals_of(cadre)
    if background.book.plan_rule("township_captain").on:
        return refusals
    team = [refusal for refusal in refusals if refusal.township is None and refusal.roles != ("captain",)]
    return [_without_captain(refusal) for refusal in team]


def _without_captain(refusal: Refusal) -> Refusal:
    roles = refusal.roles and tuple(role for role in refusal.roles if role != "captain")
    return replace(refusal, roles=roles)


def reason(background: Background, refusal: Refusal) -> str:
    """Return why a rule refused."""
    rule = next(item.rule for item in background.book.screening if item.rule.id == refusal.rule)
    return background.names.said(rule, refusal.data)


def rule_name(background: Background, refusal: Refusal) -> str:
    """Return the name of the screening rule that refused."""
    rule = next(item.rule for item in background.book.screening if item.rule.id == refusal.rule)
    return rule.name.in_(background.language)


def open_roles(background: Background) -> dict[str, list[str]]:
    """Return the roles that each candidate passes screening for somewhere, in the order of the code list."""
    found: dict[str, dict[str, None]] = {}
    for roles in background.screening.eligible.values():
        for role, people in roles.items():
            for person in people:
                found.setdefault(person.id, {})[role] = None
    return {cadre: list(roles) for cadre, roles in found.items()}


def _rows(background: Background) -> Iterator[tuple[Cell, ...]]:
    names, roles = background.names, open_roles(background)
    for number, person in enumerate(background.round.facts.people.values(), start=1):
        held = names.listed(names.role(role) for role in roles.get(person.id, ()))
        head = (number, person.record.name, person.unit.name, names.say(outcome(background, person.id)), held)
        refusals = refusals_of(background, person.id)
        for refusal in refusals:
            scope, why = names.scope(refusal), reason(background, refusal)
            yield (*head, rule_name(background, refusal), scope, why)
        if not refusals:
            yield (*head, "", "", "")
