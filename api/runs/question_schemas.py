"""What is asked of plans and rounds by runs: why not, prices, core, what-ifs, mend; and what is saved of them."""

from __future__ import annotations

from itertools import product
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.plans.schemas import PlanHead
from api.rounds.schemas import Reason, RoundView
from api.runs.schemas import Effort
from matcher.edits import SAME_UNIT, Edit

_Id = Annotated[str, Field(max_length=100)]
_Edits = Annotated[tuple[Edit, ...], Field(max_length=5000)]
_Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
#: Scenarios of one batch at most, those of its grid counted.
MOST_SCENARIOS: Final = 100
#: The name of the scenario without edits.
_BASE: Final = "base"


def _example(*examples: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": list(examples)})


class WhyNotAsked(Effort):
    """Why a cadre is not posted to a village (in a role), or why a unit does not lead it.

    Attributes
    ----------
    village
        Where; for a captain the township, as ``county/township``.
    turning_points
        Whether to look, too, for single changes under which the best plan has the pairing.
    """

    model_config = _example(
        {"cadre": "C001", "village": "9901", "role": "first_secretary", "settings": {"effort": "quick"}},
        {"unit": "D01", "village": "9901"},
    )

    cadre: _Id = ""
    unit: _Id = ""
    village: _Id
    role: _Id = ""
    turning_points: bool = False


class PricesAsked(Effort):
    """What one more of each scarce thing is worth at most.

    Attributes
    ----------
    weights
        Whether to say over which weights the plan stays the best, for the terms named, or all.
    posts
        Whether to say which posts stay when weights are moved a little.
    """

    model_config = _example({}, {"weights": True, "terms": ["need_fit"], "settings": {"effort": "quick"}})

    weights: bool = False
    terms: Annotated[tuple[_Id, ...], Field(max_length=100)] | None = None
    posts: bool = False


class CoreAsked(Effort):
    """Which posts every plan has that is nearly as good as the best.

    Attributes
    ----------
    within
        How many points below the best still count as nearly as good; half a per cent where not given.
    """

    model_config = _example({"within": 20})

    within: Annotated[int, Field(ge=0, le=2**31)] | None = None


class MendAsked(Effort):
    """What has changed since a plan came into force; the plan is mended with the fewest changes.

    Attributes
    ----------
    same_unit
        The weight of replacing somebody from the same unit; 0 for no preference.
    """

    model_config = _example(
        {"edits": [{"op": "decide", "table": "decisions", "values": {"kind": "drop", "cadre": "C001"}}]}
    )

    edits: _Edits
    same_unit: Annotated[int, Field(ge=0, le=1_000_000)] = SAME_UNIT


class ScenarioAsked(BaseModel):
    """A named list of edits. The name is shown to all who see the run, so name nobody in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: _Name
    edits: _Edits


class Grid(BaseModel):
    """A scenario for every combination of values, each put where its name stands in braces.

    A text that is nothing but a name in braces becomes the value itself; within a longer text it is written out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: _Name
    edits: _Edits
    values: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")], Annotated[list[str | int], Field(min_length=1)]
        ],
        Field(min_length=1, max_length=4),
    ]

    def size(self) -> int:
        """Return how many scenarios it gives."""
        count = 1
        for values in self.values.values():
            count *= len(values)
        return count

    def scenarios(self) -> list[dict[str, Any]]:
        """Return name and edits of each."""
        edits = [edit.model_dump(mode="json", exclude_defaults=True) for edit in self.edits]
        found = []
        for combination in product(*self.values.values()):
            given = dict(zip(self.values, combination, strict=True))
            found.append({"name": str(_filled(self.name, given)), "edits": _filled(edits, given)})
        return found


class WhatIfsAsked(Effort):
    """Scenarios of a round, solved one after the other from what the base's solve leaves; ``time_limit`` is for all."""

    model_config = _example(
        {
            "scenarios": [{"name": "少一人", "edits": [{"op": "remove", "table": "cadres", "key": "C003"}]}],
            "grid": {
                "name": "适配权重 {fit}",
                "edits": [{"op": "rule", "table": "rules", "key": "need_fit", "values": {"weight": "{fit}"}}],
                "values": {"fit": [1, 2, 4]},
            },
            "settings": {"effort": "quick"},
        }
    )

    scenarios: Annotated[tuple[ScenarioAsked, ...], Field(max_length=MOST_SCENARIOS)] = ()
    grid: Grid | None = None
    revision: Annotated[int, Field(ge=1, le=2**31)] | None = None

    @model_validator(mode="after")
    def _names_are_apart(self) -> Self:
        count = len(self.scenarios) + (self.grid.size() if self.grid is not None else 0)
        if not 1 <= count <= MOST_SCENARIOS:
            raise PydanticCustomError("scenario_count", "1 to {most} scenarios", {"most": MOST_SCENARIOS})
        names = [scenario["name"] for scenario in self.asked()]
        if len({_BASE, *names}) <= len(names):
            raise PydanticCustomError("scenario_names", "a name is given twice, or is the base's")
        return self

    def asked(self) -> list[dict[str, Any]]:
        """Return name and edits of all scenarios, those of the grid last."""
        plain = [
            {
                "name": scenario.name,
                "edits": [edit.model_dump(mode="json", exclude_defaults=True) for edit in scenario.edits],
            }
            for scenario in self.scenarios
        ]
        return [*plain, *(self.grid.scenarios() if self.grid is not None else [])]


class ScenarioSaved(BaseModel):
    """Which scenario of a run is kept, and as what: the next revision of its round, or a round of its own.

    Attributes
    ----------
    scenario
        Its name; none for a plan that was mended.
    reason
        Kept with the revision, so name nobody in it.
    """

    model_config = _example({"scenario": "少一人", "to": "round", "reason": "方案比选"})

    scenario: _Name | None = None
    to: Literal["revision", "round"]
    reason: Reason


class Kept(BaseModel):
    """What was stored of a scenario: its round, the number of the revision, and its best plan."""

    round: RoundView
    revision: int
    plan: PlanHead | None


def _filled(part: Any, given: dict[str, Any]) -> Any:
    """Return data with the values in place of their names in braces."""
    if isinstance(part, dict):
        return {key: _filled(value, given) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, given) for value in part]
    if not isinstance(part, str):
        return part
    for name, value in given.items():
        if part == f"{{{name}}}":
            return value
        part = part.replace(f"{{{name}}}", str(value))
    return part
