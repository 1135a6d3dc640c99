"""Clocks that jump: what is shown moves with them, and nothing else does."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.fleet import ROOT, Fleet, wait_for
from tests.api.jobs.killing import assert_sound
from tests.api.jobs.rounds import add_round, add_run, add_user, events, run_row, small_county
from tests.api.operate.asking import planner_of
from tests.api.operate.conftest import opened
from tests.api.operate.serving import matcher
from tests.api.server import made_round, made_run

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    import sqlalchemy as sa

    from tests.api.operate.serving import Serving

_DAY = 86_400
#: Where the module is that shows another clock.
_CLOCK = Path(__file__).parent / "clock"


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """Return the file that says how far the clock is off, for every process that is shown another."""
    file = tmp_path / "clock"
    file.write_text("0")
    return file


def shown(clock: Path) -> dict[str, str]:
    """Return the variables of processes that are shown another clock, those that solve among them."""
    return {"PYTHONPATH": f"{_CLOCK}:{ROOT}", "PYTHONCLOCK": str(clock)}


def test_a_clock_that_jumps_changes_nothing_but_the_times_that_are_shown(
    serve: Callable[..., Serving], clock: Path, tmp_path: Path
) -> None:
    key = tmp_path / "administrator.key"
    serving = serve("--admin-key-file", str(key), **shown(clock))
    with planner_of(serving, key) as planner, opened(serving) as database:
        round_id = made_round(planner, small_county()).json()["id"]
        run = made_run(planner, round_id, settings={"effort": 400.0, "plans": 9}).json()["id"]
        wait_for(lambda: events(database, run, "checkpoint"), "a checkpoint")
        pids = serving.descendants()
        for days in (2, -2, 0):
            clock.write_text(str(days * _DAY))
            made = _made_now(planner, round_id, days)
            seen = run_row(database, run)
            wait_for(lambda: run_row(database, run).event_seq > seen.event_seq, "the run to get on")  # noqa: B023
            assert planner.post(f"/runs/{made}/cancel").json()["state"] == "cancelled"
        assert serving.descendants() == pids
        assert planner.post(f"/runs/{run}/stop").status_code == 202
        wait_for(lambda: run_row(database, run).state == "done", "the run to end")
        assert run_row(database, run).epoch == 1
        assert_sound(database, run)
    assert matcher("audit", "verify", "--data", serving.data).returncode == 0


def _made_now(planner: httpx.Client, round_id: str, days: int) -> str:
    """Queue a run, and see by its time that the clock has jumped."""
    made = made_run(planner, round_id).json()
    assert abs(made["created_at"] / 1000 - time.time() - days * _DAY) < _DAY / 2
    return str(made["id"])


def test_workers_whose_clocks_differ_leave_each_other_alone_and_take_over(
    database: sa.Engine, tmp_path: Path
) -> None:
    add_user(database)
    with Fleet(database.url.render_as_string(hide_password=False), tmp_path) as fleet:
        for name, off in (("w-1", _DAY), ("w-2", -_DAY)):
            clock = tmp_path / f"{name}.clock"
            clock.write_text(str(off))
            worker = fleet.start(name, variables=shown(clock))
            wait_for(worker.log.read_text, "its begin")
        run = add_run(database, add_round(database, small_county()), settings={"effort": 400.0, "plans": 9})
        wait_for(lambda: events(database, run, "checkpoint"), "a checkpoint")
        time.sleep(5)  # longer than a silent worker is waited for
        row = run_row(database, run)
        assert row.epoch == 1
        assert abs(row.started_at / 1000 - time.time()) > _DAY / 2
        next(worker for worker in fleet.workers if worker.name == row.owner).kill()
        wait_for(lambda: run_row(database, run).epoch == 2, "the other to take over")
        seen = run_row(database, run).checkpoint_seq
        wait_for(lambda: run_row(database, run).checkpoint_seq > seen, "the run to get on")
        assert events(database, run, "begun_anew", "fell_behind") == []
