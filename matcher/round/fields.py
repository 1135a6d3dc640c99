"""The round's own fields, beside its tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from matcher.codes import NEEDS_BY_TYPE
from matcher.round.records import Day, FrozenDict, Id, NeedLevels, Record, VillageType, Words


def _with_built_in(given: dict[str, Any]) -> FrozenDict:
    """Complete the needs by type with the built-in ones of the types that are not given."""
    built_in = {type_: FrozenDict(needs) for type_, needs in NEEDS_BY_TYPE.items()}
    return FrozenDict({**built_in, **given})


class RoundFields(Record):
    """What a round says beside its tables.

    Attributes
    ----------
    as_of
        The date on which ages are taken.
    starts_on
        The start of the term; blank means ``as_of``.
    needs_by_type
        The needs of a village whose own are all blank, by its types; types not given keep the built-in ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["round/1"] = Field(default="round/1", alias="schema")
    id: Id
    name: Words = ""
    region: Words = ""
    as_of: Day
    starts_on: Day | None = None
    term_months: Annotated[int, Field(ge=1, le=600, strict=True)] = 24
    handover_days: Annotated[int, Field(ge=0, le=3660, strict=True)] = 15
    needs_by_type: Annotated[dict[VillageType, NeedLevels], AfterValidator(_with_built_in)] = _with_built_in(
        {}
    )
