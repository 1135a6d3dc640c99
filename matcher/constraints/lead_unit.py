"""Plan rule ``lead_unit``: the first secretary's unit leads the village, and not too many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.edits import Edit, cell
from matcher.rulekit import Breach, Limit, LinkRow, Load, NoParams, PlanRule, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Place, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class LeadUnit(PlanRule[NoParams]):
    """The decided unit concerns one village; how many villages a unit leads links them."""

    id = "lead_unit"
    name = Text("单位包村", "Lead unit")
    sentence = Text(
        "第一书记的派出单位即包村单位；已定包村单位的按已定；一个单位包村不超过可包村数。",
        "The first secretary's unit leads the village (and is the decided one, where there is one); a unit leads at "
        "most its `max_villages`.",
    )
    why = Text(
        "“捆绑”帮扶：一个单位对一个村负责，责任不能摊薄。",
        "A unit answers for a village; spread thin, it answers for none.",
    )
    allowed = Text("县农业农村局可包2村，实包2村。", "A bureau that may lead two villages leads two.")
    refused = Text("可包1村的单位派出两名第一书记。", "A unit that may lead one sends two first secretaries.")
    words = Text("单位{unit}：{villages}", "unit {unit}: {villages}")
    team_level = True
    Params = NoParams

    def team(self, team: Team, params: NoParams) -> Iterator[Row]:
        """Return a row for the decided unit: nobody else's first secretary."""
        decided = team.place.village.lead_unit
        if decided is not None:
            others = team.count(lambda person: person.unit_id != decided, "first_secretary")
            yield Row(others, at_most=0, subjects={"village": team.place.id, "unit": decided})

    def rows(self, facts: Facts, screening: Screening, params: NoParams) -> Iterator[LinkRow]:
        """Return a row for each unit."""
        for unit in facts.round.units:
            most = unit.max_villages
            yield LinkRow(unit.id, at_most=most, subjects={"unit": unit.id}, alone=most == 0)

    def load(self, team: Team, params: NoParams) -> Iterator[Load]:
        """Put 1 on the row of the unit that leads here."""
        for unit in dict.fromkeys(person.unit_id for person in team.people):
            leads = team.leads(unit)
            if leads.terms:
                yield Load(unit, leads)

    def breaches(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Count the villages that each unit leads and compare the decided units."""
        led = Counter(team.lead_unit for team in view.teams.values() if team.lead_unit is not None)
        for unit, villages in led.items():
            most = view.facts.units[unit].max_villages
            if villages > most:
                words = Text(f"包村{villages}个，最多{most}个", f"leads {villages} villages, at most {most}")
                data = {"unit": view.facts.units[unit].name, "villages": words}
                yield Breach({"unit": unit}, villages - most, data)
        for team in view.teams.values():
            decided = team.place.village.lead_unit
            if decided is not None and team.lead_unit not in (None, decided):
                words = Text(f"应包{team.place.village.name}", f"should lead {team.place.village.name}")
                subjects = {"village": team.place.id, "unit": decided}
                yield Breach(subjects, 1, {"unit": view.facts.units[decided].name, "villages": words})

    def breaches_inside(self, view: PlanView, params: NoParams) -> Iterator[Breach]:
        """Compare the decided unit alone; how many villages a unit leads is limited over the round."""
        for team in view.teams.values():
            should, leads = team.place.village.lead_unit, team.lead_unit
            if should is not None and leads is not None and leads != should:
                yield Breach({"village": team.place.id, "unit": should})

    def give(self, facts: Facts, breach: Breach, params: NoParams) -> Edit:
        """Return that the unit may lead more villages, or that the village's lead unit is open again."""
        if "village" in breach.subjects:
            return cell("villages", breach.subjects["village"], lead_unit=None)
        unit = facts.units[breach.subjects["unit"]]
        return cell("units", unit.id, max_villages=unit.max_villages + breach.amount)

    def limits(self, view: PlanView, params: NoParams) -> Iterator[Limit]:
        """Return how many villages each unit may lead."""
        for id_, unit in view.facts.units.items():
            yield Limit(id_, at_most=unit.max_villages)

    def uses(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> Mapping[str, int]:
        """Return one village for the first secretary's unit."""
        return {person.record.unit: 1} if seat.role == "first_secretary" else {}

    def summary(self, facts: Facts, seat: Seat, person: Person, params: NoParams) -> frozenset[str]:
        """Return what speaks against a first secretary: the unit is not the decided one, or may lead nothing."""
        if seat.role != "first_secretary":
            return frozenset()
        should = facts.places[seat.village or ""].village.lead_unit
        wrong = {"not the decided unit"} if should is not None and person.record.unit != should else set()
        return frozenset(wrong | ({"may not lead"} if person.unit.max_villages == 0 else set()))

    def kind(self, place: Place, person: Person, params: NoParams) -> None:
        """Return nothing: only the first secretary counts."""
