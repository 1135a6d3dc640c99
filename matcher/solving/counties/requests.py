"""What is asked of the processes that work on counties, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

    from matcher.model.encode import Team
    from matcher.plan import Reserve
    from matcher.rulebook import InForce
    from matcher.rulekit import PlanRule
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.dive import Pace
    from matcher.solving.columns.market import Floats, Ints
    from matcher.solving.columns.outside import Flags
    from matcher.solving.columns.subgradient import Loading
    from matcher.solving.counties.division import Part

#: Sent while a request is worked on: answer soon with what there is.
STOP = "stop"


@dataclass(frozen=True)
class Begin:
    """The round that is worked on."""

    document: dict[str, Any]
    attainable: dict[str, int] = field(default_factory=dict)
    floor: Fraction | None = None
    demands: tuple[InForce[PlanRule[Any]], ...] = ()


@dataclass(frozen=True)
class Open:
    """Make the blocks of a county; read these teams of before as columns."""

    part: Part
    teams: dict[str, list[Team]] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """What is known of a county once its blocks are made.

    Attributes
    ----------
    attainable
        Its villages' attainable points.
    most
        A bound on what it adds to any plan's score.
    loading
        How its places load the link rows.
    both_ways
        Those of them that a team may also take load off.
    columns
        The teams that were handed in, as columns.
    barren
        A place that has no team at all, if there is one.
    """

    attainable: dict[str, int]
    most: int
    loading: Loading
    both_ways: list[int]
    columns: list[Column]
    barren: str | None = None


@dataclass(frozen=True)
class Terms:
    """On what terms a county takes part in the link rows; see :class:`~matcher.solving.columns.outside.Outside`."""

    base: Ints | None = None
    held: Flags | None = None
    charges: Ints | None = None


@dataclass(frozen=True)
class Passing:
    """Ask a county for a pass of the incremental subgradient; see :mod:`matcher.solving.columns.subgradient`.

    Attributes
    ----------
    prices
        The prices to begin with, in price units.
    loading
        How the places of all counties load the link rows.
    step
        The step, in price units.
    quick
        Whether good teams rather than the best ones are taken.
    """

    prices: Floats
    loading: Loading
    step: float
    quick: bool
    seed: int = 1


@dataclass(frozen=True)
class Passed:
    """The prices after the pass, and the teams taken in it."""

    prices: Floats
    columns: list[Column]
    work: float


@dataclass(frozen=True)
class Pricing:
    """Ask a county for the best team of every place.

    Attributes
    ----------
    prices
        The prices, in price units.
    known
        What the best known team of each place is worth at them; None where there is none.
    exactly
        Whether places that are not proven by the dynamic program are given to CP-SAT.
    """

    prices: Ints
    known: list[int | None]
    exactly: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Priced:
    """What came of it: each block's bound, teams that are worth more than what was known, work spent.

    Attributes
    ----------
    unproven
        Whether some bound is that of a relaxation.
    """

    bounds: dict[int, int]
    columns: list[Column]
    unproven: bool
    work: float


@dataclass(frozen=True)
class Planning:
    """Ask a county for a team in every place, on terms that leave nothing open.

    Attributes
    ----------
    chosen
        A team for every place that is to be improved; none: a plan is to be made.
    pace
        How fast to dive for a plan; None: the teams chosen are improved as they are.
    near
        End when the plan is this near to the bound on these terms, as a share.
    """

    terms: Terms
    columns: list[Column]
    prices: Ints
    work: float
    near: float
    chosen: list[Column] = field(default_factory=list)
    pace: Pace | None = None
    seed: int = 1


@dataclass(frozen=True)
class Planned:
    """The teams chosen (none where no plan was found), new teams, and work spent."""

    chosen: list[Column]
    columns: list[Column]
    work: float


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
    attainable
        The places' attainable points.
    """

    places: list[str]
    teams: dict[str, Team]
    totals: dict[Any, int]
    posted: frozenset[str]
    attainable: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Finished:
    """The teams, and the substitutes."""

    teams: dict[str, Team]
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True)
class Work:
    """A request about one county, or about some as if they were one."""

    county: int
    asked: Open | Passing | Pricing | Planning | Finish
    others: tuple[int, ...] = ()

    @property
    def counties(self) -> tuple[int, ...]:
        """All of them."""
        return (self.county, *self.others)


@dataclass(frozen=True)
class Failure:
    """What went wrong instead of an answer."""

    kind: str
    text: str


OUT_OF_MEMORY = Failure("MemoryError", "the process ran out of memory")

Answer = Opened | Passed | Priced | Planned | Finished
