"""Whether a disk has no room left; apart, for processes that load nothing of the service ask it, too."""

from __future__ import annotations

import errno
from typing import Final

#: Seconds after which a client may ask again: somebody has to make room first.
AGAIN_WHEN_FULL: Final = 30

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def is_without_room(error: OSError) -> bool:
    """Return whether an error says that a disk, or somebody's share of it, is full."""
    return error.errno in _NO_ROOM
