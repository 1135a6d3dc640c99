"""The tables of a report, as headers and rows of text."""

from __future__ import annotations

from math import inf
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.report.results import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.infeasible import Helped
    from benchmarks.measuring.rows import Row
    from benchmarks.questions import Replies
    from benchmarks.report.results import Results
    from benchmarks.targets import Finding
    from benchmarks.warm import Warm

Table = tuple[tuple[str, ...], list[list[str]]]
_VERDICT = {True: "met", False: "MISSED", None: "open"}


def markdown_table(table: Table) -> str:
    """Return a table as Markdown."""
    head, rows = table
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def findings_table(findings: Iterable[Finding]) -> Table:
    """Return the targets and whether they were met."""
    head = ("target", "asked", "found (median of seeds)", "verdict", "missed by")
    return head, [[f.what, f.asked, f.found, _VERDICT[f.met], f.missed_by] for f in findings]


def runs_table(results: Results) -> Table:
    """Return every run: all of them, also those that a picture leaves out for a better one of the same family."""
    head = ("round", "method", "status", "score", "bound", "gap", "gap ÷ ours", "seconds", "MiB", "remark")
    order = {label: i for i, label in enumerate(results.labels)}
    rows = sorted(results.rows, key=lambda row: order[row.label])
    return head, [_run(results, row) for row in rows]


def wins_table(results: Results) -> Table:
    """Return for each method how often it has the best plan, a worse one, or none, and how often it proved it optimal."""
    head = ("method", "rounds", "best plan", "behind", "no plan", "proven optimal")
    found: dict[str, list[int]] = {}
    for row in results.rows:
        counts = found.setdefault(title_of(row), [0] * 5)
        behind = results.behind(row)
        counts[0] += 1
        counts[3 if behind is None else 1 if behind == 0 else 2] += 1
        counts[4] += row.status == "optimal"
    return head, [[title, *map(str, counts)] for title, counts in found.items()]


def warm_table(warm: Iterable[Warm]) -> Table:
    """Return the changes in a running process."""
    head = ("round", "first solve, s", "after the change, s", "gap", "remark")
    return head, [
        [
            f"{w.round}-{w.seed}",
            _seconds(w.first),
            _seconds(w.seconds),
            "—" if w.gap is None else f"{w.gap:.3%}",
            w.why,
        ]
        for w in warm
    ]


def replies_table(replies: Iterable[Replies]) -> Table:
    """Return the answers about a plan, one line a seed."""
    head = (
        "round", "one plan, s", "ranked plans, s", "plans", "why not at once, ms (median)", "limits, s (median; worst)",
        "points between (median; worst)", "answers", "what-ifs, s", "answered", "remark",
    )  # fmt: skip
    return head, [
        [
            f"{one.round}-{one.seed}",
            _seconds(one.one),
            _seconds(one.ranked),
            str(one.plans),
            _seconds(1000 * median(one.at_once)) if one.at_once else "—",
            f"{_seconds(median(one.pairings))}; {_seconds(max(one.pairings))}" if one.pairings else "—",
            f"{median(one.widths):g}; {max(one.widths):g}" if one.widths else "—",
            ", ".join(f"{one.answers.count(said)} {said}" for said in sorted(set(one.answers))),
            _seconds(one.batch),
            str(one.solved),
            one.why,
        ]
        for one in replies
    ]


def helped_table(found: Iterable[Helped]) -> Table:
    """Return the rounds without a plan, one line each."""
    head = (
        "round",
        "troubles",
        "seconds",
        "the whole answer",
        "rules in conflict",
        "proven minimal",
        "repairs",
        "remark",
    )
    return head, [
        [
            one.round,
            ", ".join(one.troubles).replace("_", " "),
            _seconds(one.seconds),
            _seconds(one.whole),
            ", ".join(one.rules),
            "yes" if one.minimal else "no",
            str(one.repairs),
            one.why,
        ]
        for one in found
    ]


def conditions_table(rows: Sequence[Row]) -> Table:
    """Return on what the figures were measured; where runs differ, everything that occurs."""
    facts: dict[str, set[str]] = {}
    for row in rows:
        for name, value in (*row.machine.items(), *row.versions.items()):
            facts.setdefault(name, set()).add(value)
        facts.setdefault("cores of a run", set()).add(str(row.cores))
        facts.setdefault("seconds of a run", set()).add(f"{row.limit:g}")
        facts.setdefault("memory of a run", set()).add(f"{row.memory:,} MiB")
        facts.setdefault("state of the code", set()).add(row.source)
        facts.setdefault("measured", set()).add(row.at[:10])
    return ("", ""), [[name, ", ".join(sorted(values))] for name, values in facts.items()]


def _run(results: Results, row: Row) -> list[str]:
    ratio = results.ratio(row)
    return [
        row.label,
        title_of(row),
        row.status,
        _whole(row.score),
        _whole(row.bound),
        "—" if row.gap is None else f"{row.gap:.3%}",
        "—" if ratio is None else "∞" if ratio == inf else f"{ratio:.1f}",
        _seconds(row.seconds),
        f"{row.peak:,.0f}",
        row.why,
    ]


def _whole(number: int | None) -> str:
    return "—" if number is None else f"{number:,}"


def _seconds(seconds: float) -> str:
    return "never" if seconds == inf else f"{seconds:,.1f}"
