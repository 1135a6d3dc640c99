"""A round that is opened once for one question after another: blocks, pricing and attainable points are shared."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from matcher.solving.attainable import attainable_at, bound_alone, links_alone
from matcher.solving.columns.at_hand import AtHand
from matcher.solving.columns.nearest import keep_posts
from matcher.solving.incumbent import Incumbent
from matcher.solving.memory import Memory, teams_of
from matcher.solving.methods import choose_method, columns
from matcher.solving.once import Found, found_by
from matcher.solving.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.demands.book import Demand
    from matcher.model.instance import Instance
    from matcher.plan import Plan
    from matcher.settings import Settings
    from matcher.solving.columns.piece import Piece


class Opened:
    """A round with everything that does not depend on the question.

    Parameters
    ----------
    instance
        The round.
    pieces
        Its blocks, ready to be priced, by their number.
    """

    def __init__(self, instance: Instance, pieces: Sequence[Piece]) -> None:
        self.instance = instance
        self.pieces = pieces

    @cached_property
    def attainable(self) -> dict[str, int]:
        """Each village's attainable points, found anew."""
        alone, stop = links_alone(self.instance), Stop()
        blocks = zip(self.instance.blocks.items(), self.pieces, strict=True)
        return {
            place: attainable_at(block, alone, stop, piece.pricer)
            for (place, block), piece in blocks
            if block.place.is_village
        }

    def serves(self, settings: Settings) -> bool:
        """Return whether questions are answered by team columns, and the instance has the right attainable points."""
        by_columns = choose_method(self.instance, settings) == "columns" and settings.equity != "floor_first"
        needed = self.instance.floor is not None or self.instance.book.plan_rule("village_floor").on
        return by_columns and (not needed or self.instance.attainable == self.attainable)

    def best(
        self,
        asked: Demand,
        place: str,
        settings: Settings,
        stop: Stop,
        plan: Plan,
        memory: Memory | None = None,
    ) -> Found:
        """Find the best plan in which the team of one place meets a demand; of equal ones, one near to a plan at hand.

        Parameters
        ----------
        asked, place
            The demand, and whose team it speaks of.
        plan
            The plan at hand.
        memory
            What a solve of the round left; it is not changed.
        """
        asking = self.instance.asking(asked, place)
        incumbent = Incumbent(asking, self.attainable, stop)
        incumbent.prove(bound_alone(asking, self.attainable))
        left = Memory() if memory is None else memory
        pool = left.pool if left.pool is not None and left.pool.of(self.instance) else None
        at_hand = AtHand(self.pieces, pool.columns if pool is not None else ())
        own = Memory(dict(left.teams), dict(left.prices), dict(left.plan))
        run = columns(asking, incumbent, settings, stop, own, at_hand)
        keep_posts(run, self.pieces, own.pool, teams_of(self.instance.facts, plan), place, stop)
        return found_by(run, "columns", stop)
