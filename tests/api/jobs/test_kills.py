"""Workers and children that are killed at random: no run is lost, and none is published twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.killing import Killer, assert_sound, wait_for_the_end
from tests.api.jobs.rounds import add_round, add_run, events, run_row, small_county, without_enough_people

if TYPE_CHECKING:
    from tests.api.jobs.conftest import Service

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(10))
def test_runs_outlive_kills_of_workers_and_children(service: Service, seed: int) -> None:
    database = service.database
    bigger = add_round(database, small_county(30))
    runs = [
        add_run(database, bigger, settings={"effort": 3.0}),
        add_run(database, service.round_id, settings={"effort": 3.0, "plans": 2}),
        add_run(database, add_round(database, without_enough_people())),
    ]
    service.fleet.start("w-1")
    service.fleet.start("w-2")
    killer = Killer(service.fleet, seed)
    killer.harm(5)
    wait_for_the_end(database, runs)
    for run in runs:
        assert_sound(database, run)
    assert [run_row(database, run).state for run in runs] == ["done", "done", "infeasible"], killer.done
    assert all(events(database, run, "running") for run in runs)
