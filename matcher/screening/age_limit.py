"""Screening rule ``age_limit``: nobody above a certain age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from matcher.codes import Text
from matcher.rulekit import Params, Refusal, ScreeningRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.round.facts import Facts, Person, Seat


class AgeLimitParams(Params):
    """``max_age`` at the as-of date; ``incumbents``: ``keep`` lets them stay in their own village."""

    max_age: Annotated[int, Field(ge=18, le=100, strict=True)] = 55
    incumbents: Literal["screen", "keep"] = "screen"


class AgeLimit(ScreeningRule[AgeLimitParams]):
    """Every role: age at the as-of date at most ``max_age``."""

    id = "age_limit"
    name = Text("年龄上限", "Age limit")
    sentence = Text(
        "至基准日年龄不超过上限（默认55周岁），各岗位均适用；可设在岗人员留任原村不受限。",
        "Age at the as-of date at most the limit, in every role; with `incumbents` keep, an incumbent passes for "
        "their own village.",
    )
    why = Text("驻村两年，须身体可胜任。", "Two years of living in a village ask for health and strength.")
    allowed = Text("五十五周岁。", "55 years old.")
    refused = Text("五十六周岁。", "56 years old.")
    words = Text("年满{age}周岁，超过上限{max_age}周岁", "aged {age}, over the limit of {max_age}")
    Params = AgeLimitParams

    def refusals(self, facts: Facts, person: Person, params: AgeLimitParams) -> Iterator[Refusal]:
        """Yield a refusal of every seat but, where incumbents are kept, the seats of their own village."""
        if person.age <= params.max_age:
            return
        own = person.incumbent
        unless = None
        if params.incumbents == "keep" and own is not None:
            township = None if own.village else facts.township_of(own.county, own.township)
            unless = (own.village, township, None)
        yield Refusal(person.id, unless=unless, data={"age": person.age, "max_age": params.max_age})

    def permits(self, facts: Facts, person: Person, seat: Seat, params: AgeLimitParams) -> bool:
        """Return whether the person is young enough, or may stay where they are."""
        if person.age <= params.max_age:
            return True
        row = person.incumbent
        if params.incumbents != "keep" or row is None:
            return False
        if row.role == "captain":
            return seat.village is None and seat.township == facts.township_of(row.county, row.township)
        return seat.village == row.village
