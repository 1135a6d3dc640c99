"""Python's garbage collection, paused where very many small objects are made at once.

Its passes look at every living object again and again while hundreds of thousands are made that all stay: on a
large round they take as long as the work itself. Nothing is lost by waiting: what no cycle holds is freed at once
all the same.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused() -> Iterator[None]:
    """Pause garbage collection while the block runs."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
