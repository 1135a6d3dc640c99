"""What it would take: the smallest change of a weight or of the person's data that puts a pairing into the best plan."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from matcher.check.distances import held
from matcher.edits import Edit, cell, edited, weight
from matcher.questions.weights import FAR, HIGHEST
from matcher.round.records import HIGHEST_LEVEL
from matcher.rulebook import RuleBook
from matcher.settings import Settings
from matcher.solving.memory import memory_of
from matcher.solving.once import solve_once
from matcher.solving.stopping import Stop
from matcher.words.turning import turn_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.plan import Plan
    from matcher.questions.answer import WhyNot
    from matcher.round import Round
    from matcher.rulekit import ScoreTerm


@dataclass(frozen=True)
class Turn:
    """A change of the round under which the best plan found has the pairing.

    Attributes
    ----------
    kind
        ``weight`` or ``data``.
    edit
        The change.
    before, after
        The value now and then.
    plan
        The best plan of the changed round: it has the pairing.
    sentence
        The change in words, by language.
    next_fails
        Whether the next smaller change of the same kind was looked at, and the best plan found under it has not the
        pairing. A still smaller one might do: which weights work need not be one range.
    """

    kind: Literal["weight", "data"]
    edit: Edit
    before: Any
    after: Any
    plan: Plan
    sentence: dict[str, str]
    next_fails: bool

    def document(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "kind": self.kind,
            "edit": self.edit.model_dump(mode="json", exclude_defaults=True),
            "before": self.before,
            "after": self.after,
            "sentence": self.sentence,
            "next_fails": self.next_fails,
            "plan": self.plan.document(),
        }


def turning_points(
    round_: Round, plan: Plan, answer: WhyNot, settings: Settings | None = None, *, stop: Stop | None = None
) -> list[Turn]:
    """Return which single changes would put a cadre's pairing into the best plan.

    Parameters
    ----------
    round_, plan
        The round and its best plan.
    answer
        What :func:`matcher.why_not` said of a cadre at a village: possible at a cost.
    settings, stop
        How the changed rounds are solved.

    Returns
    -------
    list[Turn]
        Weights first, then changes of the person's record. Empty where nothing that was tried is enough.
    """
    if answer.plan is None or not answer.asked.params.cadre:
        return []
    search = _Search(round_, plan, answer, settings or Settings(), stop or Stop())
    return [*search.weights(), *search.data()]


class _Search:
    def __init__(self, round_: Round, plan: Plan, answer: WhyNot, settings: Settings, stop: Stop) -> None:
        self.round = round_
        self.plan = plan
        self.other = answer.plan
        self.asked = answer.asked.params
        self.settings = settings
        self.stop = stop
        self.memory = memory_of(round_.facts, plan)

    def weights(self) -> Iterator[Turn]:
        """Yield of each term a weight at which the best plan has the pairing, and next to it one at which it has not."""
        own = {term.id: term.points for term in self.plan.terms}
        other = {term.id: term.points for term in self.other.terms} if self.other is not None else {}
        behind = self.plan.score - (self.other.score if self.other is not None else 0)
        for item in RuleBook.of(self.round.rules).terms:
            gain = other.get(item.rule.id, 0) - own.get(item.rule.id, 0)
            if not item.on or not gain or self.stop.now:
                continue
            step = behind / gain
            value = item.weight + (int(step) + 1 if step > 0 else int(step) - 1)
            if 0 <= value <= min(FAR * item.weight + 10, HIGHEST):
                turn = self._nearest(item.rule, item.weight, value)
                if turn is not None:
                    yield turn

    def _nearest(self, rule: ScoreTerm[Any], now: int, value: int) -> Turn | None:
        """Return a weight that works next to one that does not, by halving between the present one and ``value``."""
        term = rule.id
        works = self._tried(weight(term, value))
        if works is None:
            return None
        fails = now
        while abs(value - fails) > 1 and not self.stop.now:
            middle = (value + fails) // 2
            found = self._tried(weight(term, middle))
            if found is None and self.stop.now:
                break  # it was cut short: that says nothing of this weight
            if found is None:
                fails = middle
            else:
                value, works = middle, found
        edit = weight(term, value)
        said = self._said(edit, now, rule)
        return Turn("weight", edit, now, value, works, said, next_fails=abs(value - fails) == 1)

    def _said(self, edit: Edit, before: Any, rule: ScoreTerm[Any] | None = None) -> dict[str, str]:
        facts = self.round.facts
        return {
            "zh": turn_sentence(facts, rule, edit, before, "zh"),
            "en": turn_sentence(facts, rule, edit, before, "en"),
        }

    def data(self) -> Iterator[Turn]:
        """Yield of each kind of change of the person's record the smallest that is enough: smaller ones were solved."""
        for steps in self._steps():
            for edit, before, after in steps:
                if self.stop.now:
                    return
                found = self._tried(edit)
                if found is not None:
                    yield Turn("data", edit, before, after, found, self._said(edit, before), next_fails=True)
                    break

    def _steps(self) -> Iterator[list[tuple[Edit, Any, Any]]]:
        """Yield kinds of change of the record, each as single changes, the smaller ones first."""
        person = self.round.facts.people[self.asked.cadre]
        record, place = person.record, self.round.facts.places.get(self.asked.place)
        if record.willing is not True:
            yield [(cell("cadres", record.id, willing=True), record.willing, True)]
        if place is None:  # a captain's township has neither needs nor languages
            return
        spoken = [language for language in place.village.languages if language not in record.languages]
        if spoken:
            known = [*record.languages, spoken[0]]
            yield [(cell("cadres", record.id, languages=known), list(record.languages), known)]
        for specialty, need in sorted(place.needs.items(), key=lambda item: -item[1]):
            own = dict(record.specialties)
            higher = [
                {**own, specialty: level} for level in range(own.get(specialty, 0) + 1, HIGHEST_LEVEL + 1)
            ]
            if need:
                yield [(cell("cadres", record.id, specialties=levels), own, levels) for levels in higher]

    def _tried(self, edit: Edit) -> Plan | None:
        """Return the best plan of the changed round if it has the pairing."""
        changed = edited(self.round, [edit])
        found = solve_once(changed, self.settings, self.stop, memory=deepcopy(self.memory)).plan
        if found is None:
            return None
        asked = self.asked
        has = any(
            cadre == asked.cadre and place == asked.place and asked.role in ("", role)
            for cadre, place, role in held(changed.facts, found)
        )
        return found if has else None
