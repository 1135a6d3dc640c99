"""Every method that can be measured: a visible list. A new method is its file and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.methods.cpsat import CPSAT_1, CPSAT_2, CPSAT_8
from benchmarks.methods.greedy import GREEDY
from benchmarks.methods.highs import HIGHS
from benchmarks.methods.hungarian import HUNGARIAN
from benchmarks.methods.product import AUTO, COLUMNS, COUNTIES, ONE_PIECE
from benchmarks.methods.timefold import TIMEFOLD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.methods.base import Method

METHODS: tuple[Method, ...] = (
    AUTO,
    COLUMNS,
    COUNTIES,
    ONE_PIECE,
    CPSAT_1,
    CPSAT_2,
    CPSAT_8,
    HIGHS,
    GREEDY,
    HUNGARIAN,
    TIMEFOLD,
)


def methods_of(names: Iterable[str]) -> list[Method]:
    """Return the methods with these names, in the order of the list.

    Raises
    ------
    KeyError
        With the first name that is none.
    """
    wanted = list(names)
    known = {method.name for method in METHODS}
    for name in wanted:
        if name not in known:
            raise KeyError(name)
    return [method for method in METHODS if method.name in wanted]
