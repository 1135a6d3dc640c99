"""What is told before a solve: the method it then uses, more for a larger round, and never more processes than counties."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from matcher import Round, Settings, solve
from matcher.model.instance import Instance
from matcher.solving import Forecast, forecast
from matcher.solving.forecast import forecast_of, free_memory
from matcher.synth import county_of

if TYPE_CHECKING:
    from pathlib import Path


@cache
def instance(villages: int, counties: int = 1) -> Instance:
    return Instance(Round.from_document(county_of(villages, seed=1, counties=counties)))


def test_it_is_told_once_before_anything_else() -> None:
    told: list[object] = []
    result = solve(
        instance(25).round,
        Settings(effort="quick", gap=0.05),
        on_forecast=told.append,
        on_progress=told.append,
    )
    assert isinstance(told[0], Forecast)
    assert sum(isinstance(one, Forecast) for one in told) == 1
    assert told[0].method == result.provenance["method"]
    assert told[0].processes == 1


@pytest.mark.parametrize("method", ["columns", "counties"])
def test_a_larger_round_takes_more(method: str) -> None:
    sizes = [forecast_of(instance(villages, 3), method, Settings()) for villages in (30, 60, 120)]
    for small, large in pairwise(sizes):
        assert small.memory < large.memory
        assert small.first_plan is not None
        assert small.near is not None
        assert large.first_plan is not None
        assert large.near is not None
        assert small.first_plan < small.near < large.near
        assert small.first_plan < large.first_plan


def test_no_time_is_told_of_the_one_model() -> None:
    found = forecast_of(instance(60), "one_piece", Settings())
    assert (found.first_plan, found.near) == (None, None)
    assert found.memory > forecast_of(instance(30), "one_piece", Settings()).memory


@pytest.mark.parametrize(("workers", "processes"), [(1, 1), (2, 2), (3, 3), (64, 3)])
def test_processes_are_those_that_counties_need(workers: int, processes: int) -> None:
    found = forecast_of(instance(60, 3), "counties", Settings(workers=workers))
    assert found.processes == processes


def test_processes_share_the_work_as_far_as_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    one, two, many = (forecast_of(instance(60, 3), "counties", Settings(workers=n)) for n in (1, 2, 3))
    assert one.near is not None
    assert two.near is not None
    assert one.near > 1.2 * two.near
    assert two.near == many.near
    assert one.memory < two.memory < many.memory


def test_memory_that_is_free_is_the_least_of_machine_and_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, group = tmp_path / "meminfo", tmp_path / "group"
    group.mkdir()
    table.write_text("MemTotal: 9000000 kB\nMemAvailable:  2097152 kB\n")
    monkeypatch.setattr(forecast, "MEMORY_TABLE", table)
    monkeypatch.setattr(forecast, "MEMORY_GROUP", group)
    assert free_memory() == 2048
    (group / "memory.max").write_text("max\n")
    (group / "memory.current").write_text("1\n")
    (group / "memory.stat").write_text("anon 1\n")
    assert free_memory() == 2048
    (group / "memory.max").write_text(f"{2**30}\n")
    (group / "memory.current").write_text(f"{2**29}\n")
    assert free_memory() == 512
    (group / "memory.stat").write_text(f"anon 1\ninactive_file {2**28}\n")
    assert free_memory() == 768
    table.unlink()
    (group / "memory.max").unlink()
    assert free_memory() is None
