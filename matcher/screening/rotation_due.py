"""Screening rule ``rotation_due``: who has served the term goes home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.round.facts import whole_months
from matcher.rulekit import Refusal, ScreeningRule
from matcher.screening.parameters import Months, MonthsParams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat


class RotationDueParams(MonthsParams):
    """``months``: whole months served at the start of the term after which an incumbent rotates out."""

    months: Months = 24


class RotationDue(ScreeningRule[RotationDueParams]):
    """An incumbent who has served long enough gets no post, unless an extension is approved."""

    id = "rotation_due"
    name = Text("期满轮换", "Rotation due")
    sentence = Text(
        "在岗人员至任期起始日驻村满规定月数（默认24个月）的不再选派，经批准延长的除外。",
        "An incumbent who has served that long at the start of the term gets no post, unless an extension is approved.",
    )
    why = Text(
        "两年一轮换，不能让同一个人长期不归。", "Two years is a term; nobody is kept away from home for good."
    )
    allowed = Text("驻村满二十三个月；或经批准延长。", "23 months served, or an approved extension.")
    refused = Text("驻村满二十四个月，未批准延长。", "24 months served and no extension.")
    words = Text(
        "在岗已满{served}个月（满{months}个月轮换）", "has served {served} months (rotation after {months})"
    )
    Params = RotationDueParams

    def refusals(self, facts: Facts, person: Person, params: RotationDueParams) -> Iterator[Refusal]:
        """Yield a refusal of every seat; a blank ``since`` is not due."""
        row = person.incumbent
        if row is None or row.since is None or row.extension_approved:
            return
        served = whole_months(row.since, facts.round.starts_on or facts.round.as_of)
        if served >= params.months:
            yield Refusal(person.id, data={"served": served, "months": params.months})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: RotationDueParams) -> bool:
        """Return whether the person is not in office, not due, or extended."""
        row = person.incumbent
        if row is None or row.extension_approved is True or row.since is None:
            return True
        start = facts.round.starts_on if facts.round.starts_on is not None else facts.round.as_of
        return whole_months(row.since, start) < params.months
