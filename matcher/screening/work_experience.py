"""Screening rule ``work_experience``: a first secretary has worked for some time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.round.facts import whole_months
from matcher.rulekit import LEADING_ROLES, Refusal, ScreeningRule
from matcher.screening.parameters import Months, MonthsParams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat

_UNKNOWN = Text("参加工作时间未填写", "start of work not recorded")


class WorkExperienceParams(MonthsParams):
    """``months``: whole months of work at the as-of date."""

    months: Months = 24


class WorkExperience(ScreeningRule[WorkExperienceParams]):
    """A first secretary has worked for some months."""

    id = "work_experience"
    name = Text("工作经历", "Work experience")
    sentence = Text(
        "第一书记至基准日参加工作满规定月数（默认24个月）。",
        "A first secretary has worked for at least that many whole months at the as-of date.",
    )
    why = Text("第一书记要能独立开展工作。", "A first secretary has to work on their own from the first day.")
    allowed = Text("参加工作五年。", "Five years at work.")
    refused = Text("参加工作二十三个月；或参加工作时间空白。", "23 months at work, or a blank date.")
    words = Text(
        "{held}，第一书记要求满{months}个月",
        "{held}; a first secretary needs {months} months",
    )
    Params = WorkExperienceParams

    def refusals(self, facts: Facts, person: Person, params: WorkExperienceParams) -> Iterator[Refusal]:
        """Yield a refusal of the leading roles."""
        started = person.record.work_started
        held = None if started is None else whole_months(started, facts.round.as_of)
        if held is None or held < params.months:
            said = _UNKNOWN if held is None else Text(f"参加工作满{held}个月", f"at work for {held} months")
            data = {"held": said, "months": params.months}
            yield Refusal(person.id, LEADING_ROLES, data=data)

    def permits(self, facts: Facts, person: Person, seat: Seat, params: WorkExperienceParams) -> bool:
        """Return whether the person has worked long enough for a leading seat; other seats don't ask."""
        if seat.role in {"resident", "support"}:
            return True
        started = person.record.work_started
        return started is not None and not whole_months(started, facts.round.as_of) < params.months
