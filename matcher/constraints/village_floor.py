"""Plan rule ``village_floor``: the worst-served village is served well enough."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from matcher.codes import Text
from matcher.rulekit import Breach, Params, PlanRule, Row
from matcher.rulekit.base import Share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import PlanView
    from matcher.rulekit import Team


class VillageFloorParams(Params):
    """``min_index``: the least index of a village, its points over its attainable points."""

    min_index: Share = Decimal("0.60")


class VillageFloor(PlanRule[VillageFloorParams]):
    """Every village's index is at least that; left out of what is attainable, which it is measured by."""

    id = "village_floor"
    name = Text("村级保底", "Village floor")
    sentence = Text(
        "每村得分与其可达最高分之比不低于规定（默认0.60）。",
        "Every village's index (points over attainable points) is at least that.",
    )
    why = Text("强村容易抢走强单位，保底保护最弱的村。", "Strong villages tend to capture strong units.")
    allowed = Text("可达100分的村得65分。", "65 of 100 attainable points.")
    refused = Text("可达100分的村得55分。", "55 of 100 attainable points.")
    words = Text("{village}指数{index}，最低{least}", "{village} has index {index}, at least {least}")
    default_mode = "off"
    Params = VillageFloorParams

    def team(self, team: Team, params: VillageFloorParams) -> Iterator[Row]:
        """Return one row, once the attainable points are known."""
        if team.attainable is None or team.attainable <= 0:
            return
        over, under = params.min_index.as_integer_ratio()
        points = team.points() * under
        yield Row(points, at_least=over * team.attainable, flat=True, subjects={"village": team.place.id})

    def breaches(self, view: PlanView, params: VillageFloorParams) -> Iterator[Breach]:
        """Compare each village's index, exactly."""
        for village, team in view.teams.items():
            index = view.index(village)
            if index < Fraction(params.min_index):
                shown = f"{float(index):.4f}"
                data = {"village": team.place.village.name, "index": shown, "least": params.min_index}
                yield Breach({"village": village}, 1, data)
