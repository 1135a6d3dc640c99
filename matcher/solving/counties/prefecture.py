"""A round of several counties on its way to a plan: the counties, the processes that work on them, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.solving.columns.column import Columns
from matcher.solving.columns.market import Market
from matcher.solving.counties.division import parts_of
from matcher.solving.counties.requests import Failure, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matcher.model.instance import Instance
    from matcher.settings import Settings
    from matcher.solving.columns.column import Column
    from matcher.solving.columns.market import Ints
    from matcher.solving.counties.crew import Crew, Inline
    from matcher.solving.counties.division import Division
    from matcher.solving.counties.requests import Answer
    from matcher.solving.incumbent import Incumbent
    from matcher.solving.stopping import Stop


class Prefecture:
    """What all steps of the method share.

    Attributes
    ----------
    parts
        The counties.
    market
        The link rows of the whole round.
    columns
        The teams that the counties sent.
    work
        Deterministic work spent so far, in all counties together.
    failed
        The first county that an answer was lost of, and why; None as long as all answered.
    crew
        The processes; set before anything is asked.
    division
        Which rows cross counties; known when all counties are opened.
    """

    crew: Crew | Inline
    division: Division

    def __init__(self, instance: Instance, incumbent: Incumbent, settings: Settings, stop: Stop) -> None:
        self.instance = instance
        self.incumbent = incumbent
        self.settings = settings
        self.stop = stop
        self.places = list(instance.screening.places)
        self.parts = parts_of(instance)
        self.market = Market(instance.links)
        self.columns = Columns(len(self.places))
        self.work = 0.0
        self.failed: tuple[str, Failure] | None = None

    def ask(self, asked: Sequence[Work], stop: Stop | None = None) -> list[Answer | Failure]:
        """Ask counties, the largest first; return the answers in the order asked."""
        order = sorted(range(len(asked)), key=lambda i: (-self._seats(asked[i]), i))
        answers = self.crew.ask([asked[i] for i in order], stop or self.stop)
        found: list[Answer | Failure] = list(answers)
        for i, answer in zip(order, answers, strict=True):
            found[i] = answer
            if isinstance(answer, Failure) and self.failed is None and not self.stop.now:
                self.failed = self.parts[asked[i].county].name, answer
        return found

    def _seats(self, asked: Work) -> int:
        return sum(self.parts[part].seats for part in asked.counties)

    def everybody(
        self, request: Callable[[int], Any], stop: Stop | None = None
    ) -> list[Answer | Failure]:
        """Ask every county."""
        return self.ask([Work(part, request(part)) for part in range(len(self.parts))], stop)

    def near(self, many: int, *prices: Ints) -> list[list[Column]]:
        """Return, by county, the ``many`` columns of each block that are worth most at any of the prices."""
        by_block: dict[int, list[int]] = {}
        for number, column in enumerate(self.columns.all):
            by_block.setdefault(column.block, []).append(number)
        kept: dict[int, set[int]] = {block: set() for block in by_block}
        for asked in prices:
            worths = (-self.columns.reduced(asked)).tolist()
            for block, numbers in by_block.items():
                kept[block].update(sorted(numbers, key=lambda number: (worths[number], number))[:many])
        return [
            [self.columns.all[number] for block in part.numbers for number in sorted(kept.get(block, ()))]
            for part in self.parts
        ]

    @property
    def good_enough(self) -> bool:
        """Whether the gap asked for is proven."""
        return self.incumbent.within(self.settings.gap)
