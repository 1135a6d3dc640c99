"""What the checker finds, as data with sentences; masked, it tells nothing sensitive of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.plans import words
from api.plans.masking import OPEN_RULES, OPEN_TERMS, masked_breaches, masked_post, masked_team
from matcher.explaining.sentences import fitting, team_sentence
from matcher.exports.findings import figure, situation
from matcher.exports.names import Names
from matcher.words.explanations import BETWEEN, POSTED_MEANWHILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.check import Difference, Report
    from matcher.check.recount import Broken
    from matcher.codes import Language
    from matcher.explanation import PostReason, TeamReason
    from matcher.plan import TermPoints, Violation
    from matcher.round import Facts

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Sayer:
    """Says what was found of a round's plans, in both languages.

    Parameters
    ----------
    is_masked
        Whether nothing sensitive may be told.
    """

    def __init__(self, facts: Facts, *, is_masked: bool) -> None:
        self._facts = facts
        self._names = [Names(facts, language) for language in _LANGUAGES]
        self.is_masked = is_masked

    def report(self, report: Report) -> dict[str, Any]:
        """Return a checker's report."""
        return {
            "ok": report.ok,
            "score": report.recount.score,
            "broken": self.broken(report.recount.broken),
            "violations": self.violations(report.recount.violations),
            "terms": self.terms(report.recount.terms),
            "differences": self.differences(report.differences),
            "attainable": "searched" if report.attainable_checked else "taken from the plan",
        }

    def broken(self, found: Iterable[Broken]) -> list[dict[str, Any]]:
        """Return how hard rules are broken."""
        return [self._one_broken(one) for one in found]

    def violations(self, found: Iterable[Violation]) -> list[dict[str, Any]]:
        """Return soft rules that are not met, and what that costs."""
        rows = [{**one.model_dump(mode="json"), "name": self.by_language("rule", one.rule)} for one in found]
        return masked_breaches(rows) if self.is_masked else rows

    def terms(self, found: Sequence[TermPoints]) -> list[dict[str, Any]]:
        """Return the points of the terms."""
        return [{**one.model_dump(mode="json"), "name": self.by_language("rule", one.id)} for one in found]

    def differences(self, found: Iterable[Difference]) -> list[dict[str, Any]]:
        """Return figures that the recount does not confirm."""
        return [
            {
                "figure": one.figure,
                "name": {names.language: figure(names, one.figure) for names in self._names},
                "stated": self._value(one.stated),
                "recounted": self._value(one.recounted),
            }
            for one in found
        ]

    def post(self, reason: PostReason) -> dict[str, Any]:
        """Return why somebody holds a post."""
        row = reason.model_dump(mode="json", exclude_none=True)
        if not self.is_masked:
            return row
        return {**masked_post(row), "sentence": {n.language: self._post(n, reason) for n in self._names}}

    def team(self, reason: TeamReason) -> dict[str, Any]:
        """Return why a village has its team."""
        row = reason.model_dump(mode="json", exclude_none=True)
        if not self.is_masked:
            return row
        sentences = {
            n.language: team_sentence(self._facts, reason, n.language, aged=False) for n in self._names
        }
        return {**masked_team(row), "sentence": sentences}

    def _post(self, names: Names, reason: PostReason) -> str:
        """Return the sentence of a post, without age and without points of sensitive facts."""
        person = self._facts.people[reason.cadre]
        language = names.language
        parts = list(fitting(reason, language))
        brings = [item for item in reason.brings if item.id in OPEN_TERMS]
        if brings:
            points = (f"{names.rule(item.id)}{'' if names.zh else ' '}{item.weighted:+d}" for item in brings)
            parts.append(names.listed(points))
        return names.say(
            words.POST,
            name=person.record.name,
            unit=person.unit.name,
            place=names.village(reason.village) if reason.village else reason.township or "",
            role=names.role(reason.role),
            parts=BETWEEN.in_(language).join(parts) or names.say(POSTED_MEANWHILE),
        )

    def by_language(self, kind: str, value: str) -> dict[str, str]:
        """Return what something is called: a ``rule``, ``cadre``, ``unit``, ``village`` or ``role``."""
        return {names.language: getattr(names, kind)(value) for names in self._names}

    def _one_broken(self, one: Broken) -> dict[str, Any]:
        is_hidden = self.is_masked and one.rule not in OPEN_RULES
        return {
            "rule": one.rule,
            "name": self.by_language("rule", one.rule),
            "subjects": {} if is_hidden else dict(one.breach.subjects),
            "amount": one.breach.amount,
            "sentence": {
                names.language: names.say(words.NOT_KEPT, rule=names.rule(one.rule))
                if is_hidden
                else situation(names, one)
                for names in self._names
            },
        }

    def _value(self, value: Any) -> Any:
        """Return a figure; rows of figures are of single villages or persons."""
        return None if self.is_masked and not isinstance(value, int | float | str) else value
