"""Screening rule ``service_area``: a unit's people serve where the unit does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from matcher.codes import Text
from matcher.rulekit import Params, Refusal, ScreeningRule
from matcher.rulekit.phrases import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat


class ServiceAreaParams(Params):
    """``township_scope``: where people of a township's unit serve, ``township`` or ``county``."""

    township_scope: Literal["township", "county"] = "township"


class ServiceArea(ScreeningRule[ServiceAreaParams]):
    """County units serve in their county, township units in their township, higher ones anywhere."""

    id = "service_area"
    name = Text("服务区域", "Service area")
    sentence = Text(
        "县级单位干部在本县、乡镇单位干部在本乡镇（或按设定在本县）服务，县以上单位不限。",
        "Cadres of a county's unit serve in that county, of a township's unit in that township (or anywhere in its "
        "county), of higher units anywhere.",
    )
    why = Text(
        "派出单位对驻地负责，编制和经费不跨县。", "A unit's people and money do not cross county borders."
    )
    allowed = Text("县农业农村局干部派往本县村。", "A county bureau's cadre in a village of that county.")
    refused = Text("邻县单位干部派来本县。", "A cadre of the next county's bureau.")
    words = Text("所在单位服务区域为{area}，区域外不可派驻", "the unit serves {area}; no post outside")
    Params = ServiceAreaParams

    def refusals(self, facts: Facts, person: Person, params: ServiceAreaParams) -> Iterator[Refusal]:
        """Yield at most one refusal a cadre: everything outside the unit's area, where there is any."""
        unit = person.unit
        if unit.level not in ("county", "township"):
            return
        county = facts.unit_county(unit)
        narrow = unit.level == "township" and params.township_scope == "township"
        refusal = Refusal(
            person.id,
            outside=(county, unit.township if narrow else None),
            data={"area": f"{county}{unit.township if narrow else ''}" or NOT_RECORDED},
        )
        if any(refusal.covers(place.seat("captain")) for place in facts.townships.values()):
            yield refusal

    def permits(self, facts: Facts, person: Person, seat: Seat, params: ServiceAreaParams) -> bool:
        """Return whether the seat lies in the area of the person's unit."""
        unit = person.unit
        if unit.level in {"central", "province", "prefecture"}:
            return True
        same_county = seat.township[0] == facts.unit_county(unit)
        if unit.level == "county" or params.township_scope == "county":
            return same_county
        return same_county and seat.township[1] == unit.township
