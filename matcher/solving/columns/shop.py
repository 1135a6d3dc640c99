"""All blocks of an instance, priced together on the cores there are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.garbage_collection import paused
from matcher.solving.columns.market import Market
from matcher.solving.columns.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from matcher.model.block import Block
    from matcher.model.instance import Link
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.piece import Offer
    from matcher.solving.stopping import Stop

#: Work of pricing a block once (deterministic work is about a second of one core each).
ONE_PRICING = 1e-3


@dataclass(frozen=True, slots=True)
class Round:
    """What pricing every block at once gave.

    Attributes
    ----------
    bounds
        Each block's bound at the prices, in price units.
    columns
        Teams worth more than what was known.
    unproven
        Blocks whose bound may be above the worth of their best team.
    """

    bounds: dict[int, int]
    columns: list[Column]
    unproven: list[int]


class NoTeam(Exception):
    """A block has no team at all: the round is infeasible."""


class Shop:
    """Blocks that share link rows, each ready to be priced.

    Parameters
    ----------
    links
        The link rows.
    blocks
        The blocks, of the whole round or of a part of it.
    workers
        Threads that price side by side; the compiled search leaves Python's lock, and results are gathered in
        the order of the blocks, so they don't depend on how many there are.
    at_hand
        Blocks that are ready already, by their number; the same link rows, and used where the block is the same.
    """

    def __init__(
        self,
        links: Sequence[Link],
        blocks: Iterable[Block],
        workers: int = 1,
        *,
        at_hand: Sequence[Piece] = (),
    ) -> None:
        self.market = Market(links)
        self.pieces: list[Piece] = []
        self._at_hand = at_hand
        with paused():
            for block in blocks:
                self.enter(block)
        self.work = 0.0
        self._pool = ThreadPoolExecutor(workers, "pricing") if workers > 1 else None

    def enter(self, block: Block) -> Piece:
        """Take one more block; return it, ready to be priced."""
        number = len(self.pieces)
        piece = self._at_hand[number] if number < len(self._at_hand) else None
        if piece is None or piece.block is not block:
            with paused():
                piece = Piece(number, block, self.market)
        self.pieces.append(piece)
        self.market.saw(piece.loads)
        return piece

    def __enter__(self) -> Shop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def price(
        self,
        blocks: Sequence[int],
        prices: Ints,
        known: Sequence[int | None],
        stop: Stop,
        *,
        exactly: bool = False,
        seed: int = 1,
    ) -> Round | None:
        """Price some blocks; None where it was stopped.

        Parameters
        ----------
        known
            What each block's best column is worth at these prices.
        exactly
            Whether blocks that are not proven by the dynamic program are given to CP-SAT.

        Raises
        ------
        NoTeam
            Where a block has no team at all.
        """
        offers: dict[int, Offer] = {}
        for block, offer in zip(blocks, self._each(blocks, prices, known), strict=True):
            if stop.now:
                return None
            offers[block] = offer
        self.work += ONE_PRICING * len(offers)
        bounds = {}
        for block, offer in offers.items():
            if exactly and not offer.proven:
                offers[block] = self._exactly(block, offer, prices, stop, seed)
                if stop.now:
                    return None
            bound = offers[block].bound
            if bound is None:
                raise NoTeam(self.pieces[block].pricer.place)
            bounds[block] = bound
        return Round(
            bounds,
            [offer.column for offer in offers.values() if offer.column is not None],
            [block for block, offer in offers.items() if not offer.proven],
        )

    def _exactly(self, i: int, offer: Offer, prices: Ints, stop: Stop, seed: int) -> Offer:
        exact = self.pieces[i].exact_offer(prices, stop, seed=seed)
        self.work += exact.work
        if exact.bound is None or offer.bound is None or exact.bound <= offer.bound:
            return exact
        return offer if exact.column is None else exact.at_most(offer.bound)

    def offers(
        self, blocks: Sequence[int], prices: Ints, known: Sequence[int | None], *, quick: bool = False
    ) -> list[Column]:
        """Return teams of some blocks that are worth more than what is known.

        Parameters
        ----------
        quick
            Whether good teams will do, rather than the best ones.
        """
        self.work += ONE_PRICING * len(blocks)
        found = (offer.column for offer in self._each(blocks, prices, known, quick=quick))
        return [column for column in found if column is not None]

    def teams_above(
        self, blocks: Sequence[int], prices: Ints, floors: Sequence[int], room: int, steps: int
    ) -> Iterable[list[Column] | None]:
        """Return, block by block, every team worth at least the block's floor; None where there are too many."""

        def task(block: int, floor: int) -> list[Column] | None:
            return self.pieces[block].teams_above(prices, floor, room, steps)

        if self._pool is None:
            return map(task, blocks, floors)
        return self._pool.map(task, blocks, floors)

    def _each(
        self, blocks: Sequence[int], prices: Ints, known: Sequence[int | None], *, quick: bool = False
    ) -> Iterable[Offer]:
        def task(block: int) -> Offer:
            return self.pieces[block].offer(prices, known[block], quick=quick)

        return map(task, blocks) if self._pool is None else self._pool.map(task, blocks)
