"""A block as the column method uses it: priced fast where its rows allow, by CP-SAT where they don't."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matcher.model.encode import ModelEncoder
from matcher.pricing.pricer import STEPS, Pricer
from matcher.solving.columns.column import Column, team_key
from matcher.solving.columns.market import SCALE
from matcher.solving.cpsat import run
from matcher.solving.state import amount_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
        self.block = block
        self.loads = {
            market.number[name]: load for name, load in block.loads.items() if name in market.number
        }
        rows = [(r.row, None if r.mode == "hard" else r.weight * SCALE) for r in block.rows]
        self.pricer = Pricer(block, rows, block.objective, self.loads, SCALE)

    @cached_property
    def _loads_of(self) -> Mapping[int, list[tuple[int, int]]] | None:
        """What each decision puts on the link rows; None where helpers or constants load them too."""
        if not self.pricer.exact or any(load.constant for load in self.loads.values()):
            return None
        decisions = len(self.block.seats)
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, load in self.loads.items():
            for variable, amount in load.terms.items():
                if variable >= decisions:
                    return None
                found[variable].append((number, amount))
        return found

    def column(self, team: Team) -> Column | None:
        """Return a team as a column; None where it breaks a hard rule of its own."""
        values = self.block.values(team)
        held = [(variable, value) for variable, value in enumerate(values) if value]

        def at(expression: Linear) -> int:
            return expression.constant + sum(expression.terms.get(v, 0) * value for v, value in held)

        worth = at(self.block.objective) * SCALE
        for row in self.block.rows:
            amount = amount_of(at(row.row.expression), row.row)
            if amount and row.mode == "hard":
                return None
            worth -= row.weight * SCALE * amount
        loads = {number: at(load) for number, load in self.loads.items()}
        rows = tuple(sorted(number for number, amount in loads.items() if amount))
        return Column(self.number, team_key(team), worth, rows, tuple(loads[row] for row in rows))

    def column_at(self, team: Team, worth: int, prices: Ints) -> Column | None:
        """Return a team that the dynamic program found to be worth ``worth`` at ``prices``; as :meth:`column`."""
        of_decision = self._loads_of
        if of_decision is None:
            return self.column(team)
        loads: dict[int, int] = defaultdict(int)
        for member in team:
            for number, amount in of_decision.get(self.block.variable[member], ()):
                loads[number] += amount
        rows = tuple(sorted(number for number, amount in loads.items() if amount))
        amounts = tuple(loads[number] for number in rows)
        paid = sum(int(prices[row]) * amount for row, amount in zip(rows, amounts, strict=True))
        return Column(self.number, team_key(team), worth + paid, rows, amounts)

    def offer(self, prices: Ints, known: int | None, absent: Collection[str] = ()) -> Offer:
        """Price the block by the dynamic program.

        Parameters
        ----------
        prices
            Of the link rows, in price units.
        known
            What the best known team is worth at these prices.
        absent
            Cadres who are not available.
        """
        best = self.pricer.best(prices, known, absent)
        if best.team is None or best.bound is None:
            return Offer(best.bound, None)
        column = self.column_at(best.team, best.bound, prices)
        if self.pricer.exact:
            return Offer(best.bound, column)
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
