"""Which events of a run that has ended may go: those that told nothing but that time went by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Types of which there are many; every state, every death and whatever else happens rarely stays.
THINNED: Final = frozenset({"progress", "checkpoint"})

#: What makes such an event worth keeping when it is another than before. A better bound alone is not: the result has
#: its whole history.
_TELLING: Final = ("phase", "rank", "stage", "score")


def spare_events(events: Iterable[tuple[int, str, Mapping[str, Any]]]) -> list[int]:
    """Return the numbers of the events, in order, that may go; each event is its number, its type and its data."""
    spare: list[int] = []
    told: dict[str, tuple[Any, ...]] = {}
    for number, kind, data in events:
        if kind not in THINNED:
            continue
        tells = tuple(data.get(name) for name in _TELLING)
        if told.get(kind) == tells:
            spare.append(number)
        told[kind] = tells
    return spare
