"""Plans of a whole round out of its counties' plans.

The counties choose one after the other, the largest first, two side by side. Whoever comes first pays the agreed
price for what crosses counties, so takes it only where it is worth that much: the rest is there for those who come
later. When all have chosen, each may choose again, at no price, out of what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.solving.columns.column import team_key
from matcher.solving.columns.dive import BRISK
from matcher.solving.columns.market import SCALE
from matcher.solving.counties.prices import KEPT, NEAR
from matcher.solving.counties.requests import Planned, Planning, Terms, Work
from matcher.solving.counties.turns import Turns, loads_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matcher.model.encode import Team
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.dive import Pace
    from matcher.solving.columns.market import Ints
    from matcher.solving.columns.outside import Flags
    from matcher.solving.counties.prefecture import Prefecture
    from matcher.solving.counties.prices import Prices

#: Work that two counties put into a better plan at first.
FIRST_EFFORT = 2.0
#: Improving a first plan is taken to gain half of what it is short of, for twice the work that it took.
AT_FIRST = 0.25
#: Counties that choose anew at most, so that a broken plan is mended.
MENDED = 6


class Plans:
    """The best choice of teams so far, and how it is made and improved.

    Attributes
    ----------
    chosen
        A team for every block; empty before there is a plan.
    rate
        What improving gained last, in points for its work; before, what is to be gained for what the plan took.
    """

    def __init__(self, prefecture: Prefecture, prices: Prices) -> None:
        self.prefecture = prefecture
        self.prices = prices
        self.chosen: dict[int, Column] = {}
        self.rate = float("inf")
        self._sweeps = 0

    def begin(self, saved: Mapping[str, Team]) -> bool:
        """Begin with a plan that nobody vouches for; return whether it is one.

        The counties have read its teams as columns, as far as they are teams.
        """
        all_ = self.prefecture
        wanted = {place: team_key(team) for place, team in saved.items()}
        chosen = {
            column.block: column
            for column in all_.columns.all
            if column.team == wanted.get(all_.places[column.block])
        }
        return wanted.keys() <= set(all_.places) and self._offer(chosen)

    def make(self) -> bool:
        """Have every county choose in turn; return whether there is a plan."""
        all_, spent = self.prefecture, self.prefecture.work
        if self.prices.mix is None:
            return False
        all_.incumbent.enter("plan")
        turns = Turns(all_, self.prices)
        near = all_.near(KEPT, self.prices.proof.prices)
        for pair in self._pairs():
            asked = [
                Work(part, self._planning(turns.terms(part, pair), near[part], pace=BRISK)) for part in pair
            ]
            turns.chose(pair, self._planned(asked))
            if all_.stop.now:
                break
        if not self._offer(self._mended(turns.chosen)):
            return False
        short = self.prices.short(all_.incumbent.score or 0)
        self.rate = AT_FIRST * short / max(1e-9, all_.work - spent)
        return True

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
            anew = chosen | self._planned([Work(part, self._planning(terms, near[part], pace=BRISK))])
            if (len(self._empty(anew)), self._missed(anew.values()).sum()) < (len(empty), missed.sum()):
                chosen = anew
        return chosen

    def _empty(self, chosen: Mapping[int, Column]) -> list[int]:
        """Return the counties without teams."""
        return [number for number, part in enumerate(self.prefecture.parts) if part.numbers[0] not in chosen]

    def improve(self, effort: float, pace: Pace | None = None) -> bool:
        """Let counties, two and two together, choose again among all that the others left; return whether it was better.

        Each is together with another one each time, so that what crosses counties finds its way. Two such pairs choose
        side by side.

        Parameters
        ----------
        effort
            Work that each pair may put into better teams.
        pace
            How fast each dives for a plan of its own first; None: it does not.
        """
        all_, market = self.prefecture, self.prefecture.market
        before, spent = all_.incumbent.score or 0, all_.work
        all_.incumbent.enter("improve")
        near, groups = all_.near(KEPT, self.prices.proof.prices), self._groups()
        for first in range(0, len(groups), 2):
            if all_.good_enough or all_.stop.now:
                break
            loads, asked = loads_of(market, self.chosen.values()), []
            for turn, group in enumerate(groups[first : first + 2]):
                mine = [self.chosen[block] for part in group for block in all_.parts[part].numbers]
                held = loads_of(market, mine)
                base = loads - held
                if len(groups) > first + 1:
                    base = self._half_open(base, held, turn)
                terms = Terms(base=base, held=all_.division.foreign(*group))
                known = [column for part in group for column in near[part]]
                asked.append(Work(group[0], self._planning(terms, known, effort, mine, pace), group[1:]))
            found = self._planned(asked)
            if not self._offer({**self.chosen, **found}):
                for group in groups[first : first + 2]:  # what is not better together may be so alone
                    numbers = {block for part in group for block in all_.parts[part].numbers}
                    self._offer({**self.chosen, **{b: team for b, team in found.items() if b in numbers}})
        gained = (all_.incumbent.score or 0) - before
        self.rate = gained / max(1e-9, all_.work - spent)
        return gained > 0

    def _groups(self) -> list[tuple[int, ...]]:
        """Return the counties two and two together, other pairs each time, the largest first."""
        parts = self.prefecture.parts
        ring: list[int | None] = [*range(len(parts))]
        if len(ring) % 2:
            ring.append(None)
        turn = self._sweeps % max(1, len(ring) - 1)
        self._sweeps += 1
        line = [ring[0], *ring[1 + turn :], *ring[1 : 1 + turn]]
        pairs = zip(line, line[: len(line) // 2 - 1 : -1], strict=False)
        groups = [tuple(part for part in pair if part is not None) for pair in pairs]
        return sorted(groups, key=lambda group: (-sum(parts[part].seats for part in group), group))

    def _pairs(self) -> list[list[int]]:
        """Return the counties two at a time, those of a size side by side."""
        parts = self.prefecture.parts
        order = sorted(range(len(parts)), key=lambda part: (-parts[part].seats, part))
        return [order[first : first + 2] for first in range(0, len(order), 2)]

    def loads(self) -> Ints:
        """Return what the chosen teams put on the rows."""
        return loads_of(self.prefecture.market, self.chosen.values())

    def _planning(
        self,
        terms: Terms,
        near: list[Column],
        effort: float = 0.0,
        chosen: Sequence[Column] = (),
        pace: Pace | None = None,
    ) -> Planning:
        settings = self.prefecture.settings
        wanted = NEAR if chosen else max(NEAR, settings.gap / 4)
        prices = self.prices.proof.prices
        return Planning(terms, near, prices, effort, wanted, list(chosen), pace, settings.seed)

    def _half_open(self, base: Ints, held: Ints, turn: int) -> Ints:
        """Return the loads with every second row that crosses counties filled up, so that two don't take the same."""
        market = self.prefecture.market
        rows = np.arange(len(market))
        capped = self.prefecture.division.crossing & np.isfinite(market.most) & (rows % 2 != turn)
        full = np.where(np.isfinite(market.most), market.most, 0).astype(np.int64) - held
        return np.where(capped, np.maximum(base, full), base)

    def _planned(self, asked: list[Work]) -> dict[int, Column]:
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
