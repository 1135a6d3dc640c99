"""The same round, settings and versions give the same plan, whatever the hash seed, the cores and the load."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from matcher.synth import county_of
from tests.outside.small import Row

EFFORT = 1  # so little that the solve ends in the middle of its work
SOLVE = """
import json, os, sys
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve

if sys.argv[3] == "pinned":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
with open(sys.argv[1], encoding="utf-8") as file:
    round_ = Round.from_document(json.load(file))
result = solve(round_, Settings(method="one_piece", effort=float(sys.argv[2])))
document = result.document()
for timed in (document["provenance"].pop("started"), document["provenance"].pop("seconds")):
    assert timed is not None
for point in document["trace"]:
    del point["seconds"]
json.dump(document, sys.stdout)
"""
ROOT = Path(__file__).parents[2]


def solved(folder: Path, hash_seed: str, how: str = "free") -> Row:
    """The result document of a solve in a process of its own, clock times left out."""
    file = folder / "round.json"
    file.write_text(json.dumps(_county()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SOLVE, str(file), str(EFFORT), how],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    document: Row = json.loads(done.stdout)
    return document


@cache
def _county() -> Row:
    return county_of(25, seed=1)


@contextmanager
def load(processes: int) -> Iterator[None]:
    """Keep the processor busy for the duration."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_run_repeats(tmp_path: Path) -> None:
    first = solved(tmp_path, "0")
    assert first["status"] == "feasible"
    assert first["plans"][0]["gap"] > 0
    assert first["provenance"]["reproducible"]
    assert len(first["plans"][0]["posts"]) > 60
    assert solved(tmp_path, "1") == first
    assert solved(tmp_path, "random") == first
    with load(2):
        assert solved(tmp_path, "20250601") == first
    if hasattr(os, "sched_setaffinity"):
        assert solved(tmp_path, "random", "pinned") == first
