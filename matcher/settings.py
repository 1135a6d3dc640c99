"""What a solve is asked to do (``Settings``)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

#: Effort by name, in units of deterministic work (about a second of one core each, on no machine exactly).
EFFORT = {"quick": 15.0, "normal": 60.0, "thorough": 600.0}


class Relax(BaseModel):
    """How far a rule may give in a repair.

    Attributes
    ----------
    allowed
        Whether it may give at all.
    most
        By how many units of its amount in all; without a limit where not given.
    price
        What a unit costs; repairs are ordered by the sum of price × amount.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    allowed: bool = True
    most: Annotated[int, Field(ge=0)] | None = None
    price: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class Settings(BaseModel):
    """How to solve a round.

    Attributes
    ----------
    equity
        ``floor_first`` maximizes the worst village's index before the score.
    method
        ``auto`` chooses; ``columns`` works with whole teams, village by village; ``counties`` does so county by
        county, in processes of their own (``columns`` is taken with ``floor_first``); ``one_piece`` is the one
        CP-SAT model of the whole round.
    effort
        ``quick``, ``normal``, ``thorough`` or a number of units of deterministic work: the same round,
        settings and versions give the same posts, however fast or busy the machine is.
    plans, min_distance, rank_gap
        How many plans, by which share of its posts each differs from every better one, and the gap at which a plan
        after the first is good enough (``gap``, where that is wider).
    kind
        ``best`` by score; ``fairest``: the worst village first; ``fewest_changes`` and ``strongest_bundles`` put
        these before the score.
    relax
        Where no plan is possible: which rules may give in a repair, how far, and at what price.
    gap
        Stop when a gap of at most this is proven.
    seed
        Seed of the searches.
    workers
        Processor cores that a solve may use; results don't depend on it. All that there are where not given.
    time_limit
        Seconds after which to stop with what there is; a run that it stops can't be repeated exactly.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    plans: Annotated[int, Field(ge=1, le=100)] = 1
    min_distance: Annotated[float, Field(ge=0, le=1)] = 0.15
    rank_gap: Annotated[float, Field(ge=0)] = 0.001
    kind: Literal["best", "fairest", "fewest_changes", "strongest_bundles"] = "best"
    equity: Literal["none", "floor_first"] = "none"
    method: Literal["auto", "columns", "counties", "one_piece"] = "auto"
    effort: Literal["quick", "normal", "thorough"] | Annotated[float, Field(gt=0, le=1e6)] = "normal"
    gap: Annotated[float, Field(ge=0)] = 0.0
    relax: dict[str, Relax] = {}
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    workers: Annotated[int, Field(ge=1, le=256)] | None = None
    time_limit: Annotated[float, Field(gt=0)] | None = None

    @property
    def work(self) -> float:
        """The effort in units of deterministic work."""
        return EFFORT[self.effort] if isinstance(self.effort, str) else float(self.effort)
