"""What scarce things are worth, how far weights can move and which posts stay, on the screen."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.words import answers
from matcher.words import sensitivity as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from matcher.cli.desk import Desk
    from matcher.codes import Text
    from matcher.exports import Material
    from matcher.questions.weights import WeightRange

#: Rows shown of each table; more are in the file.
SHOWN = 15
#: Worths below this many points say nothing.
LITTLE = 0.5

_WORTHS = (Column(words.RULE), Column(words.OF_WHAT), Column(words.POINTS, right=True))
_SEATS = (Column(answers.WHERE), Column(words.POINTS, right=True))
_RANGES = (Column(answers.TERM), Column(words.NOW, right=True), Column(words.STAYS))
_KEPT = (
    Column(answers.WHERE), Column(answers.ROLE), Column(answers.WHO), Column(words.KEPT, right=True),
)  # fmt: skip


def show_worths(desk: Desk, material: Material, worths: pd.DataFrame, seats: pd.DataFrame) -> None:
    """Print what one more of each scarce thing is worth at most."""
    names, plan = material.names, material.plan
    # No plan gains more than that and what the bound is above this one; scores are whole numbers.
    above = 0 if plan.bound is None else plan.bound - plan.score
    rows = [
        (names.rule(str(row["rule"])), row["name"], floor(row["points"] + above))
        for row in worths.head(SHOWN).to_dict("records")
        if row["points"] >= LITTLE
    ]
    if rows:
        desk.table(_WORTHS, rows, words.WORTHS_TITLE)
    some = [
        (names.village(str(row["village"])), row["points"] + above)
        for row in seats.head(SHOWN).to_dict("records")
        if row["points"] >= LITTLE
    ]
    if some:
        desk.table(_SEATS, some, words.SEATS_TITLE)
    if not rows and not some:
        desk.say(words.NOTHING)
    else:
        desk.say(words.LIMITS)


def show_ranges(desk: Desk, material: Material, ranges: Iterable[WeightRange]) -> None:
    """Print over which weights the plan stays, term by term."""
    names, ranges = material.names, list(ranges)
    rows = [
        (names.rule(one.term), one.weight, desk.words(_stays(one), low=one.lowest, high=one.highest))
        for one in ranges
    ]
    gap = max((one.gap for one in ranges), default=0.0)
    desk.table(_RANGES, rows, words.EXACT_TITLE if not gap else words.RANGES_TITLE)
    if gap:
        desk.say(words.WITHIN_GAP, gap=f"{100 * gap:.2f}")


def _stays(one: WeightRange) -> Text:
    if not one.settled:
        return words.UNSETTLED
    if one.open_above:
        return words.FROM_UP
    return words.ONLY if one.lowest == one.highest else words.FROM_TO


def show_robustness(desk: Desk, material: Material, kept: pd.DataFrame) -> None:
    """Print the posts that the fewest solves with one weight moved keep."""
    names, solves = material.names, kept.attrs["solves"]
    if not solves:
        desk.say(words.NO_SOLVE)
        return
    steady = int((kept["kept"] >= 1).sum())
    desk.say(words.STEADY, steady=steady, posts=len(kept), solves=solves)
    rows = [
        (
            names.village(row["village"]),
            names.role(row["role"]),
            names.cadre_of(row["cadre"]),
            f"{100 * row['kept']:.0f} %",
        )
        for row in kept.head(SHOWN).to_dict("records")
        if row["kept"] < 1
    ]
    if rows:
        desk.table(_KEPT, rows, words.KEPT_TITLE)
