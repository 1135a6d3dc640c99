"""Loaded by every Python process that finds it: shows a clock that is off by what a file says, in seconds.

Only the clock that people set is off; the one that counts from the machine's start is left alone, as a jump leaves it.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

_FILE: Final = Path(os.environ["PYTHONCLOCK"])
_time_ns: Final = time.time_ns


def _shown_ns() -> int:
    return _time_ns() + int(_FILE.read_text(encoding="ascii")) * 1_000_000_000


def _shown() -> float:
    return _shown_ns() / 1_000_000_000


time.time_ns, time.time = _shown_ns, _shown
