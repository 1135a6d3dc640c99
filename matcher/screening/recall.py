"""Screening rule ``recall``: who was recalled, or was not there, gets no post."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import RECALL_TRIGGERS, Text
from matcher.rulekit import Params, Refusal, ScreeningRule
from matcher.rulekit.base import Exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat

_NONE = Text("无", "none")


class RecallParams(Params):
    """``min_days``: days a month in the village below which an incumbent is recalled."""

    min_days: Annotated[Exact, Field(ge=0, le=31)] = Decimal(20)


class Recall(ScreeningRule[RecallParams]):
    """An incumbent with a recall trigger or too few days a month gets no post."""

    id = "recall"
    name = Text("召回", "Recall")
    sentence = Text(
        "在岗人员有召回情形或每月驻村天数不足（默认20天）的，不再选派。",
        "An incumbent with a recall trigger, or fewer days a month than that, gets no post.",
    )
    why = Text("召回的人不能换个村再派。", "Who was recalled is not sent again under another name.")
    allowed = Text("每月驻村22天，无召回情形。", "22 days a month, no trigger.")
    refused = Text("每月驻村15天。", "15 days a month.")
    words = Text(
        "召回情形：{triggers}；{days}，要求至少{min_days}天",
        "recall: {triggers}; {days}, at least {min_days} are asked for",
    )
    Params = RecallParams

    def refusals(self, facts: Facts, person: Person, params: RecallParams) -> Iterator[Refusal]:
        """Yield a refusal of every seat."""
        row = person.incumbent
        if row is None:
            return
        absent = row.days_per_month is not None and row.days_per_month < params.min_days
        if row.recall or absent:
            triggers = [RECALL_TRIGGERS[code].text for code in row.recall] or [_NONE]
            data = {"triggers": triggers, "days": _days(row.days_per_month), "min_days": params.min_days}
            yield Refusal(person.id, data=data)

    def permits(self, facts: Facts, person: Person, seat: Seat, params: RecallParams) -> bool:
        """Return whether the person is no incumbent, or one in good standing."""
        row = person.incumbent
        if row is None:
            return True
        return len(row.recall) == 0 and (row.days_per_month is None or row.days_per_month >= params.min_days)


def _days(days: float | None) -> Text:
    """Return the days a month in words."""
    if days is None:
        return Text("每月驻村天数未填写", "days a month in the village not recorded")
    return Text(f"每月驻村{days:g}天", f"{days:g} days a month in the village")
