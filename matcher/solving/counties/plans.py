"""Plans of a whole round out of its counties' plans: what crosses is dealt out, then what was left is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.market import SCALE
from matcher.solving.counties.allot import Allotment
from matcher.solving.counties.prices import KEPT, NEAR
from matcher.solving.counties.requests import Planned, Planning, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.model.encode import Team
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.counties.prefecture import Prefecture
    from matcher.solving.counties.prices import Prices

#: Work that a county puts into its first plan.
FIRST_EFFORT = 4.0


class Plans:
    """The best choice of teams so far, and how it is made and improved.

    Attributes
    ----------
    chosen
        A team for every block; empty before there is a plan.
    """

    def __init__(self, prefecture: Prefecture, prices: Prices) -> None:
        self.prefecture = prefecture
        self.prices = prices
        self.chosen: dict[int, Column] = {}

    def make(self) -> bool:
        """Deal out what crosses counties by the mix, have every county make its plan; return whether there is one."""
        all_ = self.prefecture
        if self.prices.mix is None:
            return False
        all_.incumbent.enter("plan")
        allotment = Allotment(all_.division, all_.market, self.prices.mixed, all_.stop)
        near = all_.near(KEPT, self.prices.proof.prices)
        chosen = self._planned(
            [
                (part, self._planning(allotment.terms(part), near[part], FIRST_EFFORT))
                for part in range(len(all_.parts))
            ]
        )
        if len(chosen) == len(all_.places):
            self.chosen = chosen
        return self._offer(chosen)

    def improve(self, effort: float) -> bool:
        """Let the counties take what the others left, two at a time; return whether the plan got better.

        Parameters
        ----------
        effort
            Work that each county may put into it.
        """
        all_ = self.prefecture
        all_.incumbent.enter("improve")
        near, before = all_.near(KEPT, self.prices.proof.prices), all_.incumbent.score
        for first in range(0, len(all_.parts), 2):
            if all_.good_enough or all_.stop.now:
                break
            pair = [part for part in (first, first + 1) if part < len(all_.parts)]
            asked = []
            for turn, part in enumerate(pair):
                numbers = all_.parts[part].numbers
                base = self.loads() - self.loads(numbers)
                if len(pair) > 1:
                    base = self._half_open(base, turn)
                terms = Terms(base=base, held=all_.division.foreign(part))
                mine = [self.chosen[block] for block in numbers]
                asked.append((part, self._planning(terms, near[part], effort, mine)))
            self._offer({**self.chosen, **self._planned(asked)})
        return all_.incumbent.score != before

    def loads(self, blocks: Iterable[int] | None = None) -> Ints:
        """Return what the chosen teams of some blocks, or of all, put on the rows."""
        return self._loads_of([self.chosen[block] for block in (self.chosen if blocks is None else blocks)])

    def _loads_of(self, columns: Sequence[Column]) -> Ints:
        loads = np.zeros(len(self.prefecture.market), np.int64)
        for column in columns:
            for row, amount in zip(column.rows, column.amounts, strict=True):
                loads[row] += amount
        return loads

    def _planning(
        self, terms: Terms, near: list[Column], effort: float, chosen: Sequence[Column] = ()
    ) -> Planning:
        settings = self.prefecture.settings
        wanted = NEAR if chosen else max(NEAR, settings.gap / 4)
        return Planning(terms, near, self.prices.proof.prices, effort, wanted, list(chosen), settings.seed)

    def _half_open(self, base: Ints, turn: int) -> Ints:
        """Return the loads with every second row that crosses counties filled up, so that two don't take the same."""
        market = self.prefecture.market
        rows = np.arange(len(market))
        capped = self.prefecture.division.crossing & np.isfinite(market.most) & (rows % 2 != turn)
        used = self.loads() - base
        full = np.where(np.isfinite(market.most), market.most, 0).astype(np.int64) - used
        return np.where(capped, np.maximum(base, full), base)

    def _planned(self, asked: list[tuple[int, Planning]]) -> dict[int, Column]:
        """Return the teams that the counties chose, by block."""
        chosen: dict[int, Column] = {}
        for answer in self.prefecture.ask(asked):
            if isinstance(answer, Planned):
                self.prefecture.work += answer.work
                self.prefecture.columns.add(answer.columns)
                chosen.update((column.block, column) for column in answer.chosen)
        return chosen

    def _offer(self, chosen: dict[int, Column]) -> bool:
        """Have a complete choice checked and keep it if it is the best; return whether it was."""
        all_, columns = self.prefecture, list(chosen.values())
        if len(chosen) < len(all_.places) or not self._allowed(columns):
            return False
        score = all_.market.worth(columns) // SCALE + all_.instance.constant
        if all_.incumbent.score is not None and score <= all_.incumbent.score:
            return False
        teams: dict[str, Team] = {all_.places[block]: list(column.team) for block, column in chosen.items()}
        all_.incumbent.take(teams, score)
        self.chosen = dict(chosen)
        return True

    def _allowed(self, columns: Sequence[Column]) -> bool:
        """Return whether columns keep every hard link row together."""
        market, loads = self.prefecture.market, self._loads_of(columns)
        hard = np.isinf(market.penalty)
        return not (hard & ((loads > market.most) | (loads < market.least))).any()
