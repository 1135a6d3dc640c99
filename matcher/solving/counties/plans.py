"""Plans of a whole round out of its counties' plans.

The counties choose one after the other, the largest first, two side by side. Whoever comes first pays the agreed
price for what crosses counties, so takes it only where it is worth that much: the rest is there for those who come
later. When all have chosen, each may choose again, at no price, out of what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.market import SCALE
from matcher.solving.counties.prices import KEPT, NEAR
from matcher.solving.counties.requests import Planned, Planning, Terms
from matcher.solving.counties.turns import Turns, loads_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matcher.model.encode import Team
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.outside import Flags
    from matcher.solving.counties.prefecture import Prefecture
    from matcher.solving.counties.prices import Prices

#: Work that a county puts into its first plan.
FIRST_EFFORT = 4.0
#: Counties that choose anew at most, so that a broken plan is mended.
MENDED = 6


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
        """Have every county choose in turn; return whether there is a plan."""
        all_ = self.prefecture
        if self.prices.mix is None:
            return False
        all_.incumbent.enter("plan")
        turns = Turns(all_, self.prices)
        near = all_.near(KEPT, self.prices.proof.prices)
        order = sorted(range(len(all_.parts)), key=lambda part: (-all_.parts[part].seats, part))
        for first in range(0, len(order), 2):
            pair = order[first : first + 2]
            asked = [
                (part, self._planning(turns.terms(part, pair), near[part], FIRST_EFFORT)) for part in pair
            ]
            turns.chose(pair, self._planned(asked))
            if all_.stop.now:
                break
        self.chosen = self._mended(turns.chosen)
        return self._offer(self.chosen)

    def _mended(self, chosen: dict[int, Column]) -> dict[int, Column]:
        """Return the choice after counties chose anew that found no teams, or that can see to a row that is broken."""
        all_, tried = self.prefecture, set[int]()
        near = all_.near(KEPT, self.prices.proof.prices)
        while len(tried) < MENDED and not all_.stop.now:
            missed, empty = self._missed(chosen.values()), self._empty(chosen)
            able = [part for part in range(len(all_.parts)) if (all_.division.own[part] & missed).any()]
            part = next((part for part in [*empty, *able] if part not in tried), None)
            if part is None:
                break
            tried.add(part)
            numbers = set(all_.parts[part].numbers)
            base = loads_of(all_.market, [team for block, team in chosen.items() if block not in numbers])
            terms = Terms(base=base, held=all_.division.foreign(part))
            anew = chosen | self._planned([(part, self._planning(terms, near[part], FIRST_EFFORT))])
            if (len(self._empty(anew)), self._missed(anew.values()).sum()) < (len(empty), missed.sum()):
                chosen = anew
        return chosen

    def _empty(self, chosen: Mapping[int, Column]) -> list[int]:
        """Return the counties without teams."""
        return [number for number, part in enumerate(self.prefecture.parts) if part.numbers[0] not in chosen]

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
        return loads_of(
            self.prefecture.market,
            [self.chosen[block] for block in (self.chosen if blocks is None else blocks)],
        )

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
        if len(chosen) < len(all_.places) or self._missed(columns).any():
            return False
        score = all_.market.worth(columns) // SCALE + all_.instance.constant
        if all_.incumbent.score is not None and score <= all_.incumbent.score:
            return False
        teams: dict[str, Team] = {all_.places[block]: list(column.team) for block, column in chosen.items()}
        all_.incumbent.take(teams, score)
        self.chosen = dict(chosen)
        return True

    def _missed(self, columns: Iterable[Column]) -> Flags:
        """Return which hard link rows columns break together."""
        market = self.prefecture.market
        loads = loads_of(market, columns)
        missed: Flags = np.isinf(market.penalty) & ((loads > market.most) | (loads < market.least))
        return missed
