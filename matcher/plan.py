"""The plan: who holds which post, and every figure about it (``plan/1``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.certificate import Certificate
from matcher.explanation import Explanation
from matcher.problems import InvalidInput, Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping


#: A figure in points: a whole number that no plan exceeds.
Points = Annotated[int, Field(strict=True, ge=-(10**15), le=10**15)]


class Part(BaseModel):
    """Base of the parts of a plan: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Post(Part):
    """One post held: a role at a village, or the captaincy of a township (then no village)."""

    cadre: str
    role: str
    village: str | None = None
    county: str | None = None
    township: str | None = None


class Bundle(Part):
    """A unit that answers for a village: the lead unit, or any other unit with a post there (``co``)."""

    unit: str
    village: str
    kind: Literal["lead", "co"]
    people: int
    funds: float | int
    projects: int
    leader: str


class TermPoints(Part):
    """Points of one score term: ``weighted`` = ``weight`` × ``points``."""

    id: str
    points: Points
    weight: Points
    weighted: Points


class VillagePoints(Part):
    """One village's points, what it could reach at most alone, and the ratio of the two.

    ``index`` is points ÷ attainable to 4 decimals (1 where attainable ≤ 0), compared exactly elsewhere.
    """

    village: str
    points: Points
    attainable: Points
    index: float
    terms: tuple[TermPoints, ...]


class Violation(Part):
    """A soft rule that the plan does not meet, and what that costs; of a partial plan also the hard rules it breaks, at 0."""

    rule: str
    subjects: dict[str, Any]
    amount: Points
    penalty: Points


class Substitute(Part):
    """Somebody without a post who could take a seat, all hard rules kept; ``change`` is in score points."""

    cadre: str
    change: Points


class Reserve(Part):
    """The best substitutes for one post held, best first, ties by id."""

    cadre: str
    role: str
    village: str | None = None
    county: str | None = None
    township: str | None = None
    substitutes: tuple[Substitute, ...] = ()


class Floor(Part):
    """How well the worst-served village is served.

    Attributes
    ----------
    index
        The worst index of the plan, to 4 decimals.
    villages
        The villages that have it.
    proven
        With ``equity: floor_first``: that no plan reaches ``index`` + 0.01.
    """

    index: float
    villages: tuple[str, ...]
    proven: bool = False


class Distance(Part):
    """How far a plan is from one that is ranked better.

    Attributes
    ----------
    rank
        The better plan's rank.
    posts, villages
        Posts (cadre, village, role) that the better plan lacks, and the villages that have one of them.
    exchanged
        Those of ``posts`` that count: where the better plan has nobody interchangeable with the cadre.
    teams, substantial
        Teams that differ so, and how many of them have another first secretary, lead unit or coverage of needs.
    """

    rank: Annotated[int, Field(strict=True, ge=1)]
    posts: Annotated[int, Field(strict=True, ge=0)]
    villages: Annotated[int, Field(strict=True, ge=0)]
    exchanged: Annotated[int, Field(strict=True, ge=0)]
    teams: Annotated[int, Field(strict=True, ge=0)]
    substantial: Annotated[int, Field(strict=True, ge=0)]


class TermChange(Part):
    """By how many weighted points a term of one plan differs from another's; ``share`` of the other's points."""

    id: str
    change: Points
    share: float | None = None


class Tradeoff(Part):
    """What a plan gives up and gains against the best one.

    Attributes
    ----------
    score
        The change of the score.
    terms
        The terms that change, the penalties of soft rules as ``penalties``.
    worst_index
        The change of the worst village's index.
    sentences
        The same in one line, by language.
    """

    score: Points
    terms: tuple[TermChange, ...] = ()
    worst_index: float = 0.0
    sentences: dict[str, str] = {}


class First(Part):
    """What a kind of plan puts before the score.

    Attributes
    ----------
    terms
        The terms that come first.
    least
        The weighted points that they have to bring, as many as were found for the best rank.
    bound
        No plan brings more than this; None where none was proven.
    """

    terms: tuple[str, ...]
    least: Points
    bound: Points | None = None


class Plan(Part):
    """A posting plan with its figures; every figure can be recounted from the round and the posts.

    Attributes
    ----------
    bound, gap, proof
        What is proven. Of a plan of rank 2 and more they speak of the best plan that differs so much from all ranks
        before it, and where a kind of plan puts something first, of the plans that have as much of it.
    kind, first
        The kind of plan, and what it puts before the score; ``partial`` stands outside the ranks and breaks hard rules.
    distance, min_distance
        How far the plan is from each better rank, and the share of posts that was asked for.
    substance
        Whether half of the teams that differ do so in first secretary, lead unit or coverage: ``met``; ``none``: no
        plan does (proven); ``none_within``: none down to ``no_substance_within`` points below this one does
        (proven); ``open``: none was found.
    substance_bound
        With ``met``, where another plan at the distance scored more: no plan of substance scores more than this.
    tradeoff
        What the plan gives up and gains against rank 1.
    explanation
        Why each team and post is as it is.
    """

    schema_: Literal["plan/1"] = Field(default="plan/1", alias="schema")
    rank: Annotated[int, Field(strict=True, ge=1)] = 1
    score: Points
    bound: Points | None = None
    gap: float | None = None
    proof: Literal["optimal", "gap", "none"] = "none"
    posts: tuple[Post, ...]
    bundles: tuple[Bundle, ...] = ()
    terms: tuple[TermPoints, ...] = ()
    villages: tuple[VillagePoints, ...] = ()
    violations: tuple[Violation, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    floor: Floor | None = None
    certificate: Certificate | None = None
    kind: Literal["best", "fairest", "fewest_changes", "strongest_bundles", "partial"] = "best"
    first: First | None = None
    distance: tuple[Distance, ...] = ()
    min_distance: float | None = None
    substance: Literal["met", "none", "none_within", "open"] | None = None
    no_substance_within: Points | None = None
    substance_bound: Points | None = None
    tradeoff: Tradeoff | None = None
    explanation: Explanation | None = None

    def document(self) -> dict[str, Any]:
        """Return the plan as ``plan/1`` data, without blank fields."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def json_text(self) -> str:
        """Return the plan as readable JSON text."""
        return json.dumps(self.document(), ensure_ascii=False, indent=1)

    def _repr_html_(self) -> str:
        """Return it in short, for notebooks."""
        from matcher.notebook import plan_html  # noqa: PLC0415 - what notebooks show knows this, not the reverse

        return plan_html(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Plan:
        """Make a plan from ``plan/1`` data; nothing in it is believed before :func:`matcher.check.check`.

        Raises
        ------
        InvalidInput
            With every field that is missing, unknown or of the wrong kind.
        """
        return read_part(cls, document, "plan")


PartT = TypeVar("PartT", bound=Part)


def read_part(part: type[PartT], document: Mapping[str, Any], name: str) -> PartT:
    """Return ``document`` as a ``part``; ``name`` says in problems what kind of document it is.

    Raises
    ------
    InvalidInput
        With every field that is missing, unknown or of the wrong kind.
    """
    try:
        return part.model_validate(document)
    except ValidationError as error:
        raise InvalidInput(
            Problem(
                "bad_document",
                name,
                field=".".join(str(step) for step in found["loc"]),
                value="" if found["type"] == "missing" else shortened(found["input"]),
                details={"message": found["msg"]},
            )
            for found in error.errors(include_url=False)
        ) from None
