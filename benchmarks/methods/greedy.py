"""Village by village, as a careful office does it: the neediest village gets its best team of those left.

Hard rules are honoured as far as they can be on the way; what is broken at the end is mended by local
search. Where that does not succeed there is no plan.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.methods.base import Ending, Method
from benchmarks.methods.board import Board
from benchmarks.methods.search import fill, mend
from benchmarks.methods.start import instance_of
from matcher.solving.state import State

if TYPE_CHECKING:
    from benchmarks.methods.base import Task
    from matcher.model.instance import Instance


def run(task: Task) -> Ending:
    """Fill, mend, record."""
    instance = instance_of(task)
    board = Board(instance)
    for place in neediest_first(instance):
        if time.monotonic() >= task.ends:
            return Ending("no plan", "out of time before every village had a team")
        fill(board, place)
    if not mend(board, lambda: time.monotonic() >= task.ends, task.seed):
        return Ending("no plan", f"hard rules broken by {board.broken}")
    state = State(instance, board.posted())
    task.record.found(state.measure()[1], state.posts())
    return Ending("plan")


def neediest_first(instance: Instance) -> list[str]:
    """Return the captaincies, for which few will do, then villages by the sum of their needs and their hardship."""

    def need(id_: str) -> tuple[bool, int]:
        place = instance.blocks[id_].place
        if not place.is_village:
            return False, 0
        return True, -sum(place.needs.values()) - place.village.hardship

    return sorted(instance.blocks, key=need)


GREEDY = Method("greedy", "Greedy by village", "Greedy", run)
