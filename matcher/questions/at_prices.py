"""What the prices of a bound say at once: of a pairing that a plan has not, and of one that it has.

A certificate bounds every village's best team at its prices. To ask for somebody at a village, or for a plan
without them there, changes that one village's bound and nothing else: so a bound on all plans that have the pairing,
or on all that have not, costs one more pricing of one village.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matcher.check.ranks import demands_of
from matcher.demands import with_demands
from matcher.model.instance import Instance
from matcher.problems import MatcherError
from matcher.rulebook import RuleBook
from matcher.solving.columns.market import HIGHEST, SCALE, Market
from matcher.solving.columns.piece import Piece
from matcher.solving.opened import Opened

if TYPE_CHECKING:
    from matcher.demands.book import Demand
    from matcher.model.block import Block
    from matcher.plan import Plan
    from matcher.round import Round

#: What being on the team counts when somebody is asked for, in price units: more than any team at the highest prices.
ASKED = HIGHEST * 10_000


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may sit in a village's team, and a bound on the score of all plans in which they do."""

    cadre: str
    bound: int | None


class NoPrices(MatcherError):
    """The plan has no certificate: it was found without prices."""


def at_prices(round_: Round, plan: Plan) -> AtPrices:
    """Return a round at a plan's prices; the last one asked for is kept, so that the next question has its answer at once.

    Raises
    ------
    NoPrices
        Where the plan has no certificate.
    """
    known = _LAST.get("plan")
    if known is not None and known.plan() is plan and known.prices.round is round_:
        return known.prices
    prices = AtPrices(round_, plan)
    _LAST["plan"] = _Kept(weakref.ref(plan, lambda _: _LAST.clear()), prices)
    return prices


class AtPrices:
    """A round at the prices of a plan's certificate.

    The prices are taken from it; whatever they are, they prove a bound. What it says of the villages' best teams is not
    believed: every village is priced again.

    Parameters
    ----------
    round_
        The plan's round, or one that differs from it in a single village's seats.
    plan
        A plan of rank 1 with its certificate.

    Raises
    ------
    NoPrices
        Where the plan has no certificate.
    """

    def __init__(self, round_: Round, plan: Plan) -> None:
        self.round = round_
        certificate = plan.certificate
        if certificate is None:
            raise NoPrices("the plan has no certificate: solve with the method columns or counties")
        book = RuleBook.of(round_.rules)
        asked = with_demands(book, demands_of(round_.facts, book, plan, ()))
        attainable = {row.village: row.attainable for row in plan.villages}
        self.instance = Instance(round_, asked, attainable, floor=certificate.least_index)
        self.market = Market(self.instance.links)
        self.scale = SCALE
        self._total = 0
        wished = np.zeros(len(self.market))
        for price in certificate.prices:
            row = self.market.number.get(price.row)
            if row is not None:
                wished[row] = price.price / certificate.scale
        self.prices = self.market.allowed(wished)  # only prices that prove something
        for row in np.flatnonzero(self.prices).tolist():
            limit = self.market.most[row] if self.prices[row] > 0 else self.market.least[row]
            self._total += int(self.prices[row]) * int(limit)
        self._total += self.instance.constant * self.scale
        self._pieces: dict[str, Piece] = {}
        self._bounds = {place: self._best(place, self.prices) for place in self.instance.screening.places}
        self._total += sum(bound or 0 for bound in self._bounds.values())

    @cached_property
    def opened(self) -> Opened:
        """The round, to be solved with one demand after another."""
        return Opened(self.instance, list(self._pieces.values()))

    @property
    def bound(self) -> int:
        """The bound of the certificate."""
        return self._total // self.scale

    def bound_with(self, cadre: str, place: str) -> int | None:
        """Return a bound on the score of plans in which ``cadre`` has a post at ``place``; None where none can."""
        if ("one_post", cadre) not in self.market.number:
            return None
        prices = self.prices.copy()
        prices[self.market.number["one_post", cadre]] -= ASKED
        best = self._best(place, prices)
        if best is None or best < ASKED // 2:
            return None
        return (self._total - self._own(place) + best - ASKED) // self.scale

    def bound_asked(self, asked: Demand, place: str) -> int | None:
        """Return a bound on the score of plans that meet a demand of one place; None where none can."""
        return self.bound_with_block(self.instance.block(self.instance.screening.places[place], (asked,)))

    def bound_with_block(self, block: Block) -> int | None:
        """Return the bound with another block in one place, such as one with more seats; None where it has no team."""
        best = Piece(len(self._pieces), block, self.market).offer(self.prices, None).bound
        return None if best is None else (self._total - self._own(block.place.id) + best) // self.scale

    def bound_without(self, cadre: str, place: str) -> int | None:
        """Return a bound on the score of plans in which ``cadre`` has no post at ``place``; None where none can."""
        offer = self._piece(place).offer(self.prices, None, absent={cadre})
        if offer.bound is None:
            return None
        return (self._total - self._own(place) + offer.bound) // self.scale

    def holders(self, place: str) -> list[Holder]:
        """Return everybody who passes screening at ``place``, the best bound first, those who can't at the end."""
        people = [person.id for person in self._piece(place).block.people]
        found = [Holder(cadre, self.bound_with(cadre, place)) for cadre in people]
        return sorted(found, key=lambda holder: (holder.bound is None, -(holder.bound or 0), holder.cadre))

    def _own(self, place: str) -> int:
        """Return the bound of a place's best team."""
        return self._bounds[place] or 0

    def _best(self, place: str, prices: np.typing.NDArray[np.int64]) -> int | None:
        return self._piece(place).offer(prices, None).bound

    def _piece(self, place: str) -> Piece:
        if place not in self._pieces:
            self._pieces[place] = Piece(len(self._pieces), self.instance.blocks[place], self.market)
        return self._pieces[place]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The prices asked for last, and whose they are; they go with the plan."""

    plan: weakref.ref[Plan]
    prices: AtPrices


_LAST: dict[str, _Kept] = {}
