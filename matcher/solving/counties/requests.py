"""What is asked of the processes that work on counties, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.solving.counties.county import Converged, Converging, Opened, Planned, Planning

if TYPE_CHECKING:
    from fractions import Fraction

    from matcher.model.encode import Team
    from matcher.plan import Reserve
    from matcher.solving.counties.division import Part

#: Sent while a request is worked on: answer soon with what there is.
STOP = "stop"


@dataclass(frozen=True)
class Begin:
    """The round that is worked on."""

    document: dict[str, Any]
    attainable: dict[str, int] = field(default_factory=dict)
    floor: Fraction | None = None


@dataclass(frozen=True)
class Open:
    """Make the blocks of a county; read these teams of before as columns."""

    part: Part
    teams: dict[str, list[Team]] = field(default_factory=dict)


@dataclass(frozen=True)
class Finish:
    """Settle ties inside the teams of a county's places, and find the best substitutes of every post.

    Attributes
    ----------
    teams
        The teams of these places.
    totals
        What all teams of the plan put on the link rows, by name.
    posted
        Everybody who holds a post anywhere.
    """

    places: list[str]
    teams: dict[str, Team]
    totals: dict[Any, int]
    posted: frozenset[str]


@dataclass(frozen=True)
class Finished:
    """The teams, and the substitutes."""

    teams: dict[str, Team]
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True)
class Work:
    """A request about one county."""

    county: int
    asked: Open | Converging | Planning | Finish


@dataclass(frozen=True)
class Failure:
    """What went wrong instead of an answer."""

    kind: str
    text: str


OUT_OF_MEMORY = Failure("MemoryError", "the process ran out of memory")

Answer = Opened | Converged | Planned | Finished
