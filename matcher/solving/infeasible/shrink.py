"""Where a conflict sits: the fewest villages, units and people whose rows collide.

The rules of a conflict are known; most of their rows have no part in it. Rows are left out by halves (QuickXplain): what can
be left out while the rest still collides is no part of it. Every step is a question of feasibility of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.model.encode import ModelEncoder
from matcher.solving.cpsat import run
from matcher.solving.infeasible.oracle import smallest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.model.instance import Instance
    from matcher.solving.stopping import Stop

#: Questions of feasibility at most; what is not settled then stays in the conflict.
QUESTIONS = 80
#: Deterministic work for one of them, and after which no more are asked.
ONE_QUESTION, WORK = 4.0, 10.0
#: Rows that are everywhere and say nothing by themselves: they always hold.
BACKGROUND = frozenset({"one_post"})
#: A part of a conflict: ``("village", id of a village or of a captain's township)`` or ``("link", name)``.
Element = tuple[str, Any]


@dataclass(frozen=True)
class Core:
    """Where a conflict sits.

    Attributes
    ----------
    villages
        The villages, and townships of captains, whose own rows collide.
    subjects
        What the rows over several villages are about, by kind (``unit``, ``cadre``, …).
    minimal
        Whether every one of them is needed (proven).
    """

    villages: tuple[str, ...]
    subjects: tuple[dict[str, Any], ...]
    minimal: bool


@dataclass
class _Shrinking:
    instance: Instance
    stop: Stop
    seed: int
    asked: int = 0
    spent: float = 0.0
    settled: bool = True

    def collides(self, kept: Sequence[Element]) -> bool:
        """Return whether the rows of ``kept`` can't all be met; False where that is not found out."""
        if self.asked >= QUESTIONS or self.spent >= WORK or self.stop.now:
            self.settled = False
            return False
        self.asked += 1
        chosen = set(kept)
        encoder = ModelEncoder()
        links = [
            link
            for link in self.instance.links
            if link.mode == "hard" and (link.rule in BACKGROUND or ("link", link.name) in chosen)
        ]
        loads = {
            link.name: (link.row.at_least, link.row.at_most) for link in links if link.rule not in BACKGROUND
        }
        for place, block in self.instance.blocks.items():
            inside = ("village", place) in chosen
            rows = [row for row in block.rows if row.always or (inside and row.mode == "hard")]
            encoder.add_block(block, block.objective * 0, rows=rows, loads=loads)
        for link in links:
            encoder.add_link(link)
        encoder.maximize()
        outcome = run(encoder, self.stop, work=ONE_QUESTION, seed=self.seed)
        self.spent += outcome.work
        status = outcome.status
        if status == "unknown":
            self.settled = False
        return status == "infeasible"


def core_of(instance: Instance, stop: Stop, *, seed: int = 1) -> Core:
    """Return where the conflict of an instance sits; the instance has only the rules in conflict in force."""
    work = _Shrinking(instance, stop, seed)
    elements: list[Element] = [
        ("link", link.name) for link in instance.links if link.mode == "hard" and link.rule not in BACKGROUND
    ]
    elements += [
        ("village", place)
        for place, block in instance.blocks.items()
        if any(row.mode == "hard" and not row.always for row in block.rows)
    ]
    needed = set(smallest(elements, work.collides))
    subjects = [
        dict(link.row.subjects)
        for link in instance.links
        if ("link", link.name) in needed and link.row.subjects
    ]
    villages = tuple(place for place in instance.blocks if ("village", place) in needed)
    return Core(villages, tuple(subjects), work.settled)
