"""Roles that run apart on PostgreSQL: each with a data folder of its own, as on machines of their own."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.fleet import wait_for
from tests.api.jobs.killing import assert_sound, wait_for_the_end
from tests.api.jobs.rounds import add_run, events, run_row
from tests.api.operate.conftest import opened, post_run
from tests.api.operate.serving import Serving, are_gone, matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def apart(tmp_path: Path, postgresql_url: str) -> Iterator[Callable[..., Serving]]:
    """Give a maker of roles on one database; each is started."""
    made: list[Serving] = []

    def make(role: str, *options: str) -> Serving:
        folder = tmp_path / f"{role}-{len(made)}"
        folder.mkdir()
        made.append(Serving(folder, "--role", role, *options, MATCHER_DATABASE=postgresql_url))
        return made[-1].start()

    yield make
    for one in made:
        one.stop()


def test_roles_work_apart(apart: Callable[[str], Serving]) -> None:
    api, worker = apart("api"), apart("worker")
    assert "api.jobs.worker" not in api.parts()
    worker.part("api.jobs.worker")
    assert "api.serve" not in worker.parts()
    with opened(api) as database:
        run = post_run(database, plans=4)
        wait_for(lambda: events(database, run, "checkpoint"), "a checkpoint")
        pids = worker.descendants()
        assert worker.signal(signal.SIGTERM) == 0
        assert are_gone(pids)
        assert run_row(database, run).state == "queued"
        assert api.is_ready()
        worker.start()
        wait_for_the_end(database, [run], patience=300)
        assert_sound(database, run)
    assert api.signal(signal.SIGTERM) == 0


def test_a_name_that_no_worker_can_have_is_refused_at_once(postgresql_url: str, tmp_path: Path) -> None:
    given = ("serve", "--role", "worker", "--name", "w 2", "--data", tmp_path / "data")
    for language, said in (("zh", "工作进程名“w 2”不可用"), ("en", "“w 2” can't be the name of a worker")):
        refused = matcher(*given, "--lang", language, MATCHER_DATABASE=postgresql_url)
        assert (refused.returncode, said in refused.stderr) == (2, True)


def test_two_workers_on_one_machine_have_a_name_each(
    apart: Callable[..., Serving],
) -> None:
    api = apart("api")
    workers = [apart("worker", "--name", name) for name in ("w-1", "w-2")]
    with opened(api) as database:
        runs = [post_run(database, plans=4)]
        runs.append(
            add_run(database, run_row(database, runs[0]).round_id, settings={"effort": 4.0, "plans": 4})
        )
        wait_for(
            lambda: {run_row(database, run).owner for run in runs} == {"w-1", "w-2"}, "both to be at work"
        )
        taken = next(run for run in runs if run_row(database, run).owner == "w-1")
        workers[0].signal(signal.SIGKILL)
        wait_for(lambda: run_row(database, taken).owner == "w-2", "the other to have its run", patience=300)
        wait_for_the_end(database, runs, patience=300)
        for run in runs:
            assert_sound(database, run)


def test_a_worker_makes_no_tables(postgresql_url: str, tmp_path: Path) -> None:
    given = ("serve", "--role", "worker", "--data", tmp_path / "data", "--lang", "en")
    refused = matcher(*given, MATCHER_DATABASE=postgresql_url)
    assert (refused.returncode, "has no tables yet" in refused.stderr) == (2, True)
    assert matcher("upgrade", "--data", tmp_path / "data", MATCHER_DATABASE=postgresql_url).returncode == 0


def test_a_password_stands_in_no_list_of_processes(
    apart: Callable[[str], Serving], postgresql_url: str
) -> None:
    serving = apart("api")
    for pid in (serving.pid, *serving.descendants()):
        assert postgresql_url.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
    assert postgresql_url not in serving.log.read_text(encoding="utf-8")
