"""What would turn a plan, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.codes import Text
from matcher.words.edits import cell_sentence

if TYPE_CHECKING:
    from matcher.codes import Language
    from matcher.edits import Edit
    from matcher.round import Facts
    from matcher.rulekit import ScoreTerm

WEIGHT: Final = Text("“{term}”的权重由{before}改为{after}", "the weight of “{term}” from {before} to {after}")

TITLE: Final = Text(
    "下列任何一处改动，都会让最好的方案这样安排", "Any one of these changes would put it into the best plan"
)
NOTHING: Final = Text(
    "试过的单项改动（一个权重，或本人的一项数据）都不够。",
    "None of the single changes that were tried (one weight, one entry of the person's record) is enough.",
)
LIMIT: Final = Text(
    "“小一级不行”：再小一级的同类改动也求解过，最好的方案不这样安排。",
    "“one less fails”: the next smaller change of the kind was solved, too, and the best plan under it has not the pairing.",
)
CHANGE: Final = Text("改动", "Change")
SMALLEST: Final = Text("小一级不行", "One less fails")
CUT_SHORT: Final = Text("时间已到，改动没有全部试过。", "The time was up before every change was tried.")


def turn_sentence(
    facts: Facts, term: ScoreTerm[Any] | None, edit: Edit, before: object, language: Language
) -> str:
    """Return a change that turns the plan in words; ``term`` is the one whose weight changes, if any."""
    if term is None:
        return cell_sentence(facts, edit, language)
    after = edit.values["weight"]
    return WEIGHT.in_(language).format(term=term.name.in_(language), before=before, after=after)
