"""A disk that is full: refused in plain words, nothing acknowledged is lost, nobody dies, and all goes on once there is room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.fleet import wait_for
from tests.api.jobs.killing import assert_sound
from tests.api.jobs.rounds import events, run_row, small_county
from tests.api.operate.asking import planner_of
from tests.api.operate.conftest import opened
from tests.api.operate.disks import ShortFiles, SmallDisk, small_disk
from tests.api.operate.serving import Serving
from tests.api.server import made_round, made_run, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.api.postgres import PostgresServer


@dataclass
class Full:
    """A service whose disk can be filled, and what a client must be told then.

    Attributes
    ----------
    disk
        Where its database is.
    code, zh, en
        The refusal.
    """

    serving: Serving
    disk: SmallDisk | ShortFiles
    code: str = "storage_full"
    zh: str = "服务器磁盘已满，没有保存"
    en: str = "the server's disk is full; nothing was stored"

    def processes(self) -> list[int]:
        return [self.serving.pid, *self.serving.descendants()]


@pytest.fixture(params=["sqlite", "postgresql", "short files"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Full]:
    """Give a service on a small disk: data, uploads and log of SQLite, and the tables of PostgreSQL."""
    key = ("--admin-key-file", str(tmp_path / "administrator.key"))
    if request.param == "short files":
        away = {"code": "storage_unavailable", "zh": "数据库暂不可用", "en": "the database is not available"}
        folder = tmp_path / "serving"
        folder.mkdir()
        yield from _started(Full(Serving(folder, *key), ShortFiles(folder), **away))
    elif request.param == "sqlite":
        with small_disk(24) as disk:
            yield from _started(Full(Serving(disk.folder, *key), disk))
    else:
        server: PostgresServer = request.getfixturevalue("own_postgres")
        server.start()
        with small_disk(32) as disk:
            url = server.create_database_at(disk.folder / "tables", "small")
            yield from _started(Full(Serving(tmp_path, *key, MATCHER_DATABASE=url), disk))
            server.stop()


def _started(full: Full) -> Iterator[Full]:
    try:
        full.serving.start()
        yield full
    finally:
        full.serving.stop()


def test_a_full_disk(full: Full, tmp_path: Path) -> None:
    with (
        planner_of(full.serving, tmp_path / "administrator.key") as planner,
        opened(full.serving) as database,
    ):
        run = made_run(
            planner, made_round(planner, small_county()).json()["id"], settings={"effort": 400.0, "plans": 9}
        ).json()
        wait_for(lambda: events(database, run["id"], "checkpoint"), "a checkpoint")
        first = made_round(planner, small_county()).json()
        before = full.processes()
        full.disk.fill(before)
        acknowledged = [(first["id"], first["revision"]["digest"]), *_until_refused(planner, full)]
        saved = run_row(database, run["id"]).checkpoint_seq
        _everything_that_reads_goes_on(planner, full, run["id"])
        full.disk.free(before)
        assert made_run(planner, acknowledged[0][0]).status_code == 202
        wait_for(lambda: run_row(database, run["id"]).checkpoint_seq > saved, "a newer checkpoint")
        assert set(before) <= set(full.processes())  # nobody died
        assert planner.post(f"/runs/{run['id']}/stop").status_code == 202
        wait_for(lambda: run_row(database, run["id"]).state == "done", "the run to end")
        assert run_row(database, run["id"]).epoch == 1
        assert_sound(database, run["id"])
        for identifier, digest in acknowledged:
            assert planner.get(f"/rounds/{identifier}").json()["revision"]["digest"] == digest


def _until_refused(planner: httpx.Client, full: Full) -> list[tuple[str, str]]:
    """Store rounds until one is refused, in each language; return those that were acknowledged."""
    acknowledged = []
    for language, title in (("zh", full.zh), ("en", full.en)):
        for number in range(200):
            document = {**small_county(), "name": f"演练 {language} {number}"}
            answer = planner.post("/rounds", json=document, params={"lang": language})
            if answer.status_code != 201:
                break
            acknowledged.append((answer.json()["id"], answer.json()["revision"]["digest"]))
        assert refused(answer, full.code, title)["status"] in (503, 507)
        assert int(answer.headers["retry-after"]) > 0
    return acknowledged


def _everything_that_reads_goes_on(planner: httpx.Client, full: Full, run: str) -> None:
    assert full.serving.is_ready()
    shown = planner.get(f"/runs/{run}")
    assert (shown.status_code, shown.json()["state"]) == (200, "running")
    assert planner.get("/rounds").status_code == 200
