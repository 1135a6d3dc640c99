"""The teams that a solve left, each with what it counts and loads: further plans can be made out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

    from matcher.model.instance import Instance, Link
    from matcher.round import Round
    from matcher.rulebook import RuleBook
    from matcher.solving.columns.column import Column


@dataclass(frozen=True)
class Pool:
    """Columns of one instance. They are worth something only under its rules, so a changed round needs others.

    Attributes
    ----------
    round, book, floor
        The instance's.
    links
        The link rows, by the numbers that columns use.
    places
        The place of each block.
    columns
        The teams that were nearest to their block's bound at the last prices.
    """

    round: Round
    book: RuleBook
    floor: Fraction | None
    links: tuple[Link, ...]
    places: tuple[str, ...]
    columns: tuple[Column, ...]

    def of(self, instance: Instance) -> bool:
        """Return whether the columns are those of an instance's blocks and link rows."""
        mine = (self.round is instance.round, self.book == instance.book, self.floor == instance.floor)
        return all(mine) and self.links == tuple(instance.links)

    def __deepcopy__(self, _memo: dict[int, Any]) -> Pool:
        """Return itself: nothing in it changes."""
        return self
