"""One county of a round, as its process works on it: opened once, then priced and planned on request."""

from __future__ import annotations

import pickle
from copy import copy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.attainable import attainable_at, links_alone
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.shop import Shop
from matcher.solving.columns.subgradient import Subgradient, loading_of
from matcher.solving.counties.division import all_of
from matcher.solving.counties.planning import plan_on
from matcher.solving.counties.requests import (
    Opened,
    Passed,
    Passing,
    Planned,
    Planning,
    Priced,
    Pricing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.model.block import Block
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.piece import Piece
    from matcher.solving.counties.division import Part
    from matcher.solving.stopping import Stop


class Stopped(Exception):
    """It was stopped before there was anything to answer."""


class County:
    """The blocks of one county, ready to be priced.

    Parameters
    ----------
    instance
        The whole round.
    part
        Which of its places these are.
    shop
        Their blocks.
    """

    def __init__(self, instance: Instance, part: Part, shop: Shop) -> None:
        self.instance = instance
        self.part = part
        self.shop = shop
        self._local = {number: i for i, number in enumerate(part.numbers)}
        for place, piece in zip(part.places, shop.pieces, strict=True):
            piece.come_back(shop.market, partial(instance.block, instance.screening.places[place]))

    @classmethod
    def opened(
        cls, instance: Instance, part: Part, teams: dict[str, list[Team]], stop: Stop
    ) -> tuple[County, Opened]:
        """Make the blocks of a county.

        Parameters
        ----------
        teams
            Teams of before, by place, that are to be read as columns.
        """
        attainable: dict[str, int] = {}
        columns: list[Column] = []
        most = 0
        shop = Shop(instance.links, ())
        for place in part.places:
            if stop.now:
                raise Stopped("it was stopped")
            block, piece = _entered(shop, instance, place, attainable, stop)
            most += attainable.get(place, 0) + block.range(block.plan_points)[1]
            fitting = (team for team in teams.get(place, ()) if block.can_hold(team))
            columns += [column for column in map(piece.column, fitting) if column is not None]
            piece.let_go()
        county = cls(instance, part, shop)
        both_ways = np.flatnonzero(~shop.market.one_sided).tolist()
        barren = county._barren(attainable, stop)
        loading = loading_of(shop.pieces, len(shop.market))
        return county, Opened(attainable, most, loading, both_ways, county._outward(columns), barren)

    def _barren(self, attainable: Mapping[str, int], stop: Stop) -> str | None:
        """Return a place that has no team at all; a village with points to attain has one."""
        nothing = np.zeros(len(self.shop.market), np.int64)
        for place, piece in zip(self.part.places, self.shop.pieces, strict=True):
            if attainable.get(place) or stop.now:
                continue
            best = piece.pricer.best(nothing).bound
            if best is not None and not piece.pricer.exact:
                best = piece.exact_offer(nothing, stop, seed=1).bound
            if best is None:
                return place
        return None

    def to_bytes(self) -> bytes:
        """Return the county as bytes, for :meth:`from_bytes`."""
        one_sided = self.shop.market.one_sided
        known = {p: self.instance.attainable[p] for p in self.part.places if p in self.instance.attainable}
        return pickle.dumps((self.part, self.shop.pieces, one_sided, known), pickle.HIGHEST_PROTOCOL)

    @classmethod
    def from_bytes(cls, instance: Instance, data: Any) -> County:
        """Return a county from its bytes."""
        part, pieces, one_sided, attainable = pickle.loads(data)
        instance.attainable.update(attainable)  # blocks made anew may need them for their rows
        shop = Shop(instance.links, ())
        shop.pieces = pieces
        shop.market.one_sided = one_sided
        return cls(instance, part, shop)

    @classmethod
    def together(cls, counties: Sequence[County]) -> County:
        """Return counties as if they were one."""
        if len(counties) == 1:
            return counties[0]
        instance, shop = counties[0].instance, Shop(counties[0].instance.links, ())
        for county in counties:
            shop.market.one_sided &= county.shop.market.one_sided
            for piece in county.shop.pieces:
                mine = copy(piece)
                mine.number = len(shop.pieces)
                shop.pieces.append(mine)
        return cls(instance, all_of([county.part for county in counties]), shop)

    def pass_over(self, asked: Passing, stop: Stop) -> Passed:
        """Let every place take its best team once, prices moving on."""
        self.shop.work = 0.0
        found = Subgradient(Outside(self.shop.market), asked.loading, asked.prices)
        found.run(self.shop, asked.step, stop, quick=asked.quick, seed=asked.seed)
        return Passed(found.prices, self._outward(found.columns), self.shop.work)

    def price(self, asked: Pricing, stop: Stop) -> Priced:
        """Price every place."""
        shop, numbers = self.shop, self.part.numbers
        shop.work = 0.0
        blocks = range(len(numbers))
        found = shop.price(blocks, asked.prices, asked.known, stop, exactly=asked.exactly, seed=asked.seed)
        if found is None:
            raise Stopped("it was stopped")
        bounds = {numbers[block]: bound for block, bound in found.bounds.items()}
        return Priced(bounds, self._outward(found.columns), bool(found.unproven), shop.work)

    def plan(self, asked: Planning, stop: Stop) -> Planned:
        """Make or improve a plan."""
        columns, chosen = ([*map(self._inward, found)] for found in (asked.columns, asked.chosen))
        found = plan_on(self.shop, replace(asked, columns=columns, chosen=chosen), stop)
        return Planned(self._outward(found.chosen), self._outward(found.columns), found.work)

    def _outward(self, columns: Sequence[Column]) -> list[Column]:
        """Return columns with the numbers that their blocks have in the whole round."""
        return [column._replace(block=self.part.numbers[column.block]) for column in columns]

    def _inward(self, column: Column) -> Column:
        return column._replace(block=self._local[column.block])


def _entered(
    shop: Shop, instance: Instance, place: str, attainable: dict[str, int], stop: Stop
) -> tuple[Block, Piece]:
    """Enter the block of a place and note its attainable points; return the block, and as it is priced."""
    where, alone = instance.screening.places[place], links_alone(instance)
    block = instance.block(where)
    if not where.is_village:
        return block, shop.enter(block)
    if instance.floor is None and not instance.book.plan_rule("village_floor").on:
        piece = shop.enter(block)
        attainable[place] = attainable_at(block, alone, stop.patient(), piece.pricer)
        return block, piece
    # A floor on the index is a share of the attainable points.
    instance.attainable[place] = attainable[place] = attainable_at(block, alone, stop.patient())
    block = instance.block(where)
    return block, shop.enter(block)
