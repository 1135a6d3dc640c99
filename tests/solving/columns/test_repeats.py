"""The same round and settings give the same columns, plan and proof, whatever the threads and the hash seed."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from matcher.model.instance import Instance
from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve
from tests.outside.small import Row
from tests.properties.judged import round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county

from .crossing import crossing_round
from .solved import alone

ROOT = Path(__file__).parents[3]
HALF_WAY = 0.003  # the gap at which the solve ends in the middle of its work
SOLVE = """
import json, sys
from matcher.settings import Settings
from matcher.solving import solve
from tests.solving.county import county
from tests.solving.columns.test_repeats import HALF_WAY, untimed

settings = Settings(method="columns", effort=5, gap=HALF_WAY, workers=int(sys.argv[1]))
json.dump(untimed(solve(county(), settings)), sys.stdout)
"""


def untimed(result: Result) -> Row:
    """The document of a result without times, and without the number of threads, which is a setting."""
    document = result.document()
    for name in ("started", "seconds"):
        assert document["provenance"].pop(name) is not None
    document["provenance"]["settings"].pop("workers", None)
    for point in document["trace"]:
        del point["seconds"]
    return document


def solved(round_: Round, **settings: Any) -> Row:
    return untimed(solve(round_, Settings.model_validate({"method": "columns", "effort": 5} | settings)))


@cache
def half_way() -> Row:
    return solved(county(), workers=1, gap=HALF_WAY)


def test_threads_and_repeats_change_nothing() -> None:
    first = half_way()
    plan = first["plans"][0]
    assert (first["status"], plan["proof"]) == ("feasible", "gap")
    assert plan["certificate"]["prices"]
    assert solved(county(), workers=2, gap=HALF_WAY) == first
    assert solved(county(), gap=HALF_WAY) == first
    assert solved(county(), workers=1, gap=HALF_WAY) == first


def test_columns_that_run_out_of_effort_repeat() -> None:
    """The effort ends them at the same point each time, the one model left aside."""
    instance = Instance(county())
    ended = []
    for workers in (1, 2):
        method = alone(instance, Settings(method="columns", effort=0.3, workers=workers))
        incumbent = method.incumbent
        assert not incumbent.optimal
        ended.append((incumbent.teams, incumbent.score, incumbent.bound, method.work, method.certificate))
    assert ended[0] == ended[1]


def test_a_solve_to_the_end_repeats() -> None:
    first = solved(county(), workers=1)
    assert first["status"] == "optimal"
    assert solved(county(), workers=2) == first


@pytest.mark.parametrize("start", range(0, 12, 6))
def test_tiny_rounds_repeat(start: int) -> None:
    for seed in range(start, start + 6):
        for doc in (seeded_round(800 + seed), crossing_round(800 + seed)):
            one, two = (solved(round_of(doc), workers=workers) for workers in (1, 2))
            assert one == two


@pytest.mark.slow
@pytest.mark.parametrize(("hash_seed", "workers"), [("random", 2)])
def test_the_hash_seed_changes_nothing(hash_seed: str, workers: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SOLVE, str(workers)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(half_way()))
