"""Screening rule ``party_membership``: a first secretary is a full Party member of some standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import POLITICAL_STATUSES, Text
from matcher.round.facts import whole_months
from matcher.rulekit import LEADING_ROLES, Refusal, ScreeningRule
from matcher.rulekit.phrases import NOT_RECORDED
from matcher.screening.parameters import Months, MonthsParams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat

_UNKNOWN = Text("转正日期未填写", "date of full membership not recorded")


class PartyMembershipParams(MonthsParams):
    """``months``: whole months as a full member at the as-of date."""

    months: Months = 12


class PartyMembership(ScreeningRule[PartyMembershipParams]):
    """A first secretary is 中共党员 and has been a full member for some months."""

    id = "party_membership"
    name = Text("党员身份", "Party membership")
    sentence = Text(
        "第一书记须为中共正式党员，至基准日转正满规定月数（默认12个月）。",
        "A first secretary is a full Party member, for at least that many whole months at the as-of date.",
    )
    why = Text("第一书记首先抓党建，本人须是正式党员。", "A first secretary leads the Party branch's work.")
    allowed = Text("中共党员，转正已三年。", "A Party member, full for three years.")
    refused = Text(
        "中共预备党员；或转正日期空白。", "A probationary member, or a blank date of full membership."
    )
    words = Text(
        "政治面貌：{status}；{held}；第一书记要求中共党员转正满{months}个月",
        "political status: {status}; {held}; a first secretary has been a full Party member for {months} months",
    )
    Params = PartyMembershipParams

    def refusals(self, facts: Facts, person: Person, params: PartyMembershipParams) -> Iterator[Refusal]:
        """Yield a refusal of the leading roles."""
        joined = person.record.party_joined
        held = None if joined is None else whole_months(joined, facts.round.as_of)
        if person.record.political_status == "中共党员" and held is not None and held >= params.months:
            return
        status = person.record.political_status
        data = {
            "status": POLITICAL_STATUSES[status].text if status else NOT_RECORDED,
            "held": _UNKNOWN if held is None else Text(f"转正满{held}个月", f"full member for {held} months"),
            "months": params.months,
        }
        yield Refusal(person.id, LEADING_ROLES, data=data)

    def permits(self, facts: Facts, person: Person, seat: Seat, params: PartyMembershipParams) -> bool:
        """Return whether the membership is long enough for a leading seat; other seats don't ask."""
        if seat.role not in {"first_secretary", "captain"}:
            return True
        record = person.record
        if record.political_status != "中共党员" or record.party_joined is None:
            return False
        return whole_months(record.party_joined, facts.round.as_of) >= params.months
