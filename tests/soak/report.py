"""The report of a soak: what was done, on what machine, how long runs stood still, and everything that should not be."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measuring.machine import machine, versions
from matcher.version import VERSION
from tests.soak.pauses import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.soak.campaign import Outcome

_WHAT: Final[Mapping[str, str]] = {
    "api": "the process that answers HTTP is killed",
    "worker": "the process that works on runs is killed",
    "child": "a process that solves is killed",
    "supervisor": "one `matcher serve` is killed, and started again",
    "whole service": "every process is killed, and all is started again",
    "worker asleep": "a worker is stopped (SIGSTOP), and wakes (SIGCONT)",
    "machine": "a `matcher serve` with a worker is killed, and started again only after 7 s",
    "database": "the postmaster is killed, and started again after 0–3 s",
}


def document(outcome: Outcome, asked: Mapping[str, Any], load: Sequence[float]) -> dict[str, Any]:
    """Return the report as data.

    Parameters
    ----------
    asked
        Database, rounds and seed.
    load
        The machine's load (average of a minute) before the soak and after it.
    """
    return {
        "asked": dict(asked),
        "rounds": outcome.rounds,
        "seconds": round(outcome.seconds),
        "machine": {**machine(), "load before": f"{load[0]:.1f}", "load after": f"{load[1]:.1f}"},
        "versions": {"matcher": VERSION, **versions(), **_database(asked)},
        "harms": [_harm(kind, outcome) for kind in _WHAT if kind in _kinds(outcome)],
        "acknowledged": outcome.acknowledged,
        "runs": outcome.runs,
        "continued": outcome.continued,
        "lost_leases": outcome.lost_leases,
        "asked_again": outcome.again,
        "pauses": _spread([pause.lasted for pause in outcome.pauses]),
        "answers": _spread([harm.answered for harm in outcome.harms if harm.answered is not None]),
        "violations": [asdict(violation) for violation in outcome.record.found],
        "all_pauses": [asdict(pause) for pause in outcome.pauses],
    }


def write(found: Mapping[str, Any], file: Path) -> None:
    """Write a report as a page, and beside it as data."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(found), encoding="utf-8")
    text = json.dumps(found, ensure_ascii=False, indent=1)
    file.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def page(found: Mapping[str, Any]) -> str:
    """Return the report as a page."""
    asked = found["asked"]
    command = f"./dev soak --database {asked['database']} --rounds {asked['rounds']} --seed {asked['seed']}"
    verdict = f"{len(found['violations'])} violation(s)" if found["violations"] else "no violation"
    runs = ", ".join(f"{count} {state}" for state, count in sorted(found["runs"].items()))
    acknowledged = ", ".join(f"{count} {kind}" for kind, count in found["acknowledged"].items())
    lines = [
        f"# Soak on {asked['database']}",
        "",
        f"Made by `{command}`: {found['rounds']} rounds in {found['seconds']} s, **{verdict}**.",
        "",
        _plain(found["machine"]) + ".",
        "",
        _plain(found["versions"]) + ".",
        "",
        "| harm | times | pauses | median, s | 99 %, s | longest, s | api back, longest, s |",
        "|---|---|---|---|---|---|---|",
        *(_row(harm["what"], harm["times"], harm["pauses"], harm["answers"]) for harm in found["harms"]),
        _row("all", sum(harm["times"] for harm in found["harms"]), found["pauses"], found["answers"]),
        "",
        f"A pause is counted from the death, the restart or the database's return to the next event of the run's solve, "
        f"or its end; {LONGEST // 1000} s are allowed. One that a further harm broke into is counted from that one.",
        "",
        f"Runs: {runs}; {found['continued']} of them were gone on with by another process. Acknowledged writes: "
        f"{acknowledged}. Clients asked again {found['asked_again']} times. A worker found {found['lost_leases']} "
        "times that a run was no longer its own, and dropped it.",
        "",
        "## Violations",
        "",
        *(_violation(violation) for violation in found["violations"]),
        *(() if found["violations"] else ("None.",)),
        "",
    ]
    return "\n".join(lines)


def _row(what: str, times: int, pauses: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    shown = [_seconds(pauses[name]) for name in ("median", "p99", "max")]
    return f"| {what} | {times} | {pauses['count']} | {' | '.join(shown)} | {_seconds(answers['max'])} |"


def _violation(violation: Mapping[str, Any]) -> str:
    where = f"round {violation['round']}" if violation["round"] else "at the end"
    evidence = str(violation["evidence"]).replace("`", "'").replace("\n", " ")
    return f"- {where}: {violation['what']}: `{evidence}`"


def _plain(facts: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())


def _seconds(milliseconds: int | None) -> str:
    return "" if milliseconds is None else f"{milliseconds / 1000:.1f}"


def _kinds(outcome: Outcome) -> set[str]:
    return {harm.kind for harm in outcome.harms}


def _harm(kind: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": kind,
        "what": _WHAT[kind],
        "times": Counter(harm.kind for harm in outcome.harms)[kind],
        "pauses": _spread([pause.lasted for pause in outcome.pauses if pause.kind == kind]),
        "answers": _spread(
            [harm.answered for harm in outcome.harms if harm.kind == kind and harm.answered is not None]
        ),
    }


def _spread(values: Sequence[int]) -> dict[str, int | None]:
    """Return how many there are, their median, their 99th percentile (nearest rank) and the largest."""
    ordered = sorted(values)
    if not ordered:
        return {"count": 0, "median": None, "p99": None, "max": None}
    nearest = {
        name: ordered[math.ceil(share * len(ordered)) - 1] for name, share in (("median", 0.5), ("p99", 0.99))
    }
    return {"count": len(ordered), **nearest, "max": ordered[-1]}


def _database(asked: Mapping[str, Any]) -> dict[str, str]:
    if asked["database"] == "sqlite":
        return {"sqlite": sqlite3.sqlite_version}
    return {"postgresql": str(asked["server"])}
