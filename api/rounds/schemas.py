"""What the routes of rounds take and give."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from matcher.edits import Edit

Reason = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]


class RoundEdits(BaseModel):
    """Edits of a round, and why they are made; the reason is kept with the revision, so name nobody in it."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "reason": "一村因并村退出",
                    "edits": [{"op": "cell", "table": "villages", "key": "9901", "values": {"hardship": 2}}],
                }
            ]
        },
    )

    reason: Reason
    edits: Annotated[tuple[Edit, ...], Field(min_length=1, max_length=5000)]


class RevisionHead(BaseModel):
    """A revision in a list; times are UTC milliseconds."""

    number: int
    digest: str
    parent: int | None
    reason: str
    by: str
    at: int


class RevisionView(RevisionHead):
    """A revision with the edits that made it, without sensitive values, and what is odd about it.

    ``lineage`` says of which run's scenario it was made, and of which revision of which round; none where it was not.
    """

    edits: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    lineage: dict[str, Any] | None


class Revisions(BaseModel):
    """A page of revisions, newest first."""

    items: list[RevisionHead]
    next: str | None


class RoundHead(BaseModel):
    """A round in a list."""

    id: str
    name: str
    region: str
    counties: list[str]
    created_by: str
    at: int
    revision: RevisionHead


class RoundView(RoundHead):
    """A round, and what is odd about its last revision."""

    warnings: list[dict[str, Any]]


class Rounds(BaseModel):
    """A page of rounds, newest first."""

    items: list[RoundHead]
    next: str | None


class Validated(BaseModel):
    """Whether what was sent is a round, and all that is wrong or odd, each with its place."""

    valid: bool
    digest: str | None
    counties: list[str]
    problems: list[dict[str, Any]]
    warnings: list[dict[str, Any]]


#: The smallest round that shows what one is made of; all names are invented.
EXAMPLE_ROUND: Final[dict[str, Any]] = {
    "schema": "round/1",
    "id": "example-1",
    "name": "示例县2025年驻村干部选派",
    "region": "示例省示例市示例县",
    "as_of": "2025-05-01",
    "villages": [
        {"id": "9901", "name": "杏花村", "county": "示例县", "township": "青禾镇", "needs": {"party": 3}}
    ],
    "units": [{"id": "D01", "name": "示例县农业农村局", "level": "county"}],
    "cadres": [
        {
            "id": "C001",
            "name": "示例甲",
            "birth_month": "1988-03",
            "unit": "D01",
            "specialties": {"party": 4},
        },
        {"id": "C002", "name": "示例乙", "birth_month": "1990-07", "unit": "D01", "specialties": {"law": 3}},
        {"id": "C003", "name": "示例丙", "birth_month": "1985-11", "unit": "D01"},
    ],
}
