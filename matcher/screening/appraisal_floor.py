"""Screening rule ``appraisal_floor``: no poor appraisal in the last three years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import APPRAISALS, Text
from matcher.rulekit import NoParams, Refusal, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat

#: The grades below competent; institutions call them 基本合格 and 不合格.
BELOW_COMPETENT = frozenset({"基本称职", "不称职", "基本合格", "不合格"})


class AppraisalFloor(ScreeningRule[NoParams]):
    """None of the last three appraisals is below competent."""

    id = "appraisal_floor"
    name = Text("考核等次", "Appraisal floor")
    sentence = Text(
        "近三次年度考核不得有基本称职（基本合格）或不称职（不合格）等次；不定等次不计。",
        "None of the last three appraisals is basically competent or not competent; not graded is neither.",
    )
    why = Text("选派干部须一贯称职。", "Those who are sent must have done their own work well.")
    allowed = Text("近三年为优秀、称职、不定等次。", "Excellent, competent, not graded.")
    refused = Text("上一年度为基本称职。", "Basically competent last year.")
    words = Text(
        "近三次考核为{grades}；要求不得有基本称职（基本合格）及以下等次",
        "the last three appraisals are {grades}; none may be basically competent or lower",
    )
    Params = NoParams

    def refusals(self, facts: Facts, person: Person, params: NoParams) -> Iterator[Refusal]:
        """Yield a refusal of every seat."""
        last = person.record.appraisals[:3]
        if not BELOW_COMPETENT.isdisjoint(last):
            yield Refusal(person.id, data={"grades": [APPRAISALS[grade].text for grade in last]})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: NoParams) -> bool:
        """Return whether each of the last three grades is good enough."""
        poor = {"基本称职", "不称职", "基本合格", "不合格"}
        return not any(grade in poor for grade in list(person.record.appraisals)[:3])
