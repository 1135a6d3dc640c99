"""The prices on which all counties agree: what crosses them costs everybody the same.

First every county moves the prices in turn (:mod:`matcher.solving.columns.subgradient`). Then all places are priced
at common prices again and again, which proves a bound for the whole round each time; where to price next says the
best mix of all teams so far, its prices being kept in a box around those of the best bound. Without the box they
would jump about: of most people, few teams are known that want them, so hardly anything says what they are worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.solving.columns.converge import UNPROVEN, Proof
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.outside import Outside
from matcher.solving.columns.subgradient import AVERAGED, PASSES, Pass
from matcher.solving.counties.requests import Passed, Passing, Priced, Pricing, Work
from matcher.solving.counties.whole import mix_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Floats, Ints
    from matcher.solving.columns.master import Mix
    from matcher.solving.counties.prefecture import Prefecture

#: Counties that move the prices side by side.
TOGETHER = 4
#: How far the box goes each way at first, as a part of what a seat is worth on average.
BOX = 0.03
#: It gets so much wider where more than this part of what the mix promised came true, narrower where nothing did.
WIDER, CAME_TRUE, NARROWER = 1.5, 0.5, 0.5
#: Columns of one block that the mix and a county's plan begin with.
KEPT = 20
#: After so many rounds in a row without a better bound or a new team, nothing more is to come.
IDLE = 2
#: Rounds that gained nothing are still taken to gain this part of what is promised.
AT_LEAST = 0.1
#: Work of mixing, for each row of a column.
MIXING = 7e-6
#: Bound and mix are as good as one when they are this near, as a share.
NEAR = 5e-5
#: Rounds of pricing at most, and the last ones that tell what is to be gained by more.
ROUNDS, LAST = 200, 3


class Prices:
    """The prices of the best bound so far, and the best mix at prices near them.

    Attributes
    ----------
    proof
        The best bound, and what proves it.
    mix, mixed
        The last mix of columns, and the columns that it was made of.
    promised
        By how much the last mix was below the bound, in points: so much at the most was to be gained in its box.
    done
        Whether nothing more is to come: the bound is that of the mix, nothing new was found, or a county is lost.
    """

    def __init__(self, prefecture: Prefecture) -> None:
        self.prefecture = prefecture
        self.proof = Proof(np.zeros(len(prefecture.market), np.int64), {}, UNPROVEN)
        self.mix: Mix | None = None
        self.mixed: list[Column] = []
        self.promised = float("inf")
        self.done = False
        self._last = self.proof.prices
        self._a_seat = float(SCALE)
        self._box = self._first_box = 1.0
        self._idle = 0
        self._exactly = False
        self._passes = 0
        #: What each round gained, in points, and the work it took.
        self._gains: list[tuple[float, float]] = []

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
        self._a_seat, self._first_box = a_seat, BOX * a_seat / SCALE
        self._box = self._first_box
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
            if self.prefecture.stop.now or self.prefecture.failed is not None:
                break
            ends.append(self._passed(ends[-1], one._replace(step=one.step * self._a_seat)))
        mean: Floats = np.mean(ends[1:][-AVERAGED:] or ends, axis=0)
        return self.prefecture.market.allowed(mean / SCALE)

    def _passed(self, prices: Floats, one: Pass) -> Floats:
        """Return the prices after all counties moved them, a few side by side."""
        all_, many = self.prefecture, len(self.prefecture.parts)
        number = self._passes
        self._passes += 1
        order = np.random.default_rng(all_.settings.seed + number).permutation(many).tolist()
        for first in range(0, many, TOGETHER):
            seed = all_.settings.seed + number * many + first
            asked = Passing(prices, all_.division.loading, one.step, one.quick, seed)
            moved = np.zeros(len(prices))
            for answer in all_.ask([Work(part, asked) for part in order[first : first + TOGETHER]]):
                if isinstance(answer, Passed):
                    all_.work += answer.work
                    all_.columns.add(answer.columns)
                    moved += answer.prices - prices
            prices = all_.market.clipped(prices + moved)
        return prices

    def round(self) -> None:
        """Price all places at the prices of the mix, or at first at those begun with, and mix anew."""
        all_ = self.prefecture
        asked = self.proof.prices if self.mix is None else all_.market.allowed(self.mix.prices)
        known, before, exactly, spent = len(all_.columns), self.proof.total, self._exactly, all_.work
        if not self._priced(asked):
            self.done = True
            return
        gained = (before - self.proof.total) / SCALE
        if gained > CAME_TRUE * self.promised:
            self._box *= WIDER
        elif gained <= 0:
            self._box *= NARROWER
        nothing = gained <= 0 and len(all_.columns) == known and exactly == self._exactly
        self._idle = self._idle + 1 if nothing else 0
        self.done = self._idle == IDLE or len(self._gains) >= ROUNDS or not self._mix_again()
        self._gains.append((gained, all_.work - spent))
        if not self.done and self.gap <= NEAR and self._box < self._first_box:
            self._box = self._first_box  # little may be promised only because the box is narrow
            self.done = not self._mix_again()
        self.done = self.done or self.gap <= NEAR

    @property
    def rate(self) -> float:
        """What the next round may gain, in points for its work, by what the last ones did; infinite at first."""
        if self.done or len(self._gains) <= LAST:
            return 0.0 if self.done else float("inf")
        gained = sum(gain for gain, _ in self._gains[-LAST:]) / LAST
        work = sum(work for _, work in self._gains[-LAST:]) / LAST
        expected = min(max(gained, AT_LEAST * self.promised), CAME_TRUE * self.promised)
        return expected / max(work, 1e-9)

    def _mix_again(self) -> bool:
        """Mix the columns that are worth most at the prices of the best bound or at the last ones; return whether it was."""
        all_ = self.prefecture
        columns = [column for part in all_.near(KEPT, self.proof.prices, self._last) for column in part]
        mix = mix_of(columns, len(all_.places), all_.market, self.proof.prices, self._box, all_.stop)
        all_.work += MIXING * sum(len(column.rows) for column in columns)
        if mix is None:
            return False
        self.mixed, self.mix = columns, mix
        self.promised = max(0.0, self.proof.total / SCALE - mix.value)
        return True

    def _priced(self, asked: Ints) -> bool:
        """Price all places and take the bound; return whether all counties answered."""
        all_ = self.prefecture
        known = all_.columns.best(asked)
        answers = all_.everybody(
            lambda part: Pricing(
                asked,
                [known[block] for block in all_.parts[part].numbers],
                self._exactly,
                all_.settings.seed,
            )
        )
        bounds: dict[int, int] = {}
        unproven, new = False, 0
        for answer in answers:
            if not isinstance(answer, Priced):
                return False
            all_.work += answer.work
            new += len(all_.columns.add(answer.columns))
            bounds.update(answer.bounds)
            unproven |= answer.unproven
        self._last = asked
        total = sum(bounds.values()) + Outside(all_.market).limits_worth(asked)
        if total < self.proof.total:
            self.proof = Proof(asked, bounds, total)
            all_.incumbent.prove(total // SCALE + all_.instance.constant)
        elif not new and unproven:
            self._exactly = True
        return True

    @property
    def gap(self) -> float:
        """What was promised last, as a share."""
        return self.promised / max(1.0, abs(self.proof.total / SCALE))

    def short(self, score: int) -> float:
        """Return how far a plan is below the mix, in points."""
        return 0.0 if self.mix is None else self.mix.value + self.prefecture.instance.constant - score
