"""How functions of this package are compiled, and where what was compiled is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_FunctionT = TypeVar("_FunctionT", bound=Callable[..., Any])
_HERE = Path(__file__).parent


def compiled(function: _FunctionT) -> _FunctionT:
    """Compile a function when it is first called, and keep what was compiled beside the source or in the user's cache.

    Where neither can be written, it is compiled anew in every process.
    """
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        made = numba.njit(nogil=True)(function)
    return cast("_FunctionT", made)


def _forget_what_is_stale() -> None:
    """Remove what was compiled from other sources than these.

    A compiled function holds the functions that it calls, but is thrown away only when its own file changes:
    without this, a change to the one would not reach the other.
    """
    kept = _HERE / "__pycache__"
    digest = hashlib.sha256()
    for source in sorted(_HERE.glob("*.py")):
        digest.update(source.read_bytes())
    stamp = kept / "compiled-from"
    with suppress(OSError):
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        kept.mkdir(exist_ok=True)
        for pattern in ("*.nbi", "*.nbc"):
            for file in kept.glob(pattern):
                file.unlink(missing_ok=True)
        stamp.write_text(digest.hexdigest())


_forget_what_is_stale()
