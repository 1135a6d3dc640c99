"""Whether prices prove that there is no plan: their bound lies below what any plan at all is worth."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from matcher.solving.columns.market import SCALE
from matcher.solving.state import amount_of

if TYPE_CHECKING:
    from matcher.rulekit import LinkRow, Row
    from matcher.solving.columns.shop import Shop


def least_worth(shop: Shop) -> int:
    """Return a limit, in price units, that no plan's worth lies below: fewest points, every soft rule at its worst."""
    total = 0
    lowest: dict[int, int] = defaultdict(int)
    highest: dict[int, int] = defaultdict(int)
    for piece in shop.pieces:
        block = piece.block
        total += block.range(block.objective)[0] * SCALE
        for row in block.rows:
            if row.mode == "soft":
                total -= row.weight * SCALE * _most_amount(row.row, *block.range(row.row.expression))
        for number, load in piece.loads.items():
            low, high = block.range(load)
            lowest[number] += low
            highest[number] += high
    for number, link in enumerate(shop.market.links):
        if link.mode == "soft":
            total -= link.weight * SCALE * _most_amount(link.row, lowest[number], highest[number])
    return total


def _most_amount(row: Row | LinkRow, low: int, high: int) -> int:
    return max(amount_of(low, row), amount_of(high, row))
