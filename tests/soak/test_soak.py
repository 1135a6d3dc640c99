"""A short soak of the real service: nothing acknowledged is lost, every run ends, nothing is done twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak import report
from tests.soak.campaign import Outcome
from tests.soak.harms import Harm
from tests.soak.pauses import Pause

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_short_soak(tmp_path: Path) -> None:
    out = tmp_path / "soak.md"
    command = [
        sys.executable,
        "-P",
        "-m",
        "tests.soak",
        "--database",
        "sqlite",
        "--rounds",
        "2",
        "--seed",
        "3",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [*command, "--out", str(out)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(out.with_suffix(".json").read_text("utf-8"))
    # How long a run stands still depends on what else the machine does.
    found["violations"] = [one for one in found["violations"] if "stands still" not in one["what"]]
    assert found["violations"] == []
    assert found["rounds"] == 2
    assert sum(harm["times"] for harm in found["harms"]) >= 2
    assert found["acknowledged"]["run"] == sum(found["runs"].values()) >= 4
    page = out.read_text("utf-8")
    assert "`./dev soak --database sqlite --rounds 2 --seed 3`" in page


def test_a_report_says_what_was_done_and_every_violation() -> None:
    outcome = Outcome(rounds=1, seconds=9.4, runs={"done": 2}, acknowledged={"run": 2}, continued=1)
    outcome.harms.append(Harm(1, "api", 0, 10, answered=2500))
    outcome.harms.append(Harm(1, "worker", 0, 10, frozenset({"w-1"}), "taken_over"))
    outcome.pauses += [Pause(1, "worker", "r-1", 500, lasted) for lasted in (3000, 1000, 2000)]
    outcome.record.round = 1
    outcome.record.add("every run ends", "r-1 is `running`")
    found = report.document(outcome, {"database": "sqlite", "rounds": 1, "seed": 7}, (0.5, 1.5))
    assert found["pauses"] == {"count": 3, "median": 2000, "p99": 3000, "max": 3000}
    page = report.page(found)
    assert "**1 violation(s)**" in page
    assert "- round 1: every run ends: `r-1 is 'running'`" in page
    assert "| the process that answers HTTP is killed | 1 | 0 |  |  |  | 2.5 |" in page
    assert "| the process that works on runs is killed | 1 | 3 | 2.0 | 3.0 | 3.0 |  |" in page
    outcome.record.found.clear()
    calm = report.page(report.document(outcome, {"database": "sqlite", "rounds": 1, "seed": 7}, (0.5, 1.5)))
    assert "**no violation**" in calm
    assert "None." in calm
