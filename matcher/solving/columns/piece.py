"""A block as the column method uses it: priced fast where its rows allow, by CP-SAT where they don't."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.model.encode import ModelEncoder
from matcher.pricing.pricer import STEPS, Pricer
from matcher.solving.columns.column import Column, team_key
from matcher.solving.columns.market import SCALE
from matcher.solving.cpsat import run
from matcher.solving.state import amount_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import NDArray

    from matcher.model.block import Block
    from matcher.model.encode import Team
    from matcher.rulekit import Linear
    from matcher.solving.columns.market import Market
    from matcher.solving.stopping import Stop

    Ints = NDArray[np.int64]

#: Work that CP-SAT may spend on the exact price of one block.
EXACT = 20.0


@dataclass(frozen=True, slots=True)
class Offer:
    """What pricing a block gave.

    Attributes
    ----------
    bound
        No team of the block is worth more at the prices; None where no team is possible.
    column
        A team worth more than what was known, if one was found.
    proven
        Whether ``bound`` is the worth of a team, not of a relaxation.
    work
        Work that CP-SAT spent.
    """

    bound: int | None
    column: Column | None
    proven: bool = True
    work: float = 0.0

    def at_most(self, bound: int) -> Offer:
        """Return the offer with a better bound from elsewhere."""
        return replace(self, bound=bound)


class Piece:
    """One block, ready to be priced.

    Parameters
    ----------
    number
        The block's number.
    block
        The block.
    market
        The link rows.
    """

    def __init__(self, number: int, block: Block, market: Market) -> None:
        self.number = number
        self.source: Callable[[], Block] | None = None
        self._block: Block | None = block
        self._number: Mapping[Any, int] = market.number
        rows = [(r.row, None if r.mode == "hard" else r.weight * SCALE) for r in block.rows]
        self.pricer = Pricer(block, rows, block.objective, self.loads, SCALE)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: neither the block nor the names of the rows."""
        return {**self.__dict__, "_block": None, "source": None, "_number": {}}

    def come_back(self, market: Market, source: Callable[[], Block]) -> None:
        """Take back, after pickling, what is not pickled."""
        self._number, self.source = market.number, source

    @property
    def block(self) -> Block:
        """The block, made anew where it was let go.

        Raises
        ------
        LookupError
            Where it was let go and there is nothing to make it from.
        """
        if self._block is None:
            if self.source is None:
                raise LookupError(f"the block of {self.pricer.place} was let go")
            self._block = self.source()
        return self._block

    @property
    def loads(self) -> dict[int, Linear]:
        """What the block puts on the link rows, by the row's number."""
        return {self._number[name]: load for name, load in self.block.loads.items() if name in self._number}

    def let_go(self) -> None:
        """Let go of the block, which is large: the arrays that were read off it are enough for pricing.

        What they are not enough for makes it anew from ``source``, which is to be set again after pickling.
        """
        self._block = self.source = None

    def column(self, team: Team) -> Column | None:
        """Return a team as a column; None where it breaks a hard rule of its own."""
        values = self.block.values(team)
        held = [(variable, value) for variable, value in enumerate(values) if value]

        def at(expression: Linear) -> int:
            return expression.constant + sum(expression.terms.get(v, 0) * value for v, value in held)

        worth = (at(self.block.points) + at(self.block.plan_points)) * SCALE
        for row in self.block.rows:
            amount = amount_of(at(row.row.expression), row.row)
            if amount and row.mode == "hard":
                return None
            worth -= row.weight * SCALE * amount
        loads = (
            self.pricer.loads(list(team)) if self.pricer.plain else {n: at(x) for n, x in self.loads.items()}
        )
        rows = tuple(sorted(number for number, amount in loads.items() if amount))
        return Column(self.number, team_key(team), worth, rows, tuple(loads[row] for row in rows))

    def column_at(self, team: Team, worth: int, prices: Ints) -> Column | None:
        """Return a team that the dynamic program found to be worth ``worth`` at ``prices``; as :meth:`column`."""
        if not self.pricer.plain:
            return self.column(team)
        loads = self.pricer.loads(list(team))
        rows = tuple(sorted(number for number, amount in loads.items() if amount))
        amounts = tuple(loads[number] for number in rows)
        paid = sum(int(prices[row]) * amount for row, amount in zip(rows, amounts, strict=True))
        return Column(self.number, team_key(team), worth + paid, rows, amounts)

    def offer(
        self, prices: Ints, known: int | None, absent: Collection[str] = (), *, quick: bool = False
    ) -> Offer:
        """Price the block by the dynamic program.

        Parameters
        ----------
        prices
            Of the link rows, in price units.
        known
            What the best known team is worth at these prices.
        absent
            Cadres who are not available.
        quick
            Whether a good team and a looser bound will do.
        """
        best = self.pricer.quick(prices, known) if quick else self.pricer.best(prices, known, absent)
        if best.team is None or best.bound is None or best.worth is None:
            return Offer(best.bound, None, proven=not quick)
        column = self.column_at(best.team, best.worth, prices)
        if self.pricer.exact:
            return Offer(best.bound, column, best.worth == best.bound)
        worth = None if column is None else self.worth(column, prices)
        better = worth is not None and (known is None or worth > known)
        return Offer(best.bound, column if better else None, worth == best.bound)

    def exact_offer(self, prices: Ints, stop: Stop, *, seed: int) -> Offer:
        """Price the block by CP-SAT, with every row and helper."""
        objective = self.block.objective * SCALE
        for number, load in self.loads.items():
            if prices[number]:
                objective.add(load, -int(prices[number]))
        encoder = ModelEncoder()
        rows = [
            row if row.mode == "hard" else replace(row, weight=row.weight * SCALE) for row in self.block.rows
        ]
        encoder.add_block(self.block, objective, rows=rows)
        encoder.maximize()
        outcome = run(encoder, stop, work=EXACT, seed=seed)
        if outcome.status == "infeasible":
            return Offer(None, None, work=outcome.work)
        column = None if outcome.teams is None else self.column(outcome.teams[self.block.place.id])
        bound = None if outcome.bound is None else int(np.floor(outcome.bound + 1e-3))
        if bound is None:
            return Offer(10**15, column, proven=False, work=outcome.work)
        return Offer(bound, column, outcome.status == "optimal", outcome.work)

    def teams_above(self, prices: Ints, floor: int, room: int, steps: int = STEPS) -> list[Column] | None:
        """Return every team worth at least ``floor`` at ``prices`` as a column; None where there are too many."""
        teams = self.pricer.teams_above(prices, floor, room, steps)
        if teams is None:
            return None
        columns = (self.column_at(team, worth, prices) for worth, team in teams)
        return [column for column in columns if column is not None]

    @staticmethod
    def worth(column: Column, prices: Ints) -> int:
        """Return what a column is worth at ``prices``."""
        return column.worth - sum(
            int(prices[r]) * a for r, a in zip(column.rows, column.amounts, strict=True)
        )
