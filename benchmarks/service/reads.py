"""Many readers while a run goes on: how long each read takes, what went wrong, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.service.answers import Answer
from benchmarks.service.clients import percentile
from benchmarks.service.running import running
from benchmarks.service.scene import SHARES, Scene
from benchmarks.service.under_load import under_load
from benchmarks.targets import Finding
from matcher.synth import county_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.report.tables import Table
    from benchmarks.service.clients import Tally
    from benchmarks.service.running import Database
    from benchmarks.service.under_load import Costs, Load

#: Milliseconds that 99 of 100 reads may take.
MOST_MS = 300.0
#: The round that is worked on meanwhile, and a run of it that takes longer than anybody reads.
VILLAGES, SETTINGS = 100, {"effort": 100_000.0}


def measure_reads(database: Database, load: Load) -> Answer:
    """Measure the reads of many clients."""
    with running(database, cores=1) as service:
        tally, costs = under_load(
            service, Scene(service, load.villages, county_of(VILLAGES, seed=2), SETTINGS), load
        )
    answer = Answer(f"Reads of {load.clients} clients, {database}")
    answer.findings += reads_findings(tally)
    answer.tables |= {"Reads": reads_table(tally), "Processors": costs_table(tally, costs)}
    answer.data |= reads_data(load, tally, costs)
    return answer


def reads_findings(tally: Tally) -> list[Finding]:
    """Judge what the clients saw."""
    every = _every(tally)
    errors, slow = sum(tally.errors.values()), percentile(every, 0.99)
    what = "; ".join(f"{count} × {error}" for error, count in tally.errors.most_common(3))
    over = f"{slow - MOST_MS:.0f} ms" if slow >= MOST_MS else ""
    return [
        Finding("reads and streams that failed", "0", f"{errors} of {len(every)}", errors == 0, what),
        Finding("99 of 100 reads", f"< {MOST_MS:.0f} ms", f"{slow:.0f} ms", slow < MOST_MS, over),
    ]


def reads_table(tally: Tally) -> Table:
    """Return how long each kind of read took, and all of them together."""
    head = ("read", "how many", "p50, ms", "p90, ms", "p99, ms", "longest, ms")
    rows = [[kind, *_times(tally.milliseconds.get(kind, []))] for kind in SHARES]
    return head, [*rows, ["all", *_times(_every(tally))]]


def costs_table(tally: Tally, costs: Costs) -> Table:
    """Return what the clients and the service took of a core; the run's own process is not counted."""
    lags = f"{percentile(tally.lags, 0.99):.1f} ms late at p99, {max(tally.lags, default=0.0):.0f} ms at most"
    rows = [["the clients", f"{costs.clients:.0%}", lags]]
    rows += [[name, f"{share:.0%}", ""] for name, share in costs.parts.items()]
    return ("process", "of one core", "its event loop"), rows


def reads_data(load: Load, tally: Tally, costs: Costs) -> dict[str, object]:
    """Return all that was measured."""
    kinds = {**tally.milliseconds, "all": _every(tally)}
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "longest": 1.0}
    return {
        "load": {"clients": load.clients, "every": load.every, "streams": load.streams, "seconds": load.seconds, "villages": load.villages},
        "milliseconds": {
            kind: {"count": len(times), **{name: round(percentile(times, s), 1) for name, s in shares.items()}}
            for kind, times in kinds.items()
        },
        "statuses": dict(tally.statuses),
        "errors": dict(tally.errors),
        "bytes": tally.size,
        "events": tally.events,
        "streams_ended": tally.streams,
        "loop_late_ms": {"p99": round(percentile(tally.lags, 0.99), 1), "longest": round(max(tally.lags), 1)},
        "core_share": {"clients": costs.clients, **costs.parts},
    }  # fmt: skip


def _every(tally: Tally) -> list[float]:
    return [one for times in tally.milliseconds.values() for one in times]


def _times(times: Sequence[float]) -> list[str]:
    return [f"{len(times):,}", *(f"{percentile(times, share):.0f}" for share in (0.5, 0.9, 0.99, 1.0))]
