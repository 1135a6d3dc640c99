"""Bending a large round by whole teams: a breach of a rule counts more than any points."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.columns.dive import BRISK
from matcher.solving.columns.method import ColumnMethod
from matcher.solving.incumbent import Incumbent
from matcher.solving.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.giving import Giving
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.settings import Settings
    from matcher.solving.columns.converge import Convergence
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.shop import Shop

#: What a unit of price counts in points, in a plan that bends rules, and by what points themselves are divided there: so
#: a breach counts more than any points that are to be had for it, and no price that this leads to is too high for a row.
DEAR, LESS = 1_000, 16
#: Of a unit of cost, what bound and master may differ by to be as good as one; and how many such units a team may be behind
#: the best of its village, to be of use for a whole plan.
NEAR, FAR = 0.1, 5
#: The share of the effort that polishing may take: one breach more or less takes a few villages long to find out.
POLISHING = 0.05


class Bending(Incumbent):
    """Keeps the best teams of a round whose hard rules may give: they are no plan of it, so nothing is recounted.

    Parameters
    ----------
    bent, giving
        The round with its rules bent, and what a unit of each costs.
    stop
        Ends the search; what is found out here ends it too.
    most
        Where nothing cheaper than this is left, the search ends.

    Attributes
    ----------
    unit
        Every cost is a multiple of this.
    """

    def __init__(self, bent: Instance, giving: Mapping[str, Giving], stop: Stop, *, most: int | None) -> None:
        super().__init__(bent, {}, _Ended(stop))
        self._best: int | None = None
        self._most = most
        self.unit = gcd(*(gives.price for gives in giving.values()))
        self._cost: int | None = None
        self._fewest = bent.constant + sum(b.range(b.objective)[0] for b in bent.blocks.values())

    @property
    def score(self) -> int | None:
        """The points of the best teams, breaches taken off."""
        return self._best

    @property
    def least(self) -> int:
        """No way to bend the rules costs less (proven): points − cost × what it counts is within the bound."""
        if self.bound is None:
            return 0
        cost = max(0, -((self.bound - self._fewest) // DEAR))
        return -(-cost // self.unit) * self.unit

    def within(self, gap: float) -> bool:  # noqa: ARG002 - the points are of no account
        """Return whether the best teams are proven to bend the rules at the least cost, whatever their points."""
        return self._cost is not None and self._cost <= self.least

    def prove(self, bound: int | None) -> None:
        """Take a proven bound; end the search where nothing of use is left."""
        super().prove(bound)
        if self._most is not None and self.least > self._most and not self.stop.requested:
            self.stop.request()

    def _keep(self, teams: Mapping[str, Team], score: int) -> None:
        self.teams = {place: sorted(team) for place, team in teams.items()}
        blocks = self.instance.blocks
        points = [blocks[p].objective.value(blocks[p].values(team)) for p, team in self.teams.items()]
        self._best, self._cost = score, (self.instance.constant + sum(points) - score) // DEAR


class _Ended(Stop):
    """A stop of one search, besides that of the whole."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._whole = stop

    @property
    def now(self) -> bool:
        """Whether either is to stop."""
        return self._whole.now or super().now


class BendingMethod(ColumnMethod):
    """The column method over a round whose rules give at a price: nothing finer than a unit of cost is of account.

    Parameters
    ----------
    likely
        What link rows are likely to cost, by name, in points: below 0 where there is too little on them; infinite where
        that is what a breach costs.
    """

    pace = BRISK
    polishing = POLISHING

    def __init__(
        self, bent: Instance, bending: Bending, settings: Settings, likely: Mapping[Any, float]
    ) -> None:
        super().__init__(bent, bending, settings, bending.stop)
        self.near, self.far = (of_a_unit * DEAR * bending.unit for of_a_unit in (NEAR, FAR))
        self._likely = likely

    @property
    def _steps(self) -> tuple[Callable[[Convergence], None], ...]:
        """No leisure at the end: where the least cost is not proven by then, that is said."""
        return self._dive, self._close_quickly, self._polish

    def _likely_prices(self, shop: Shop) -> tuple[Ints | None, bool]:
        """Return prices that follow from what is seen beforehand to be broken; near ones where all of them are finite."""
        prices = np.zeros(len(shop.market))
        for name, price in self._likely.items():
            if name in shop.market.number:  # of people who have more than one seat
                prices[shop.market.number[name]] = price
        near = bool(self._likely) and bool(np.isfinite(prices).all())
        return shop.market.allowed(prices), near
