"""What the routes of plans take and give."""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.access.schemas import Body
from api.rounds.schemas import Reason
from matcher.plan import Post

_MOST = 2000
Text = dict[str, str]


class PlanEdit(Body):
    """Posts to change: who holds another post, who comes in, who goes out.

    With ``save`` the changed plan is stored as a plan of its own; the reason is kept with it, so name nobody in it.
    """

    model_config = Body.model_config | {
        "json_schema_extra": {
            "examples": [
                {
                    "changed": [{"cadre": "C001", "role": "first_secretary", "village": "9901"}],
                    "added": [{"cadre": "C002", "role": "resident", "village": "9901"}],
                    "removed": ["C003"],
                    "save": True,
                    "reason": "一名队员因工作调动退出",
                }
            ]
        }
    }

    changed: Annotated[tuple[Post, ...], Field(max_length=_MOST)] = ()
    added: Annotated[tuple[Post, ...], Field(max_length=_MOST)] = ()
    removed: Annotated[tuple[str, ...], Field(max_length=_MOST)] = ()
    save: bool = False
    reason: Reason | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not (self.changed or self.added or self.removed):
            raise PydanticCustomError("edit_nothing", "no post is changed, added or removed")
        if self.save and self.reason is None:
            raise PydanticCustomError("edit_reason", "a plan is saved with a reason")
        return self


#: What a plan is made of; its other figures are left out.
EXAMPLE_PLAN: Final[dict[str, Any]] = {
    "schema": "plan/1",
    "kind": "partial",
    "score": 0,
    "posts": [{"cadre": "C001", "role": "first_secretary", "village": "9901"}],
}


class PlanHead(Body):
    """A plan in a list; times are UTC milliseconds."""

    id: str
    run_id: str | None
    round_id: str
    revision: int
    digest: str
    rank: int | None
    score: int | None
    bound: int | None
    origin: str
    parent_plan: str | None
    by: str
    at: int


class Plans(Body):
    """A page of plans, newest first."""

    items: list[PlanHead]
    next: str | None


class Broken(Body):
    """A hard rule that is broken; ``subjects`` are empty where who breaks it is not shown."""

    rule: str
    name: Text
    subjects: dict[str, Any]
    amount: int
    sentence: Text


class CheckReport(Body):
    """What the checker found of a plan."""

    ok: bool
    partial: bool
    score: int
    broken: list[Broken]
    violations: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    differences: list[dict[str, Any]]
    attainable: str


class Edited(Body):
    """What posts that were changed do to a plan.

    ``change`` is that of the score, ``breaks`` the hard rules that the plan did not break before, ``broken`` all that
    it breaks now, ``costs`` the soft rules that it did not fall short of before.
    """

    feasible: bool
    score: int
    change: int
    breaks: list[Broken]
    broken: list[Broken]
    costs: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    sentence: Text
    plan: PlanHead | None


class Difference(Body):
    """What changes from one plan to another; ``score`` is the change of it."""

    score: int
    posts: list[dict[str, Any]]
    teams: list[dict[str, Any]]
    units: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    sentence: Text
