"""Drawing by chance, from a seeded generator or from hypothesis (which lends one that it can shrink)."""

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")


class Draws:
    """A source of chance that knows which parts of a round are to matter.

    A *theme* is the name of a rule or term; what that rule reads is drawn richer in a round that has it.
    """

    def __init__(self, chance: Random, themes: Sequence[str]) -> None:
        self.chance = chance
        self.themes = frozenset(themes)

    def has(self, *themes: str) -> bool:
        return not self.themes.isdisjoint(themes)

    def percent(self, usual: int, *themes: str, rich: int = 50) -> bool:
        """True in `usual` of a hundred cases, in `rich` of them under one of the themes."""
        return self.chance.randrange(100) < (rich if self.has(*themes) else usual)

    def one(self, options: Sequence[T]) -> T:
        return options[self.chance.randrange(len(options))]

    def some(self, options: Sequence[T], most: int) -> list[T]:
        return self.chance.sample(options, self.chance.randint(0, min(most, len(options))))

    def number(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def levels(self, codes: Sequence[str], least: int, most: int, how_many: int) -> dict[str, int]:
        return {code: self.number(least, most) for code in self.some(codes, how_many)}

    def maybe(self, row: dict[str, Any], usual: int, field: str, value: Any) -> None:
        """Set a field in `usual` of a hundred rows."""
        if self.percent(usual):
            row[field] = value
