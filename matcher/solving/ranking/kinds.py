"""The kinds of plan that committees ask for: what each puts before the score."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.demands import TermsAtLeast, TermsAtLeastParams
from matcher.demands.book import demand
from matcher.plan import First
from matcher.problems import InvalidInput, Problem
from matcher.rulebook import RuleBook
from matcher.solving.once import solve_once

if TYPE_CHECKING:
    from matcher.demands.book import Demand
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.stopping import Stop

#: The terms of the bundle of projects, funds, responsibility and people.
BUNDLES = ("strong_unit", "bundled_people", "unit_fit", "keep_bundle")


@dataclass
class Kind:
    """A kind of plan on one round.

    Attributes
    ----------
    settings
        How each of its plans is solved.
    terms
        The terms that come before the score.
    demands
        What every plan of the kind has to bring, once it is settled.
    first
        The same as the plans state it.
    """

    round: Round
    settings: Settings
    terms: tuple[str, ...] = ()
    demands: list[Demand] = field(default_factory=list)
    first: First | None = None

    @property
    def can_be_shown(self) -> bool:
        """Whether the checker can show a bound again: it prices members one by one."""
        return all(item.rule.additive for one in self.demands for item in one.params.terms)

    @property
    def by_score(self) -> bool:
        """Whether a plan with a higher score is the better one of two that meet the demands."""
        return self.settings.equity == "none"

    def settle(self, stop: Stop) -> float:
        """Find the most points that the terms can bring, rules that may give left aside; return the work spent."""
        if not self.terms:
            return 0.0
        alone = self.round.patched(rules=_only(self.round, self.terms))
        found = solve_once(alone, self.settings, stop)
        if found.plan is not None:
            least = found.plan.score
            params = TermsAtLeastParams.of(RuleBook.of(self.round.rules), self.terms, least)
            self.demands = [demand(TermsAtLeast(), params)]
            self.first = First(terms=self.terms, least=least, bound=found.bound)
        return found.run.work


def kind_of(round_: Round, settings: Settings) -> Kind:
    """Return the kind of plan that is asked for.

    Raises
    ------
    InvalidInput
        For the fewest changes, where the round has neither a plan in force nor incumbents.
    """
    usual = settings.model_copy(update={"plans": 1, "kind": "best"})
    if settings.kind == "fairest":
        return Kind(round_, usual.model_copy(update={"equity": "floor_first"}))
    if settings.kind == "strongest_bundles":
        return Kind(round_, usual, BUNDLES)
    if settings.kind == "fewest_changes":
        if round_.baseline:
            return Kind(round_, usual, ("min_change",))
        if not round_.incumbents:
            raise InvalidInput([Problem("nothing_to_keep", "settings", None, "kind", settings.kind)])
        return Kind(round_, usual, ("retain",))
    return Kind(round_, usual)


def _only(round_: Round, terms: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return a rules table under which only ``terms`` count, and no rule is soft."""
    book = RuleBook.of(round_.rules)
    rows = {row["id"]: dict(row) for row in round_.document().get("rules", [])}
    for item in book.terms:
        row = rows.setdefault(item.rule.id, {"id": item.rule.id})
        row.pop("mode", None)
        row["weight"] = (item.weight or item.rule.default_weight) if item.rule.id in terms else 0
    for rule in book.plan:
        if rule.mode == "soft":
            row = rows.setdefault(rule.rule.id, {"id": rule.rule.id})
            row.pop("weight", None)
            row["mode"] = "off"
    return list(rows.values())
