"""What lies on the desk, as its answers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from matcher.plan import Plan
    from matcher.round import Round


class Table(Protocol):
    """Where opened rounds and plans lie, by their digests."""

    def round(self, digest: str) -> Round:
        """Return the round of a digest."""

    def plan(self, digest: str) -> Plan:
        """Return the plan of a digest."""
