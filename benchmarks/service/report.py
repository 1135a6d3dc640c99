"""The report of a question: a page to read, and the same as data."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

from benchmarks.measuring.machine import machine, versions
from benchmarks.places import ROOT
from benchmarks.report.tables import findings_table, markdown_table

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.service.answers import Answer


def write_report(answer: Answer, folder: Path, name: str, command: str) -> Path:
    """Write an answer into ``folder``, as ``name.md`` and ``name.json``, and return the path of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    conditions = {**machine(), **versions(), "commit": _commit(), "priority": f"nice {os.nice(0)}"}
    parts = [f"# {answer.title}", f"Made by `{command}`.", "## Targets"]
    _, rows = findings_table(answer.findings)
    parts.append(markdown_table((("what", "asked", "found", "verdict", "missed by"), rows)))
    for heading, table in answer.tables.items():
        parts += [f"## {heading}", markdown_table(table)]
    measured_on = (("what", "value"), [[what, value] for what, value in conditions.items()])
    parts += ["## Measured on", markdown_table(measured_on)]
    page = folder / f"{name}.md"
    page.write_text("\n\n".join(parts) + "\n", "utf-8")
    findings = [[f.what, f.asked, f.found, f.met] for f in answer.findings]
    data = {"command": command, "conditions": conditions, "findings": findings, **answer.data}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(f"{text}\n", "utf-8")
    return page


def _commit() -> str:
    """Return the state of the code; one that is not committed is marked."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude=*"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
