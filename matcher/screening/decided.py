"""Screening rule ``decisions``: what the decisions table closes (locks, bans, drops, binds, unbinds)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import DECISION_KINDS, Text
from matcher.rulekit import NoParams, Refusal, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat
    from matcher.round.records import Decision


class Decided(ScreeningRule[NoParams]):
    """A lock closes every other seat, a ban or a drop what it names, a bind the lead to other units."""

    id = "decisions"
    name = Text("已定事项", "Decisions")
    sentence = Text(
        "锁定的干部不得另派；禁止、不选的按表执行；绑定单位的村第一书记只从该单位产生，解绑的单位不得包该村。",
        "A locked cadre gets no other seat; bans and drops are kept; a bound village takes its first secretary from "
        "that unit, an unbound unit leads it not.",
    )
    why = Text("已经议定的事项不再由方案改变。", "What has been decided is not for a plan to change.")
    allowed = Text("锁定在甲村的干部留在甲村。", "A cadre locked to village A in village A.")
    refused = Text("锁定在甲村的干部派往乙村。", "A cadre locked to village A in village B.")
    words = Text("已定事项第{row}条：{kind}", "decision {row}: {kind}")
    Params = NoParams

    def refusals(self, facts: Facts, person: Person, params: NoParams) -> Iterator[Refusal]:
        """Yield what each decision closes to the person."""
        for number, decision in enumerate(facts.round.decisions, start=1):
            data = {"row": number, "kind": _kind(decision)}
            if decision.kind in ("bind", "unbind"):
                if (decision.unit == person.unit_id) == (decision.kind == "unbind"):
                    yield Refusal(person.id, ("first_secretary",), decision.village, data=data)
            elif decision.cadre == person.id:
                yield from self._own(facts, decision, data)

    def _own(self, facts: Facts, decision: Decision, data: dict[str, object]) -> Iterator[Refusal]:
        """Yield what a decision about a cadre closes to that cadre."""
        cadre = decision.cadre or ""
        township = facts.township_of(decision.county, decision.township) if decision.township else None
        if decision.kind == "drop":
            yield Refusal(cadre, data=data)
        elif decision.kind == "lock":
            yield Refusal(cadre, unless=(decision.village, township, decision.role), data=data)
        elif decision.kind == "forbid":
            roles = (decision.role,) if decision.role else None
            yield Refusal(cadre, roles, decision.village, township, data=data)

    def permits(self, facts: Facts, person: Person, seat: Seat, params: NoParams) -> bool:
        """Return whether no decision closes ``seat`` to ``person``."""
        return not any(self.closes(facts, decision, person, seat) for decision in facts.round.decisions)

    @staticmethod
    def closes(facts: Facts, decision: Decision, person: Person, seat: Seat) -> bool:
        """Return whether one decision closes ``seat`` to ``person``."""
        leads_here = seat.role == "first_secretary" and seat.village == decision.village
        if decision.kind == "bind":
            return leads_here and person.unit_id != decision.unit
        if decision.kind == "unbind":
            return leads_here and person.unit_id == decision.unit
        if decision.cadre != person.id:
            return False
        if decision.kind == "drop":
            return True
        same_role = decision.role in (None, "", seat.role)
        if decision.village:
            here = seat.village == decision.village
        elif decision.township:
            here = seat.village is None and seat.township == facts.township_of(
                decision.county, decision.township
            )
        else:
            here = True
        if decision.kind == "lock":
            return not (here and same_role)
        return decision.kind == "forbid" and here and same_role


def _kind(decision: Decision) -> Text:
    return DECISION_KINDS[decision.kind].text
