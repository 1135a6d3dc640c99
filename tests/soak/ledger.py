"""The ledger: what the service has acknowledged, on disk before its client goes on."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One acknowledged write.

    Attributes
    ----------
    round
        The soak's round in which it was made.
    kind
        What was done: ``round``, ``revision``, ``run``, ``stop``, ``cancel``, ``plan``, ``proposal``, ``approval``,
        ``rollback``.
    id
        What the service calls it, or what it was done to.
    facts
        What else was acknowledged: digests, parents, reasons.
    """

    round: int
    kind: str
    id: str
    facts: dict[str, Any] = field(default_factory=dict)


class Ledger:
    """Entries in the order in which they were acknowledged.

    Parameters
    ----------
    file
        A new file, one entry a line.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.open("x", encoding="utf-8")
        self.entries: list[Entry] = []
        self.round = 0

    def acknowledge(self, kind: str, identifier: str, **facts: Any) -> None:
        """Write down what was answered with success, and force it to the disk."""
        entry = Entry(self.round, kind, identifier, facts)
        self._file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self.entries.append(entry)

    def of(self, *kinds: str, round_: int | None = None) -> list[Entry]:
        """Return the entries of some kinds, of one round of the soak or of all."""
        return [one for one in self.entries if one.kind in kinds and round_ in (None, one.round)]

    def close(self) -> None:
        """Close the file."""
        self._file.close()
