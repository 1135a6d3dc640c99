"""An assignment of people to seats by what each is worth there alone, mended and then improved seat by seat.

The assignment is the one that the Hungarian method finds; it is found here as a flow of least cost, which
takes seats nobody may hold as they come. What a team is worth beyond its members, and every rule that looks
at more than one person, is left to the local search behind it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow

from benchmarks.methods.base import Ending, Method
from benchmarks.methods.board import PRICE, Board
from benchmarks.methods.search import climb, mend
from benchmarks.methods.start import instance_of
from matcher.solving.state import State

if TYPE_CHECKING:
    from benchmarks.methods.base import Task


def run(task: Task) -> Ending:
    """Assign, mend, climb."""
    board = Board(instance_of(task))

    def out_of_time() -> bool:
        return time.monotonic() >= task.ends

    assign(board)
    if not mend(board, out_of_time, task.seed):
        return Ending("no plan", f"hard rules broken by {board.broken}")

    def record() -> None:
        state = State(board.instance, board.posted())
        task.record.found(state.measure()[1], state.posts())

    record()
    climb(board, out_of_time, record)
    return Ending("plan")


def assign(board: Board) -> None:
    """Fill the seats that must be filled so that the sum of what each person is worth alone is greatest.

    The flow runs from a source over people to roles of places, as many as the role must have, and on to a
    sink; seats that stay open flow past the people at the price of a broken rule.
    """
    flow = min_cost_flow.SimpleMinCostFlow()
    people = {cadre: number for number, cadre in enumerate(board.instance.facts.people)}
    source, sink = len(people), len(people) + 1
    roles = {
        (place, role): sink + 1 + number
        for number, (place, role) in enumerate(
            (place, role) for place, block in board.instance.blocks.items() for role in block.roles
        )
    }
    arcs: dict[int, tuple[str, int]] = {}
    seats = 0
    for place, block in board.instance.blocks.items():
        worth = board.table(place).worth([], range(len(block.seats))) if block.seats else None
        for decision, (person, role) in enumerate(block.seats):
            assert worth is not None  # there are seats
            cost = -int(worth.points[decision])
            arc = flow.add_arc_with_capacity_and_unit_cost(people[person.id], roles[place, role], 1, cost)
            arcs[arc] = (place, decision)
        for role in block.roles:
            least = block.limits[role][0]
            seats += least
            flow.add_arc_with_capacity_and_unit_cost(roles[place, role], sink, least, 0)
            flow.add_arc_with_capacity_and_unit_cost(source, roles[place, role], least, PRICE)
    for node in people.values():
        flow.add_arc_with_capacity_and_unit_cost(source, node, 1, 0)
    flow.set_node_supply(source, seats)
    flow.set_node_supply(sink, -seats)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow has no solution, though every seat may stay open")
    teams: dict[str, list[int]] = {place: [] for place in board.teams}
    chosen = np.flatnonzero(flow.flows(np.array(list(arcs), dtype=np.int32)))
    numbers = list(arcs)
    for index in chosen:
        place, decision = arcs[numbers[int(index)]]
        teams[place].append(decision)
    board.put(teams)


HUNGARIAN = Method("hungarian", "Assignment, mended", "Hungarian", run)
