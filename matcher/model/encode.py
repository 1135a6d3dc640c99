"""Blocks and link rows as one CP-SAT model: a whole round, a few villages, or a single one."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

from matcher.model.encoded import Encoded, Total, total_of
from matcher.model.helpers import define
from matcher.model.kinds import ONE_POST
from matcher.model.senses import senses

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from matcher.model.block import Block, BlockRow
    from matcher.model.instance import Link
    from matcher.rulekit import Linear, LinkRow, Row

Team = list[tuple[str, str]]


class ModelEncoder:
    """Builds one CP-SAT model.

    Parameters
    ----------
    elastic
        The price of a unit of amount of a hard rule that is broken, where hard rules may be broken at
        a price (to find a start, or to see how short a round is); None: they may not.
    kinds
        People who need not be told apart, by the first of each kind (:mod:`matcher.model.kinds`): the model counts how
        many of them a seat gets. None: everybody by name.
    """

    def __init__(
        self, elastic: int | None = None, *, kinds: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.model = cp_model.CpModel()
        self.elastic = elastic
        self.kinds = kinds
        self.encoded: dict[str, Encoded] = {}
        self.shortfalls: dict[str, list[cp_model.IntVar]] = {}
        self._objective_variables: list[cp_model.IntVar] = []
        self._objective_weights: list[int] = []
        self._objective_constant = 0

    @property
    def size(self) -> int:
        """The number of variables so far."""
        return len(self.model.proto.variables)

    def add_block(
        self,
        block: Block,
        objective: Linear,
        *,
        rows: Iterable[BlockRow] | None = None,
        loads: Mapping[Any, tuple[int | None, int | None]] | None = None,
        keep: Collection[int] | None = None,
        absent: Collection[str] = (),
    ) -> Encoded:
        """Add a block's decisions, helper variables, rows and objective.

        Parameters
        ----------
        objective
            What is maximized over the block.
        rows
            The team-level rows to honour; all of them where not given.
        loads
            The loads that are used later, with the least and most of their link row.
        keep
            The decisions to model; all of them where not given.
        absent
            Cadres who are not available.
        """
        encoded = Encoded(block)
        self.encoded[block.place.id] = encoded
        for variable in self._seats_of(block, keep):
            person, role = block.seats[variable]
            if person.id not in absent:
                most = min(self.stands_for(person.id), block.limits[role][1]) if self.kinds is not None else 1
                if most:
                    encoded.new(self.model, variable, most)
        chosen = list(block.rows if rows is None else rows)
        limited = [(r.row.expression, r.row.at_least, r.row.at_most) for r in chosen]
        limited += [
            (block.loads[name], *limits) for name, limits in (loads or {}).items() if name in block.loads
        ]
        up, down = senses(block, objective, limited)
        for variable, definition in block.definitions.items():
            if variable in up or variable in down:
                define(self.model, encoded, variable, definition, up=variable in up, down=variable in down)
        self._one_role_each(encoded)
        for block_row in chosen:
            hard = block_row.mode == "hard"
            price = (None if block_row.always else self.elastic) if hard else block_row.weight
            self._limit(block_row.rule, total_of([(encoded, block_row.row.expression)]), block_row.row, price)
        self._add_to_objective(encoded, objective)
        return encoded

    def add_link(self, link: Link, base: int = 0, *, price: int | None = None) -> None:
        """Add a link row over the blocks added so far.

        Parameters
        ----------
        base
            The loads of blocks that are not in this model.
        price
            The price of a unit of amount where it may be broken; None takes it from the link's mode.
        """
        parts = [(e, e.block.loads[link.name]) for e in self.encoded.values() if link.name in e.block.loads]
        if price is None:
            price = self.elastic if link.mode == "hard" and link.rule != "one_post" else None
            price = link.weight if link.mode == "soft" else price
        row = link.row
        if self.kinds is not None and link.rule == ONE_POST:
            row = replace(row, at_most=self.stands_for(row.key))
        self._limit(link.rule, total_of(parts, base), row, price)

    def limit_shortfall(self, rule: str, most: int) -> None:
        """Let the rows of one rule be missed by at most so many units in all."""
        shortfalls = self.shortfalls.get(rule)
        if shortfalls:
            self.model.add(cp_model.LinearExpr.sum(shortfalls) <= most)

    def add_order(self, order: Iterable[tuple[str, str]]) -> None:
        """Post the second of each pair whenever the first is posted."""
        seats: dict[str, list[cp_model.IntVar]] = {}
        for encoded in self.encoded.values():
            for variable, model_variable in encoded.variables.items():
                if variable < len(encoded.block.seats):
                    seats.setdefault(encoded.block.seats[variable][0].id, []).append(model_variable)
        for dominated, dominating in order:
            left, right = seats.get(dominated, []), seats.get(dominating, [])
            self.model.add(cp_model.LinearExpr.sum(left) <= cp_model.LinearExpr.sum(right))

    def maximize(self, constant: int = 0) -> None:
        """Set the objective that was gathered, plus ``constant``."""
        total = cp_model.LinearExpr.weighted_sum(self._objective_variables, self._objective_weights)
        self.model.maximize(total + self._objective_constant + constant)

    def stands_for(self, cadre: str) -> int:
        """Return how many people a cadre stands for: nobody, where another one of the kind does."""
        return 1 if self.kinds is None else len(self.kinds.get(cadre, ()))

    def hint(self, teams: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Give the solver a start: the decisions and every helper variable's value."""
        for id_, encoded in self.encoded.items():
            values = encoded.block.values([m for m in teams[id_] if encoded.block.can_hold([m])])
            for variable, model_variable in encoded.variables.items():
                self.model.add_hint(model_variable, values[variable])

    def teams(self, value: Any) -> dict[str, Team]:
        """Return each block's team; ``value`` gives the value of a model variable."""
        named = {first: cycle(members) for first, members in (self.kinds or {}).items()}
        found: dict[str, Team] = {}
        for id_, encoded in self.encoded.items():
            team = found[id_] = []
            seats = encoded.block.seats
            for variable in (v for v in encoded.variables if v < len(seats)):
                (person, role), count = seats[variable], int(value(encoded.variables[variable]))
                team += [(next(named[person.id]) if named else person.id, role) for _ in range(count)]
        return found

    def _seats_of(self, block: Block, keep: Collection[int] | None) -> Iterable[int]:
        """Return the decisions to model: those of ``keep``, or of who stands for a kind, or all."""
        if keep is not None:
            return sorted(keep)
        if self.kinds is None:
            return range(len(block.seats))
        named = (block.variable.get((first, role)) for first in self.kinds for role in block.roles)
        return sorted(variable for variable in named if variable is not None)

    def _one_role_each(self, encoded: Encoded) -> None:
        """Keep each person to one role of the team."""
        held: dict[str, list[int]] = {}
        for variable in encoded.variables:
            if variable < len(encoded.block.seats):
                held.setdefault(encoded.block.seats[variable][0].id, []).append(variable)
        for cadre, seats in held.items():
            roles, size = [encoded.variables[v] for v in seats], self.stands_for(cadre)
            if sum(encoded.most[v] for v in seats) <= size:
                continue
            if size == 1:
                self.model.add_at_most_one(roles)
            else:
                self.model.add(cp_model.LinearExpr.sum(roles) <= size)

    def _limit(self, rule: str, total: Total, row: Row | LinkRow, price: int | None) -> None:
        """Add a row's limits, hard where ``price`` is None, else with a priced shortfall."""
        if row.at_least is not None and total.low < row.at_least:
            self._one_side(rule, total, row.at_least, row.at_least - total.low, 1, row, price)
        if row.at_most is not None and total.high > row.at_most:
            self._one_side(rule, total, row.at_most, total.high - row.at_most, -1, row, price)

    def _one_side(
        self,
        rule: str,
        total: Total,
        limit: int,
        depth: int,
        sign: int,
        row: Row | LinkRow,
        price: int | None,
    ) -> None:
        """Add ``sign × total ≥ sign × limit``, with a shortfall of at most ``depth`` where it has a price."""
        step, most = (depth, 1) if row.flat else (row.step, -(-depth // row.step))
        if price is None and not total.variables:
            self.model.add_bool_or([])  # nothing can move it: the row can't hold
            return
        expression = sign * total.expression
        if price is not None:
            short = self.model.new_int_var(0, most, "")
            self.shortfalls.setdefault(rule, []).append(short)
            self._objective_variables.append(short)
            self._objective_weights.append(-price)
            expression = expression + step * short
        self.model.add(expression >= sign * limit)

    def _add_to_objective(self, encoded: Encoded, objective: Linear) -> None:
        self._objective_constant += objective.constant
        for variable, coefficient in objective.terms.items():
            model_variable = encoded.variables.get(variable)
            if model_variable is not None:
                self._objective_variables.append(model_variable)
                self._objective_weights.append(coefficient)
