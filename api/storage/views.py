"""What is shown of documents, kept for a while: a document never changes, so neither does a view of it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes of all views that are kept, and of one: a larger one is made anew each time.
_MOST: Final = 32 * 2**20
_LARGEST: Final = 8 * 2**20


class Views:
    """The views asked for last, by the document's digest and what is shown of it; any thread may ask."""

    def __init__(self, most: int = _MOST, largest: int = _LARGEST) -> None:
        self._most = most
        self._largest = largest
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, digest: str, shown: str, make: Callable[[], bytes]) -> bytes:
        """Return a view, made by ``make`` where it is not kept; who may see it is the caller's to decide, each time."""
        key = (digest, shown)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        view = make()
        if len(view) <= self._largest:
            self._keep(key, view)
        return view

    def _keep(self, key: tuple[str, str], view: bytes) -> None:
        with self._lock:
            if key in self._kept:  # another thread was quicker
                return
            self._kept[key] = view
            self._size += len(view)
            while self._size > self._most:
                _, old = self._kept.popitem(last=False)
                self._size -= len(old)
