"""The rules in effect: the built-in rules and terms with a round's overrides on top."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import ValidationError

from matcher import constraints, scoring, screening
from matcher.problems import InvalidInput, Problem, shortened
from matcher.rulekit import Mode, PlanRule, Rule, ScoreTerm, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matcher.round.records import RuleOverride

RuleT = TypeVar("RuleT", bound=Rule[Any])
Kind = Literal["screening", "plan", "term"]


@dataclass(frozen=True, slots=True)
class InForce(Generic[RuleT]):
    """A rule or term with the mode, weight and parameters that took effect.

    Attributes
    ----------
    mode
        ``hard``, ``soft`` or ``off``; a screening rule or term that is on is ``hard``.
    weight
        Penalty a unit of amount (soft), or weight of a term; 0 elsewhere.
    """

    rule: RuleT
    mode: Mode
    weight: int
    params: Any
    source: str = ""
    note: str = ""

    @property
    def on(self) -> bool:
        """Whether the rule is in force at all."""
        return self.mode != "off"

    def document(self) -> dict[str, Any]:
        """Return what took effect, as the plan echoes it."""
        kind = kind_of(self.rule)
        mode = ("on" if self.on else "off") if kind != "plan" else self.mode
        echo: dict[str, Any] = {"id": self.rule.id, "kind": kind, "mode": mode}
        if kind == "term" or self.mode == "soft":
            echo["weight"] = self.weight
        params = self.params.model_dump(mode="json", exclude_none=True)
        return {**echo, "params": params, "source": self.source, "note": self.note}

    def described(self) -> dict[str, Any]:
        """Return the rule as it took effect, with its texts in both languages and the schema of its parameters."""
        texts = {name: getattr(self.rule, name) for name in ("name", "sentence", "why", "allowed", "refused")}
        return {
            **{key: value for key, value in self.document().items() if key not in ("source", "note")},
            **{name: {"zh": text.zh, "en": text.en} for name, text in texts.items()},
            "params_schema": self.rule.Params.model_json_schema(),
        }


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every screening rule, plan rule and score term with what took effect, in registry order."""

    screening: tuple[InForce[ScreeningRule[Any]], ...]
    plan: tuple[InForce[PlanRule[Any]], ...]
    terms: tuple[InForce[ScoreTerm[Any]], ...]

    @classmethod
    def of(cls, overrides: Iterable[RuleOverride]) -> RuleBook:
        """Return the rules in effect under ``overrides``.

        Raises
        ------
        InvalidInput
            For an unknown rule or parameter, a mode that the rule can't have, or a soft rule without weight.
        """
        rows = list(overrides)
        found = list(problems(rows))
        if found:
            raise InvalidInput(found)
        by_id = {row.id: row for row in rows}
        return cls(
            tuple(_in_force(rule, by_id.get(rule.id)) for rule in screening.RULES),
            tuple(_in_force(rule, by_id.get(rule.id)) for rule in constraints.RULES),
            tuple(_in_force(term, by_id.get(term.id)) for term in scoring.TERMS),
        )

    def plan_rule(self, id_: str) -> InForce[PlanRule[Any]]:
        """Return the plan rule named ``id_``."""
        return next(item for item in self.plan if item.rule.id == id_)

    def document(self) -> list[dict[str, Any]]:
        """Return the rules in effect as data."""
        return [item.document() for items in (self.screening, self.plan, self.terms) for item in items]


def kind_of(rule: Rule[Any]) -> Kind:
    """Return which of the three kinds ``rule`` is."""
    if isinstance(rule, ScreeningRule):
        return "screening"
    return "plan" if isinstance(rule, PlanRule) else "term"


def catalogue() -> dict[str, Rule[Any]]:
    """Return every built-in rule and term by id; the plan rule where an id is a screening rule's too."""
    return {rule.id: rule for rule in (*screening.RULES, *constraints.RULES, *scoring.TERMS)}


def problems(overrides: Iterable[RuleOverride]) -> Iterator[Problem]:
    """Yield what is wrong with the rules table."""
    known = catalogue()
    for index, row in enumerate(overrides):
        rule = known.get(row.id)
        if rule is None:
            near = difflib.get_close_matches(row.id, known, n=1)
            details = {"nearest": near[0] if near else ""}
            yield Problem("unknown_rule", "rules", index, "id", shortened(row.id), details)
        else:
            yield from _mode_problems(index, row, rule)
            yield from _params_problems(index, row, rule)


def _mode_problems(index: int, row: RuleOverride, rule: Rule[Any]) -> Iterator[Problem]:
    modes = _modes(rule)
    if row.mode is not None and row.mode not in modes:
        details = {"rule": rule.id, "modes": list(modes)}
        yield Problem("mode_not_allowed", "rules", index, "mode", row.mode, details)
    if isinstance(rule, ScreeningRule) and row.weight is not None:
        yield Problem("weight_not_allowed", "rules", index, "weight", str(row.weight), {"rule": rule.id})
    if (
        isinstance(rule, PlanRule)
        and row.mode == "soft"
        and row.weight is None
        and rule.default_weight is None
    ):
        yield Problem("soft_without_weight", "rules", index, "weight", "", {"rule": rule.id})


def _modes(rule: Rule[Any]) -> tuple[str, ...]:
    if isinstance(rule, PlanRule):
        return rule.modes
    return ("on", "hard", "off") if isinstance(rule, ScreeningRule) else ("on", "off")


def _params_problems(index: int, row: RuleOverride, rule: Rule[Any]) -> Iterator[Problem]:
    try:
        rule.Params.model_validate(dict(row.params))
    except ValidationError as error:
        for found in error.errors(include_url=False):
            name = ".".join(str(part) for part in found["loc"])
            value = shortened(found["input"])
            if found["type"] == "extra_forbidden":
                details = {"rule": rule.id, "known": list(rule.Params.model_fields)}
                yield Problem("unknown_param", "rules", index, "params", name, details)
            else:
                details = {"rule": rule.id, "param": name, "message": found["msg"]}
                yield Problem("bad_param", "rules", index, "params", value, details)


def _in_force(rule: RuleT, row: RuleOverride | None) -> InForce[RuleT]:
    params = rule.Params.model_validate(dict(row.params) if row else {})
    given = row.mode if row else None
    weight = row.weight if row else None
    source, note = (row.source, row.note) if row else ("", "")
    mode: Mode
    if isinstance(rule, PlanRule):
        mode = given if given in ("hard", "soft", "off") else rule.default_mode
        weight = (weight if weight is not None else rule.default_weight or 0) if mode == "soft" else 0
    elif isinstance(rule, ScreeningRule):
        mode = "off" if given == "off" or (given is None and not rule.default_on) else "hard"
        weight = 0
    else:
        weight = 0 if given == "off" else weight if weight is not None else rule.default_weight  # type: ignore[attr-defined]
        mode = "hard" if weight else "off"
    return InForce(rule, mode, weight, params, source, note)
