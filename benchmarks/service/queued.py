"""Many queued runs of a tiny round: whether all end, how many a minute, and how long the longest takes."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import httpx

from api.jobs.states import ENDED
from benchmarks.service.answers import Answer
from benchmarks.service.clients import percentile
from benchmarks.service.people import Person, tiny_round
from benchmarks.service.running import running
from benchmarks.targets import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.report.tables import Table
    from benchmarks.service.running import Database

_SETTINGS = {"effort": "quick"}
#: Who queues them, so many runs each at most.
_EACH = 100
#: Seconds from one look to the next, and without any run that ends, after which the rest is given up.
_LOOK, _PATIENCE = 1.0, 600.0
_PAGE = 200
_STATE = re.compile(r'^matcher_runs\{state="(\w+)"\} (\S+)$', re.MULTILINE)


def measure_queued(database: Database, count: int, cores: int) -> Answer:
    """Queue ``count`` runs at once, and wait until all have ended."""
    with running(database, cores) as service:
        administrator = Person(service.url, service.administrator)
        people = [
            Person(service.url, administrator.make(number, "planner")) for number in range(-(-count // _EACH))
        ]
        posts = _queue(people, count)
        _wait(service.url, count)
        runs = _runs(people[0])
    throughput = _a_minute(runs)
    answer = Answer(f"{count} queued runs on {cores} cores, {database}", _findings(runs, count))
    answer.tables["Throughput"] = (("runs that end a minute",), [[f"{throughput:,.0f}"]])
    answer.tables["Runs"] = _table(posts, runs)
    answer.data = {
        "runs": count,
        "cores": cores,
        "states": Counter(run["state"] for run in runs),
        "a_minute": round(throughput, 1),
        "table": answer.tables["Runs"],
    }
    return answer


def _queue(people: Sequence[Person], count: int) -> list[float]:
    """Queue the runs, in turn for each person, and return how many milliseconds each took to be accepted."""
    document = tiny_round()
    rounds = [str(person.post("/rounds", document)["id"]) for person in people]
    took = []
    for number in range(count):
        turn = number % len(people)
        begin = time.monotonic()
        people[turn].start(rounds[turn], _SETTINGS)
        took.append(1000 * (time.monotonic() - begin))
    return took


def _wait(url: str, count: int) -> None:
    """Wait until all have ended, or none has for a long time."""
    left, since = count, time.monotonic()
    while left and time.monotonic() - since < _PATIENCE:
        time.sleep(_LOOK)
        now = count - _ended(url)
        if now < left:
            left, since = now, time.monotonic()


def _ended(url: str) -> int:
    """Return how many runs have ended, as the metrics say."""
    found = _STATE.findall(httpx.get(f"{url}/metrics", timeout=_PATIENCE).text)
    return round(sum(float(runs) for state, runs in found if state in ENDED))


def _runs(person: Person) -> list[dict[str, Any]]:
    """Return all runs."""
    page = person.get("/runs", limit=_PAGE)
    found: list[dict[str, Any]] = page["items"]
    while page["next"]:
        page = person.get("/runs", limit=_PAGE, cursor=page["next"])
        found += page["items"]
    return found


def _findings(runs: list[dict[str, Any]], count: int) -> list[Finding]:
    states = Counter(str(run["state"]) for run in runs)
    others = ", ".join(f"{number} {state}" for state, number in states.items() if state != "done")
    done = states["done"]
    return [Finding(f"of {count} runs end with a plan", str(count), str(done), done == count, others)]


def _table(posts: Sequence[float], runs: list[dict[str, Any]]) -> Table:
    """Return how long the runs took to be accepted, to begin and to end."""
    ended = [run for run in runs if run["ended_at"] is not None and run["started_at"] is not None]
    times = {
        "to be accepted, ms": posts,
        "to wait, s": [(run["started_at"] - run["created_at"]) / 1000 for run in ended],
        "from its begin to its end, s": [(run["ended_at"] - run["started_at"]) / 1000 for run in ended],
    }
    head = ("what a run takes", "p50", "p90", "p99", "longest")
    rows = [
        [what, *(f"{percentile(taken, share):,.2f}" for share in (0.5, 0.9, 0.99, 1.0))]
        for what, taken in times.items()
    ]
    return head, rows


def _a_minute(runs: list[dict[str, Any]]) -> float:
    """Return how many runs ended a minute, from the first that was queued to the last that ended."""
    ended: list[int] = [run["ended_at"] for run in runs if run["ended_at"] is not None]
    if not ended:
        return 0.0
    first: int = min(run["created_at"] for run in runs)
    return 60_000 * len(ended) / max(1, max(ended) - first)
