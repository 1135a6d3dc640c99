"""How long runs stood still after harm: read from their own events, whose times are of this machine's one clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.jobs.states import ENDED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import sqlalchemy as sa

    from tests.soak.harms import Harm

#: Milliseconds after which a run must have got on.
LONGEST: Final = 10_000

#: Milliseconds within which what was written before a death may still come to be seen.
_IN_FLIGHT: Final = 1_000

_GETS_ON: Final = frozenset({"progress", "checkpoint", *ENDED})


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a run stood still.

    Attributes
    ----------
    round, kind
        The soak's round, and what was done.
    run
        Which run.
    taken
        Milliseconds until somebody had it again; None where its owner kept it.
    lasted
        Milliseconds until it got on: something new of its solve, or its end.
    """

    round: int
    kind: str
    run: str
    taken: int | None
    lasted: int


def pauses_of(run: str, events: Sequence[sa.Row[Any]], harms: Sequence[Harm]) -> list[Pause]:
    """Return the pauses of a run; one that another harm broke into is left out, for that one counts.

    Parameters
    ----------
    events
        Of the run, all of them.
    harms
        Those of a round, in order.
    """
    hit = [harm for harm in harms if harm.workers and _owner_at(events, harm.at) in harm.workers]
    found = []
    for number, harm in enumerate(hit):
        pause = _pause(run, events, harm)
        later = hit[number + 1].at if number + 1 < len(hit) else None
        if pause is not None and (later is None or harm.since + pause.lasted <= later):
            found.append(pause)
    return found


def _owner_at(events: Sequence[sa.Row[Any]], at: int) -> str | None:
    """Return who had a run at a time; None where nobody worked on it."""
    owner: str | None = None
    for event in events:
        if event.at > at:
            break
        if event.type in ENDED or event.type in ("queued", "released"):
            owner = None
        elif "owner" in event.data:
            owner = event.data["owner"]
    return owner


def _pause(run: str, events: Sequence[sa.Row[Any]], harm: Harm) -> Pause | None:
    after = [event for event in events if event.at >= harm.at]
    mark = next((event for event in after if event.type == harm.mark), None)
    if mark is not None:
        after = [event for event in after if event.seq > mark.seq]
    going = next((event for event in after if event.type in _GETS_ON and event.at >= harm.since), None)
    if going is None:
        return None
    lasted = going.at - harm.since
    if harm.mark and mark is None and (harm.mark == "child_died" or lasted < _IN_FLIGHT):
        return None  # another of the worker's runs was hit, or this one ended before it was
    return Pause(harm.round, harm.kind, run, None if mark is None else max(0, mark.at - harm.since), lasted)
