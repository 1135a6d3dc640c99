"""The load figures of the service: a short one of each, on the real service; what is late is not looked at here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.service.__main__ import main
from benchmarks.service.clients import Tally, percentile
from benchmarks.service.memory import growth
from benchmarks.service.reads import reads_findings

if TYPE_CHECKING:
    from pathlib import Path


def measured(folder: Path, question: str, *options: str) -> tuple[dict[str, Any], str]:
    """Measure, and return the report as data and as a page."""
    status = main([question, "--out", str(folder), *options])
    (data,) = folder.glob("*.json")
    (page,) = folder.glob("*.md")
    found: dict[str, Any] = json.loads(data.read_text("utf-8"))
    assert status == int(not all(is_met for *_, is_met in found["findings"]))
    return found, page.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_memory_under_load(tmp_path: Path, database: str) -> None:
    small = ["--clients", "12", "--every", "0.5", "--streams", "4", "--minutes", "0.25", "--villages", "25"]
    found, page = measured(tmp_path, "memory", "--database", database, *small)
    assert found["errors"] == {}
    assert found["milliseconds"]["all"]["count"] == 12 * 30
    assert set(found["statuses"]) <= {"200", "304"}
    assert found["events"] > 0
    assert found["streams_ended"] > 0
    assert set(found["mebibytes"]) == {"supervisor", "api", "worker"}
    for looks in found["mebibytes"].values():
        # A leak for each request or event would show even here.
        assert min(looks) > 0
        assert looks[-1] < 1.5 * looks[0]
    assert f"Memory over 0.25 minutes, {database}" in page
    assert re.search(r"\| all \| 360 \| \d+ \|", page)


@pytest.mark.slow
def test_queue(tmp_path: Path) -> None:
    found, page = measured(tmp_path, "queue", "--runs", "5", "--cores", "1")
    assert found["states"] == {"done": 5}
    assert found["a_minute"] > 0
    assert "./dev load queue" in page


def test_what_was_missed_is_said() -> None:
    tally = Tally(milliseconds={"me": [1.0] * 90 + [400.0] * 10})
    tally.errors["me: status 503"] += 2
    errors, slow = reads_findings(tally)
    assert (errors.met, errors.found, errors.missed_by) == (False, "2 of 100", "2 × me: status 503")
    assert (slow.met, slow.found, slow.missed_by) == (False, "400 ms", "100 ms")
    assert [finding.met for finding in reads_findings(Tally(milliseconds={"me": [1.0]}))] == [True, True]


def test_percentiles() -> None:
    assert [percentile(range(1, 101), share) for share in (0.0, 0.5, 0.99, 1.0)] == [1, 50, 99, 100]
    assert percentile([], 0.5) == 0.0


def test_growth_is_that_after_the_warming() -> None:
    assert growth([10.0] * 10 + [100.0] * 30) == 0.0
    assert growth([100.0 + look for look in range(40)]) == pytest.approx(0.214, abs=0.01)
