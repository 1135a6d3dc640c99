"""Plan rule ``township_captain``: a captain for every township with a posted village."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from matcher.codes import COUNTY_AND_ABOVE, Text
from matcher.rulekit import Breach, Params, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.round.facts import Person, Seat, Township
    from matcher.rulekit import Team


class TownshipCaptainParams(Params):
    """``units``: township (``county/township`` or its name) to the units whose people may be its captain."""

    units: dict[str, tuple[str, ...]] = {}


class TownshipCaptain(PlanRule[TownshipCaptainParams]):
    """One captain a township, on no team; a captaincy is a block of one seat."""

    id = "township_captain"
    name = Text("乡镇总队长", "Township captain")
    sentence = Text(
        "有驻村工作队的乡镇各设总队长一名：县级以上单位科级以上干部，符合第一书记条件，不兼任队员；可限定单位。",
        "Every township with a posted village gets one captain: section rank or above, from a unit of county level or "
        "above, eligible as first secretary, on no team; `units` may restrict who.",
    )
    why = Text("总队长统筹全乡镇驻村工作队。", "The captain coordinates the township's teams.")
    allowed = Text("县财政局副局长任某镇总队长。", "A deputy head of the county finance bureau.")
    refused = Text("某镇没有总队长；或有两名。", "A township without a captain, or with two.")
    words = Text("{township}总队长：{what}", "{township}: {what}")
    default_mode = "off"
    villages = False
    captains = True
    Params = TownshipCaptainParams

    def admits(self, person: Person, seat: Seat, params: TownshipCaptainParams) -> bool:
        """Return whether the rule itself lets ``person`` be a candidate for the captaincy ``seat``."""
        units = params.units.get("/".join(seat.township), params.units.get(seat.township[1]))
        return (
            person.section_rank
            and person.unit.level in COUNTY_AND_ABOVE
            and (units is None or person.unit_id in units)
        )

    def team(self, team: Team, params: TownshipCaptainParams) -> Iterator[Row]:
        """Return the row of the township's one seat."""
        yield Row(team.size(), at_least=1, subjects=_subjects(team.place.township))

    def always(self, team: Team, params: TownshipCaptainParams) -> Iterator[Row]:
        """Return the row that keeps it to one."""
        yield Row(team.size(), at_most=1, subjects=_subjects(team.place.township))

    def breaches_alone(self, view: PlanView, params: TownshipCaptainParams) -> Iterator[Breach]:
        """Look at the one township that the view holds."""
        return self.breaches(view, params)

    def breaches(self, view: PlanView, params: TownshipCaptainParams) -> Iterator[Breach]:
        """Count the captains of each township and look at who they are."""
        held = Counter(township for township, _ in view.captains)
        for township in view.townships:
            captains = held.get(township, 0)
            if captains != 1:
                what = Text(f"现有{captains}名，应有1名", f"{captains} captains, should be 1")
                subjects = {"county": township[0], "township": township[1]}
                data = {"township": township[1], "what": what}
                yield Breach(subjects, abs(1 - captains), data, always=captains > 1)
        for township, person in view.captains:
            if not self.permits(person, township, params):
                name = person.record.name
                what = Text(f"{name}不符合条件", f"{name} may not be captain")
                subjects = {"county": township[0], "township": township[1], "cadre": person.id}
                yield Breach(subjects, 1, {"township": township[1], "what": what}, always=True)

    @staticmethod
    def permits(person: Person, township: Township, params: TownshipCaptainParams) -> bool:
        """Return whether ``person`` may be captain of ``township``; the checker's own reading."""
        named = params.units.get(f"{township[0]}/{township[1]}", params.units.get(township[1]))
        fit = person.section_rank and person.unit.level != "township"
        return fit and (named is None or person.record.unit in named)


def _subjects(township: tuple[str, str]) -> dict[str, Any]:
    return {"county": township[0], "township": township[1]}
