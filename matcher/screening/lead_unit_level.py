"""Screening rule ``lead_unit_level``: first secretaries come from the county or above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import COUNTY_AND_ABOVE, Text
from matcher.rulekit import LEADING_ROLES, NoParams, Refusal, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat


class LeadUnitLevel(ScreeningRule[NoParams]):
    """A first secretary comes from a unit of county level or above."""

    id = "lead_unit_level"
    name = Text("第一书记单位层级", "Level of the lead unit")
    sentence = Text(
        "第一书记须来自县级以上单位。", "A first secretary comes from a unit of county level or above."
    )
    why = Text(
        "第一书记的派出单位即包村单位，须有能力帮扶。",
        "The first secretary's unit leads the village and must be able to back it.",
    )
    allowed = Text("县发展和改革局干部任第一书记。", "A county bureau's cadre as first secretary.")
    refused = Text("乡镇农业综合服务中心干部任第一书记。", "A township centre's cadre as first secretary.")
    words = Text("{unit}为乡镇单位，不派第一书记", "{unit} is a township unit and sends no first secretary")
    Params = NoParams

    def refusals(self, facts: Facts, person: Person, params: NoParams) -> Iterator[Refusal]:
        """Yield a refusal of the leading roles."""
        if person.unit.level not in COUNTY_AND_ABOVE:
            yield Refusal(person.id, LEADING_ROLES, data={"unit": person.unit.name})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: NoParams) -> bool:
        """Return whether the unit is high enough for a leading seat; other seats don't ask."""
        return seat.role in {"resident", "support"} or person.unit.level != "township"
