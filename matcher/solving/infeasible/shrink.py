"""Where a conflict sits: the fewest villages, units and people whose rows collide.

The rules of a conflict are known; most of their rows have no part in it. Rows are left out by halves (QuickXplain): what can
be left out while the rest still collides is no part of it. Every step is a question of feasibility of its own. Where there
are plainly too few people for the seats, counting them leaves out most of it beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.solving.infeasible.oracle import smallest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matcher.model.block import BlockRow
    from matcher.model.instance import Link
    from matcher.solving.infeasible.together import Together
    from matcher.solving.stopping import Stop

#: Questions of feasibility at most; what is not settled then stays in the conflict.
QUESTIONS = 40
#: Deterministic work for one of them, and after which no more are asked.
ONE_QUESTION, WORK = 0.5, 6.0
#: The latter where counting has found few villages and rows already: there is little to be left out still.
COUNTED = 1.5
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
    together: Together
    links: Sequence[Link]
    rows: Mapping[str, Sequence[BlockRow]]
    stop: Stop
    seed: int
    most: float = WORK
    asked: int = 0
    spent: float = 0.0
    settled: bool = True

    def collides(self, kept: Sequence[Element]) -> bool:
        """Return whether the rows of ``kept`` can't all be met; False where that is not found out."""
        if self.asked >= QUESTIONS or self.spent >= self.most or self.stop.now:
            self.settled = False
            return False
        self.asked += 1
        chosen = set(kept)
        links = [link for link in self.links if link.rule in BACKGROUND or ("link", link.name) in chosen]
        rows = {
            place: [row for row in some if row.always or ("village", place) in chosen]
            for place, some in self.rows.items()
        }
        outcome = self.together.ask(links, rows, self.stop, work=ONE_QUESTION, seed=self.seed)
        self.spent += outcome.work
        status = outcome.status
        if status == "unknown":
            self.settled = False
        return status == "infeasible"


def core_of(together: Together, rules: Collection[str], stop: Stop, *, seed: int = 1) -> Core:
    """Return where a conflict sits.

    Parameters
    ----------
    together
        The round.
    rules
        The rules in conflict.
    """
    lacking = together.lacking(rules)
    together = together.fewer(rules)
    links, rows = together.of_rules(rules)
    work = _Shrinking(together, links, rows, stop, seed)
    elements: list[Element] = [("link", link.name) for link in links if link.rule not in BACKGROUND]
    elements += [("village", place) for place, some in rows.items() if any(not row.always for row in some)]
    if lacking is not None:
        counted = [element for element in elements if element[1] in lacking[0 if element[0] == "link" else 1]]
        if work.collides(counted):
            elements, work.most = counted, COUNTED
    needed = set(smallest(elements, work.collides))
    subjects = [
        dict(link.row.subjects) for link in links if ("link", link.name) in needed and link.row.subjects
    ]
    villages = tuple(place for place in rows if ("village", place) in needed)
    return Core(villages, tuple(subjects), work.settled)
