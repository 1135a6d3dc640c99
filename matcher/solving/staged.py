"""One solve of a ranking as a stage: taken up where it is done, gone on with where it was under way, and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.demands import with_demands
from matcher.model.instance import Instance
from matcher.rulebook import RuleBook
from matcher.solving.incumbent import Incumbent
from matcher.solving.memory import Memory
from matcher.solving.once import Found, Listeners, solve_once
from matcher.solving.run import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.checkpoint import Finished
    from matcher.demands.book import Demand
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.recorder import Recorder
    from matcher.solving.stopping import Stop


def solve_stage(
    recorder: Recorder,
    round_: Round,
    settings: Settings,
    stop: Stop,
    *,
    demands: Sequence[Demand] = (),
    memory: Memory | None = None,
    wider: Found | None = None,
    told: Listeners | None = None,
) -> Found:
    """Return what a solve found, or what it had found when an earlier process did it.

    Parameters
    ----------
    recorder
        What keeps the checkpoints; the stage was entered there.
    round_, settings, stop, demands, memory, wider
        As in :func:`matcher.solving.once.solve_once`.
    told
        Who is told of it; the recorder alone where not given.
    """
    known = recorder.taken_up(round_, memory)
    if known is not None:
        return _found(known, round_, demands, stop)
    own = memory if memory is not None else Memory()
    recorder.begin(own)
    listeners = told if told is not None else Listeners(recorder=recorder)
    found = solve_once(round_, settings, stop, demands=demands, memory=own, wider=wider, told=listeners)
    recorder.finish(found, own)
    return found


def _found(known: Finished, round_: Round, demands: Sequence[Demand], stop: Stop) -> Found:
    """Return a solve that is done as if it had been done here."""
    instance = Instance(round_, with_demands(RuleBook.of(round_.rules), demands))
    incumbent = Incumbent(instance, {}, stop)
    incumbent.bound = known.bound
    return Found(Run(instance, incumbent), known.method, known.plan, known.status)
