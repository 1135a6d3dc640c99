"""Plan rule ``mean_age``: the mean age of all team posts."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from math import ceil
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matcher.codes import Text
from matcher.edits import Edit, rule
from matcher.rulekit import Breach, Limit, LinkRow, Load, Params, PlanRule
from matcher.rulekit.base import Exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.check.view import PlanView
    from matcher.round.facts import Facts, Person, Seat
    from matcher.rulekit import Team
    from matcher.screening.outcome import Screening


class MeanAgeParams(Params):
    """``max_age``: the highest mean age, in years."""

    max_age: Annotated[Exact, Field(ge=18, le=100)] = Decimal(38)


class MeanAge(PlanRule[MeanAgeParams]):
    """Mean age of all team posts at most ``max_age``."""

    id = "mean_age"
    name = Text("平均年龄", "Mean age")
    sentence = Text(
        "全部工作队岗位的平均年龄不超过规定（默认38岁）。", "Mean age of all team posts at most that."
    )
    why = Text("有的县要求队伍年轻化。", "Some counties ask for a young team on the whole.")
    allowed = Text("平均37.9岁。", "A mean of 37.9.")
    refused = Text("平均38.1岁。", "A mean of 38.1.")
    words = Text("平均年龄{mean}岁，最高{most}岁", "the mean age is {mean}, at most {most}")
    default_mode = "off"
    Params = MeanAgeParams

    def rows(self, facts: Facts, screening: Screening, params: MeanAgeParams) -> Iterator[LinkRow]:
        """Return the one row: years above the limit, summed over posts."""
        yield LinkRow("age", at_most=0, step=params.max_age.as_integer_ratio()[1])

    def load(self, team: Team, params: MeanAgeParams) -> Iterator[Load]:
        """Put the members' years above the limit on the row (below it, they count against)."""
        over, under = params.max_age.as_integer_ratio()
        yield Load("age", team.total(lambda person, role: person.age * under - over))  # noqa: ARG005

    def give(self, facts: Facts, breach: Breach, params: MeanAgeParams) -> Edit:
        """Return the mean age that is reached, rounded up to a hundredth."""
        mean = Decimal(breach.data["ages"]) / Decimal(breach.data["posts"])
        return rule(self.id, max_age=float(mean.quantize(Decimal("0.01"), ROUND_CEILING)))

    def limits(self, view: PlanView, params: MeanAgeParams) -> Iterator[Limit]:
        """Return that the years above the highest mean, less those below it, come to nothing in all."""
        yield Limit("age", at_most=0, step=params.max_age.as_integer_ratio()[1])

    def uses(self, facts: Facts, seat: Seat, person: Person, params: MeanAgeParams) -> Mapping[str, int]:
        """Return the member's years above the highest mean, counted in the fractions that it is given in."""
        years, parts = params.max_age.as_integer_ratio()
        return {"age": parts * person.age - years}

    def breaches(self, view: PlanView, params: MeanAgeParams) -> Iterator[Breach]:
        """Sum the ages over all team posts."""
        ages = [person.age for team in view.teams.values() for person, _ in team.members]
        years = ceil(sum(ages) - params.max_age * len(ages))
        if years > 0:
            mean = f"{sum(ages) / len(ages):.2f}"
            yield Breach({"plan": "mean_age"}, years, {"mean": mean, "most": params.max_age, "ages": sum(ages),
                          "posts": len(ages)})  # fmt: skip
