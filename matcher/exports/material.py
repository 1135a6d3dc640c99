"""What the exports are made of: a round, a plan that stood the recount, and the screening behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher import check
from matcher.exports.names import Names
from matcher.problems import MatcherError
from matcher.rulebook import RuleBook
from matcher.screening.outcome import Screening, screen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.check import Report
    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.round import Round


class PlanRefused(MatcherError):
    """The plan breaks a hard rule or states a figure that the recount does not confirm; it is not exported.

    Attributes
    ----------
    report
        What the checker found.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        rules = sorted({item.rule for item in report.recount.broken})
        figures = [difference.figure for difference in report.differences]
        super().__init__(
            f"the plan does not stand the recount: rules broken {rules}, figures that differ {figures}"
        )


@dataclass(frozen=True)
class Background:
    """A round with its rules, its screening and its names in one language."""

    round: Round
    book: RuleBook
    screening: Screening
    names: Names

    @classmethod
    def of(cls, round_: Round, language: Language) -> Background:
        """Screen a round under its own rules."""
        book = RuleBook.of(round_.rules)
        return cls(round_, book, screen(round_.facts, book), Names(round_.facts, language))

    @property
    def language(self) -> Language:
        """The language of the export."""
        return self.names.language


@dataclass(frozen=True)
class Material(Background):
    """A checked plan on its background.

    Attributes
    ----------
    plan
        The plan; its figures are those of ``report``.
    report
        What the checker recounted.
    provenance
        Where the plan comes from, as its result says; empty where only the plan is at hand.
    """

    plan: Plan
    report: Report
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def checked(
        cls,
        background: Background,
        plan: Plan,
        provenance: Mapping[str, Any] | None = None,
        better: Sequence[Plan] = (),
    ) -> Material:
        """Check a plan and put it on its background; ``better`` are the plans ranked before it.

        Raises
        ------
        PlanRefused
            When it does not stand the recount.
        """
        report = check(background.round, plan, better=better, book=background.book)
        if not report.ok:
            raise PlanRefused(report)
        return cls(
            background.round,
            background.book,
            background.screening,
            background.names,
            plan,
            report,
            provenance or {},
        )
