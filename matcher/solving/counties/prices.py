"""The prices on which all counties agree: each generates teams at common prices of what crosses counties.

First every county moves the prices in turn (:mod:`matcher.solving.columns.subgradient`). Then all price their
places at the same prices, which proves a bound for the whole round, and the best mix of all teams so far says which
prices to ask next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.columns.converge import UNPROVEN, Proof
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.subgradient import AVERAGED, PASSES, Pass, falling
from matcher.solving.counties.requests import Converged, Converging, Passed, Passing, Terms
from matcher.solving.counties.whole import mix_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Floats, Ints
    from matcher.solving.columns.master import Mix
    from matcher.solving.counties.prefecture import Prefecture

#: Counties that move the prices side by side.
TOGETHER = 4
#: Rounds of pricing in each county between two looks at the whole, at most; it ends when its own gap is this
#: part of the whole's.
ROUNDS, INNER, WIDEST = 6, 0.3, 0.01
#: How far towards the prices of the mix those asked next lie, as a share of the way and in points at the most: the mix
#: has high prices where it lacks the right teams. Farther each time nothing new came of it.
STEPS = ((0.4, 10.0), (0.7, 100.0), (1.0, np.inf))
#: Passes between two looks at the whole: how many, their first step as a part of what a seat is worth, their last one
#: as a part of the first; each time from steps half as large.
MORE, FIRST_STEP, LAST_STEP = 8, 0.006, 0.2
#: A way of moving the prices is given up for the other where it lowers the gap by less than this part of it.
ENOUGH = 0.1
#: Columns of one block that the master over all counties and a county's next visit begin with.
KEPT = 20
#: Bound and master are as good as one when they are this near, as a share.
NEAR = 5e-5
#: So many missing teams are none.
NONE = 0.01


class Prices:
    """The prices of the best bound so far, and the best mix.

    Attributes
    ----------
    proof
        The best bound, and what proves it.
    mix, mixed
        The best mix of columns so far, and the columns that it was made of.
    """

    def __init__(self, prefecture: Prefecture) -> None:
        self.prefecture = prefecture
        self.proof = Proof(np.zeros(len(prefecture.market), np.int64), {}, UNPROVEN)
        self.last = self.proof.prices
        self._a_seat = float(SCALE)
        #: Whether nothing more is to come: the bound is that of the mix, or a county is lost.
        self.done = False
        self._passing, self._step, self._number, self._idle = True, FIRST_STEP, 0, 0
        self.mix: Mix | None = None
        self.mixed: list[Column] = []

    def begin(self, a_seat: float, known: Mapping[Any, int]) -> None:
        """Find first prices: those of the last solve, or else those that the counties move in turn.

        Parameters
        ----------
        a_seat
            What a seat is worth on average, in price units.
        known
            The prices of the last solve, by the rows' names.
        """
        market = self.prefecture.market
        self._a_seat = a_seat
        if known:
            for name in known.keys() & market.number.keys():
                self.proof.prices[market.number[name]] = known[name]
            self.proof.prices = market.allowed(self.proof.prices / SCALE)
        else:
            self.proof.prices = self._moved(np.zeros(len(market)), PASSES)

    def _moved(self, prices: Floats, passes: Sequence[Pass]) -> Ints:
        """Return the prices after some passes over all counties."""
        ends = [prices]
        for one in passes:
            if self.prefecture.stop.now:
                break
            ends.append(self._passed(ends[-1], one._replace(step=one.step * self._a_seat)))
        mean: Floats = np.mean(ends[1:][-AVERAGED:] or ends, axis=0)
        return self.prefecture.market.allowed(mean / SCALE)

    def _passed(self, prices: Floats, one: Pass) -> Floats:
        """Return the prices after all counties moved them, a few side by side."""
        all_, many = self.prefecture, len(self.prefecture.parts)
        number = self._number
        self._number += 1
        order = np.random.default_rng(all_.settings.seed + number).permutation(many).tolist()
        for first in range(0, many, TOGETHER):
            seed = all_.settings.seed + number * many + first
            asked = Passing(prices, all_.division.loading, one.step, one.quick, seed)
            moved = np.zeros(len(prices))
            for answer in all_.ask([(part, asked) for part in order[first : first + TOGETHER]]):
                if isinstance(answer, Passed):
                    all_.work += answer.work
                    all_.columns.add(answer.columns)
                    moved += answer.prices - prices
            prices = all_.market.clipped(prices + moved)
        return prices

    def round(self) -> None:
        """Price all counties at common prices of what crosses, and mix the teams anew."""
        all_, before, known = self.prefecture, self.gap, len(self.prefecture.columns)
        asked, bound = self._asked(), self.proof.total
        if not self._priced(asked):
            self.done = True
            return
        self.mix_again()
        if not self._passing and len(all_.columns) == known and self.proof.total == bound:
            self._idle += 1
            self.done = self._idle == len(STEPS)
            return
        self._idle = 0
        if np.isfinite(before) and self.gap > (1 - ENOUGH) * before:
            self._passing = not self._passing

    def _priced(self, asked: Ints) -> bool:
        """Price all counties at common prices of what crosses; return whether all answered."""
        all_ = self.prefecture
        crossing = all_.division.crossing
        known = all_.near(KEPT, self.proof.prices, asked)
        near = max(NEAR / 2, INNER * min(WIDEST, self.gap))
        answers = all_.everybody(
            lambda part: Converging(
                Terms(held=crossing | all_.division.foreign(part), charges=np.where(crossing, asked, 0)),
                known[part],
                asked,
                rounds=ROUNDS,
                near=near,
                work=all_.settings.work,
                seed=all_.settings.seed,
            )
        )
        prices, bounds = np.where(crossing, asked, 0), {}
        for part, answer in enumerate(answers):
            if not isinstance(answer, Converged) or not answer.bounds:
                return False
            all_.work += answer.work
            all_.columns.add(answer.columns)
            own = all_.division.own[part] & ~crossing
            prices[own] = answer.prices[own]
            bounds.update(answer.bounds)
        self.last = prices
        total = sum(bounds.values()) + Outside(all_.market).limits_worth(prices)
        if total < self.proof.total:
            self.proof = Proof(prices, bounds, total)
            all_.incumbent.prove(total // SCALE + all_.instance.constant)
        return True

    def _asked(self) -> Ints:
        """Return the prices to ask at next: those of the best bound after more passes, or nearer to those of the mix."""
        proven = self.proof.prices
        if self.mix is None or not self.proof.bounds:
            return proven
        self._passing = self._passing and self._step * self._a_seat > 1
        if self._passing:
            steps = falling(self._step, LAST_STEP * self._step, MORE)
            self._step /= 2
            return self._moved(proven.astype(np.float64), [Pass(step, quick=False) for step in steps])
        share, farthest = STEPS[self._idle]
        away = share * (self.mix.prices - proven / SCALE)
        return self.prefecture.market.allowed(proven / SCALE + np.clip(away, -farthest, farthest))

    def mix_again(self) -> None:
        """Mix the columns that are worth most, at the prices of the best bound, the last ones asked and the last mix's."""
        all_ = self.prefecture
        prices = [self.proof.prices, self.last]
        if self.mix is not None:
            prices.append(all_.market.allowed(self.mix.prices))
        self.mixed = [column for part in all_.near(KEPT, *prices) for column in part]
        self.mix = mix_of(self.mixed, len(all_.places), all_.market)

    @property
    def gap(self) -> float:
        """The gap between bound and master as a share; infinite where teams are missing."""
        if self.mix is None or self.mix.missing > NONE or not self.proof.bounds:
            return float("inf")
        return max(0.0, self.proof.total / SCALE - self.mix.value) / max(1.0, abs(self.mix.value))

    def short(self, score: int | None) -> float:
        """Return how far a plan is below the master, as a share; infinite without a plan."""
        if score is None or self.mix is None:
            return float("inf")
        value = self.mix.value + self.prefecture.instance.constant
        return (value - score) / max(1.0, abs(self.mix.value))
