"""Working space of a search, kept by each thread from one search to the next."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.pricing.kernel import LAYERS, NEVER, Space, States, clear

if TYPE_CHECKING:
    from numpy.typing import NDArray


class workspace:  # noqa: N801 - used as a verb
    """Working space for one search; each thread has its own, and searches one block at a time.

    Between searches every value is :data:`NEVER` again.
    """

    _local = threading.local()

    def __init__(self, states: States, labels: int) -> None:
        size = states.counts * states.flags
        self.space = Space(
            self._room("value", (LAYERS, states.tokens * size), np.int64, NEVER),
            self._room("label", (LAYERS, states.tokens * size), np.int32),
            self._room("alive", (LAYERS, states.counts, states.tokens * states.flags), np.int32),
            self._room("living", (LAYERS, states.counts), np.int32, 0),
            self._room("before", (labels,), np.int32),
            self._room("joined", (labels,), np.int32),
            np.zeros(2, np.int64),
            self._room("rests", (3, size), np.int64),
        )

    def __enter__(self) -> Space:
        return self.space

    def __exit__(self, *error: object) -> None:
        for layer in range(LAYERS):
            clear(self.space, layer)

    def _room(self, name: str, shape: tuple[int, ...], kind: Any, fill: int | None = None) -> NDArray[Any]:
        """Return an array of the size asked for, made anew only where what there is is too small."""
        size = int(np.prod(shape))
        known = getattr(self._local, name, None)
        if known is None or known.size < size:
            known = np.empty(size, kind) if fill is None else np.full(size, fill, kind)
            setattr(self._local, name, known)
        return known[:size].reshape(shape)
