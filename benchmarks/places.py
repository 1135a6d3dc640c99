"""Where the benchmarks stand and where they write, and a digest that tells one state of the code from another."""

from __future__ import annotations

import hashlib
from pathlib import Path

#: The repository.
ROOT = Path(__file__).resolve().parents[1]
#: Everything that the benchmarks write.
BUILD = ROOT / "build" / "bench"


def digest_of(*folders: str) -> str:
    """Return a digest of the Python files of folders of the repository: other code, other digest."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            found.update(file.relative_to(ROOT).as_posix().encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
