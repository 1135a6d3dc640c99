"""The workbooks that people take to the meeting: the roster with its proof, and the screening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.exports.material import Background, Material
from matcher.exports.reasons_page import reasons_page
from matcher.exports.roster_page import roster_page
from matcher.exports.rules_page import rules_page
from matcher.exports.score_pages import score_page, villages_page
from matcher.exports.screening_page import screening_page
from matcher.exports.units_page import units_page
from matcher.exports.writer import workbook_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.round import Round


def roster_workbook(
    round_: Round,
    plan: Plan,
    language: Language = "zh",
    *,
    provenance: Mapping[str, Any] | None = None,
    better: Sequence[Plan] = (),
) -> bytes:
    """Return the roster workbook of a plan: roster, units, reasons, screening, scores and rules.

    Parameters
    ----------
    round_
        The round.
    plan
        The plan; it is checked first, and all figures are the checker's.
    language
        Of headers and sentences.
    provenance
        Where the plan comes from, as its result says.
    better
        The plans ranked before it, where it is not the first.

    Raises
    ------
    PlanRefused
        When the plan does not stand the recount.
    """
    return roster_of(Material.checked(Background.of(round_, language), plan, provenance, better))


def roster_of(material: Material) -> bytes:
    """Return the roster workbook of a plan that is checked already."""
    pages = (
        roster_page(material), units_page(material), reasons_page(material), screening_page(material),
        score_page(material), villages_page(material), rules_page(material),
    )  # fmt: skip
    return workbook_of(pages, material)


def screening_workbook(round_: Round, language: Language = "zh") -> bytes:
    """Return the screening of a round as a workbook."""
    return screening_of(Background.of(round_, language))


def screening_of(background: Background) -> bytes:
    """Return a screening that is at hand as a workbook."""
    return workbook_of([screening_page(background)], background)
