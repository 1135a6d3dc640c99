"""One solve of a ranking as a stage: taken up where it is done, gone on with where it was under way, and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.demands import with_demands
from matcher.model.instance import Instance
from matcher.rulebook import RuleBook
from matcher.solving.incumbent import Incumbent
from matcher.solving.memory import Memory
from matcher.solving.methods import Run
from matcher.solving.once import Found, solve_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matcher.checkpoint import Finished, StageName
    from matcher.demands.book import Demand
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.forecast import Forecast
    from matcher.solving.incumbent import Progress
    from matcher.solving.recorder import Recorder
    from matcher.solving.stopping import Stop


def solve_stage(
    recorder: Recorder,
    rank: int,
    name: StageName,
    round_: Round,
    settings: Settings,
    stop: Stop,
    *,
    demands: Sequence[Demand] = (),
    on_progress: Callable[[Progress], None] | None = None,
    on_forecast: Callable[[Forecast], None] | None = None,
    memory: Memory | None = None,
    wider: Found | None = None,
) -> Found:
    """Return what a solve found, or what it had found when an earlier process did it.

    Parameters
    ----------
    recorder, rank, name
        What keeps the checkpoints, and what the solve is about.
    round_, settings, stop, demands, on_progress, on_forecast, memory, wider
        As in :func:`matcher.solving.once.solve_once`.
    """
    recorder.enter(rank, name)
    known = recorder.taken_up(round_)
    if known is not None:
        if memory is not None:
            recorder.fill(memory)
        return _found(known, round_, demands, stop)
    own = memory if memory is not None else Memory()
    recorder.begin(own)
    found = solve_once(
        round_,
        settings,
        stop,
        demands=demands,
        on_progress=on_progress,
        on_forecast=on_forecast,
        memory=own,
        wider=wider,
        recorder=recorder,
    )
    recorder.finish(found, own)
    return found


def _found(known: Finished, round_: Round, demands: Sequence[Demand], stop: Stop) -> Found:
    """Return a solve that is done as if it had been done here."""
    instance = Instance(round_, with_demands(RuleBook.of(round_.rules), demands))
    incumbent = Incumbent(instance, {}, stop)
    incumbent.bound = known.bound
    return Found(Run(instance, incumbent), known.method, known.plan, known.status)
