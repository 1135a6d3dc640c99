"""``matcher serve``: one command starts everything, keeps it running whatever dies, and ends it in order."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import httpx

from tests.api.jobs.fleet import wait_for
from tests.api.jobs.killing import assert_sound, wait_for_the_end
from tests.api.jobs.rounds import events, run_row
from tests.api.operate.conftest import opened, post_run
from tests.api.operate.serving import are_gone, matcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.operate.serving import Serving


def test_one_command_serves_and_works(serve: Callable[..., Serving]) -> None:
    serving = serve()
    key = serving.said.read_text(encoding="utf-8").splitlines()[0].rpartition(" ")[2]
    headers = {"Authorization": f"Bearer {key}"}
    ports = {line["MATCHER_PORT"] for line in serving.events("settings")}
    assert ports == {serving.url.rpartition(":")[2]}
    assert httpx.get(f"{serving.url}/api/v1/me", headers=headers).json()["name"] == "administrator"
    with opened(serving) as database:
        run = post_run(database)
        wait_for_the_end(database, [run], patience=300)
        assert run_row(database, run).state == "done"
        assert_sound(database, run)


def test_sigterm_ends_everything_in_order_and_gives_runs_back(serve: Callable[..., Serving]) -> None:
    serving = serve()
    with opened(serving) as database:
        run = post_run(database, effort=400.0, plans=9, villages=60)
        wait_for(lambda: events(database, run, "checkpoint"), "a checkpoint")
        pids = serving.descendants()
        assert len(pids) >= 3  # two parts, and the child that solves
        assert serving.signal(signal.SIGTERM) == 0
        assert are_gone(pids)
        row = run_row(database, run)
        assert (row.state, row.owner) == ("queued", None)
        assert events(database, run)[-1].data == {"released": row.epoch}
    ends = [line["event"] for name in ("draining", "ended") for line in serving.events(name)]
    assert ends == ["draining", "draining", "ended", "ended"]  # the supervisor's and the worker's
    assert serving.events("died") == []


def test_a_second_service_on_the_same_data_is_refused(serve: Callable[..., Serving]) -> None:
    serving = serve()
    for language, said in (
        ("zh", "已有服务在用数据文件夹"),
        ("en", "a service is running on the data folder"),
    ):
        second = matcher("serve", "--data", serving.data, "--port", "0", "--lang", language)
        assert second.returncode == 2
        assert said in second.stderr
        assert str(serving.data) in second.stderr
    for command in (("upgrade",), ("restore", serving.data / "none")):
        assert matcher(*command, "--data", serving.data).returncode == 2
    assert serving.is_ready()
    assert serving.signal(signal.SIGTERM) == 0
    assert matcher("upgrade", "--data", serving.data).returncode == 0


def test_the_api_is_started_again_and_no_connection_is_refused(serve: Callable[..., Serving]) -> None:
    serving = serve()
    for _ in range(3):
        before = serving.part("api.serve")
        os.kill(before, signal.SIGKILL)
        # The socket stays open, so whoever comes meanwhile waits.
        assert httpx.get(f"{serving.url}/healthz", timeout=60).status_code == 200
        assert serving.part("api.serve") != before
    assert [line["part"] for line in serving.events("died")] == ["api"] * 3


def test_a_run_goes_on_after_its_worker_was_killed(serve: Callable[..., Serving]) -> None:
    serving = serve()
    with opened(serving) as database:
        run = post_run(database, plans=4)
        wait_for(lambda: events(database, run, "checkpoint"), "a checkpoint")
        os.kill(serving.part("api.jobs.worker"), signal.SIGKILL)
        wait_for(lambda: events(database, run, "taken_over"), "the run to be taken over")
        wait_for_the_end(database, [run], patience=300)
        assert run_row(database, run).state == "done"
        assert_sound(database, run)


def test_nothing_outlives_a_killed_supervisor_and_nothing_is_lost(serve: Callable[..., Serving]) -> None:
    serving = serve()
    with opened(serving) as database:
        run = post_run(database, plans=4)
        wait_for(lambda: events(database, run, "checkpoint"), "a checkpoint")
        pids = serving.descendants()
        assert len(pids) >= 3
        serving.signal(signal.SIGKILL)
        wait_for(lambda: are_gone(pids), "its processes to be gone")
        serving.start()
        wait_for_the_end(database, [run], patience=300)
        assert run_row(database, run).state == "done"
        assert_sound(database, run)


def test_a_part_that_keeps_dying_is_started_again_after_a_pause(serve: Callable[..., Serving]) -> None:
    serving = serve("--cores", "1")
    for deaths in range(1, 6):
        os.kill(serving.part("api.jobs.worker"), signal.SIGKILL)
        wait_for(partial(_has_died, serving, deaths), "the death to be seen")
    pauses = [line["pause"] for line in serving.events("died")]
    assert pauses[:4] == [0.0] * 4
    assert pauses[4] > 0
    wait_for(lambda: len(serving.events("started")) == 7, "the worker to be started after its pause")
    assert serving.is_ready()


def _has_died(serving: Serving, times: int) -> bool:
    return len(serving.events("died")) == times


def test_what_can_not_be_served_is_refused_before_anything_starts(serve: Callable[..., Serving]) -> None:
    serving = serve()
    assert serving.signal(signal.SIGTERM) == 0
    for role in ("api", "worker"):
        for language, said in (
            ("zh", "SQLite 数据库不能分成"),
            ("en", "with SQLite the roles api and worker"),
        ):
            apart = matcher("serve", "--data", serving.data, "--role", role, "--lang", language)
            assert (apart.returncode, said in apart.stderr) == (2, True)
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        for language, said in (
            ("zh", f"不能在 127.0.0.1:{port} 上监听"),
            ("en", f"can't listen at 127.0.0.1:{port}"),
        ):
            busy = matcher("serve", "--data", serving.data, "--port", port, "--lang", language)
            assert (busy.returncode, said in busy.stderr) == (2, True)
    unknown = matcher("serve", "--data", serving.data, "--lang", "en", MATCHER_PROT="1")
    assert (unknown.returncode, "did you mean MATCHER_PORT" in unknown.stderr) == (2, True)
    assert not (serving.data.parent / "other").exists()


def test_a_key_file_is_never_overwritten(serve: Callable[..., Serving], tmp_path: Path) -> None:
    file = tmp_path / "administrator.key"
    file.write_text("something else", encoding="utf-8")
    given = ("--data", tmp_path / "other", "--port", "0", "--admin-key-file", file)
    for language, said in (("zh", "密钥文件"), ("en", "the key file")):
        refused = matcher("serve", *given, "--lang", language)
        assert (refused.returncode, said in refused.stderr, str(file) in refused.stderr) == (2, True, True)
    assert file.read_text(encoding="utf-8") == "something else"
    file.unlink()
    serving = serve("--admin-key-file", str(file))
    assert file.read_text(encoding="utf-8").startswith("mk_")
    assert "mk_" not in serving.said.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
