"""The states of a run and the ways between them; nothing else knows which way is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

State = Literal["queued", "running", "stopping", "done", "infeasible", "cancelled", "failed"]
#: What somebody asked of a run.
Asked = Literal["stop", "cancel"]

#: A worker is at it, or should be.
LIVE: Final[frozenset[State]] = frozenset({"running", "stopping"})
#: Nothing changes any more.
ENDED: Final[frozenset[State]] = frozenset({"done", "infeasible", "cancelled", "failed"})
#: These have a result.
ANSWERED: Final[frozenset[State]] = frozenset({"done", "infeasible"})

_BEFORE: Final[Mapping[State, frozenset[State]]] = {
    # Back to the queue when its worker ends in good order; a run that is to stop stays so, and waits for another.
    "queued": frozenset({"running"}),
    "running": frozenset({"queued"}),
    "stopping": frozenset({"running"}),
    "done": LIVE,
    "infeasible": LIVE,
    "failed": LIVE,
    "cancelled": LIVE | {"queued"},
}


def before(state: State) -> frozenset[State]:
    """Return the states from which a run may come to ``state``; a new owner alone is no change of state."""
    return _BEFORE[state]
