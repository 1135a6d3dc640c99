"""Chance that is the same on every machine.

Only ``random.Random.random`` is used, whose sequence Python promises to keep, and only arithmetic
that IEEE 754 or ``decimal`` rounds exactly: no ``math.exp``, ``log`` or ``pow``, whose last bit
differs between C libraries, and no ``sum`` of floats, which changed in Python 3.12.
"""

from __future__ import annotations

import hashlib
import math
import random
from decimal import Context, Decimal
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

_EXACT = Context(prec=15)


def exp(power: float) -> float:
    """Return e to the power of ``power``, rounded alike everywhere."""
    return float(_EXACT.exp(Decimal(repr(round(power, 9)))))


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Share ``total`` out by ``weights``: largest remainder, ties to the earlier place."""
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def capped(total: int, weights: Sequence[float], caps: Sequence[int]) -> list[int]:
    """Share ``total`` out by ``weights``, no part above its cap; what caps refuse goes to the others."""
    parts = [0] * len(caps)
    while (left := min(total, sum(caps)) - sum(parts)) > 0:
        room = [cap - part for cap, part in zip(caps, parts, strict=True)]
        open_weights = [max(w, 1e-9) if r > 0 else 0.0 for w, r in zip(weights, room, strict=True)]
        parts = [
            part + min(more, r)
            for part, more, r in zip(parts, apportion(left, open_weights), room, strict=True)
        ]
    return parts


class Draws:
    """A stream of chance for one purpose.

    Parameters
    ----------
    *path
        What the stream is for (kind, seed, purpose …). Streams of different purposes don't disturb
        each other: a new draw in one leaves all others as they were.
    """

    def __init__(self, *path: object) -> None:
        text = "/".join(str(part) for part in path)
        self._random = random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big"))

    def unit(self) -> float:
        """Return a number from 0 up to, but not including, 1."""
        return self._random.random()

    def below(self, end: int) -> int:
        """Return a whole number from 0 to ``end`` − 1."""
        return int(self.unit() * end)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def chance(self, share: float) -> bool:
        """Return True in that share of cases."""
        return self.unit() < share

    def pick(self, items: Sequence[T]) -> T:
        """Return one of ``items``, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of ``items``, as likely as its weight says."""
        point = self.unit() * math.fsum(weights)
        for item, weight in zip(items, weights, strict=True):
            point -= weight
            if point < 0 and weight > 0:
                return item
        return next(item for item, weight in zip(items[::-1], weights[::-1], strict=True) if weight > 0)

    def among(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys of ``weights``, as likely as its weight says."""
        return self.weighted(list(weights), list(weights.values()))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return ``items`` in a random order."""
        order = list(items)
        for i in range(len(order) - 1, 0, -1):
            j = self.below(i + 1)
            order[i], order[j] = order[j], order[i]
        return order

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Return ``count`` of ``items`` in a random order (all of them if there are fewer)."""
        return self.shuffled(items)[:count]

    def dealt(self, shares: Mapping[T, float], count: int) -> list[T]:
        """Return ``count`` keys of ``shares`` in a random order, each as often as its share says."""
        parts = apportion(count, list(shares.values()))
        return self.shuffled([key for key, part in zip(shares, parts, strict=True) for _ in range(part)])

    def bell(self) -> float:
        """Return a draw from (nearly) the standard normal distribution: twelve uniform ones added."""
        return math.fsum(self.unit() for _ in range(12)) - 6.0

    def lognormal(self, median: float, spread: float) -> float:
        """Return a lognormal draw."""
        return round(median * exp(spread * self.bell()), 6)

    def poisson(self, mean: float) -> int:
        """Return a Poisson draw."""
        limit, product, count = exp(-mean), self.unit(), 0
        while product > limit:
            product *= self.unit()
            count += 1
        return count
