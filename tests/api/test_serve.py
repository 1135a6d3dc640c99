"""The process: its first start and later ones, its folder, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.server import ROOT, Server, made_round, refused, sample, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def serve(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start a service that will not start."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MATCHER_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "api.serve", "--data", str(folder), "--port", "0", *arguments],
        env={**environment, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_first_start_makes_an_administrator_and_later_ones_do_not(own_server: Callable[..., Server]) -> None:
    server = own_server()
    assert server.said[0].endswith(f"(shown this once): {server.key_file}")
    assert mode(server.key_file) == 0o600
    assert server.administrator.get("/me").json()["name"] == "administrator"
    made = made_round(server.planner()).json()
    assert server.stop() == 0
    server.start()
    assert server.said == [server.url]
    # Keys, rounds and cursors' secret are the same.
    assert server.administrator.get("/me").status_code == 200
    assert server.planner().get(f"/rounds/{made['id']}").json() == made


def test_folder_is_its_owners_alone(own_server: Callable[..., Server]) -> None:
    server = own_server()
    found = {path.name: mode(path) for path in (server.data, *server.data.rglob("*")) if path.exists()}
    assert found["data"] == found["secrets"] == found["tmp"] == 0o700
    assert found["server.key"] == found["matcher.sqlite3"] == 0o600


def test_secret_of_another_server_opens_nothing(own_server: Callable[..., Server]) -> None:
    server = own_server()
    server.stop()
    (server.data / "secrets" / "server.key").unlink()
    server.start()
    refused(server.administrator.get("/me"), "key_bad")


def test_told_to_end_as_soon_as_it_has_said_its_address(own_server: Callable[..., Server]) -> None:
    server = own_server()
    for _ in range(5):
        assert server.stop() == 0
        server.start()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_request_under_way_is_finished(own_server: Callable[..., Server], how: signal.Signals) -> None:
    server = own_server()
    answers: list[httpx.Response] = []
    planner = server.planner()
    asker = threading.Thread(target=lambda: answers.append(planner.post("/rounds", json=sample("yuzhong"))))
    asker.start()
    wait_for(lambda: any((server.data / "tmp").glob("*/round.json")))
    os.kill(server.pid, how)
    asker.join()
    assert answers[0].status_code == 201
    assert server.stop() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/healthz")
    server.start()
    made = answers[0].json()
    assert server.planner().get(f"/rounds/{made['id']}").json() == made


def test_what_a_crash_left_is_cleared_away(own_server: Callable[..., Server]) -> None:
    server = own_server()
    server.stop(signal.SIGKILL)
    left = server.data / "tmp" / "0123"
    left.mkdir()
    (left / "round.xlsx").write_bytes(b"personal")
    (server.data / "tmp" / "spooled").write_bytes(b"personal")
    server.start()
    assert list((server.data / "tmp").iterdir()) == []
    assert server.administrator.get("/me").status_code == 200


def test_key_file_that_is_there_already(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("precious")
    ended = serve(tmp_path / "data", "--admin-key-file", str(file))
    assert ended.returncode == 2
    assert f"“{file}”已存在，不覆盖；请删去或换一个文件名" in ended.stdout
    assert "is there already and is not overwritten; remove it, or name another file" in ended.stdout
    assert file.read_text() == "precious"
    file.unlink()
    server = Server(tmp_path)
    server.key_file = file
    server.start()
    assert server.administrator.get("/me").status_code == 200
    server.stop()


def test_key_is_shown_where_no_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "shown"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "api.serve", "--data", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        key = process.stdout.readline().split()[-1]
        url = process.stdout.readline().strip()
        answer = httpx.get(f"{url}/api/v1/me", headers={"Authorization": f"Bearer {key}"})
        process.terminate()
        assert process.wait(30) == 0
    assert answer.json()["name"] == "administrator"


@pytest.mark.parametrize(
    ("settings", "zh", "en"),
    [
        ({"MATCHER_DATABASE": "mysql://x/y"}, "不支持数据库“mysql”；使用 SQLite 或 PostgreSQL",
         "databases of the kind “mysql” are not supported – use SQLite or PostgreSQL"),
        ({"MATCHER_PORTAL": "1"}, "MATCHER_PORTAL: there is no such setting", "did you mean MATCHER_PORT?"),
        ({"MATCHER_HOST": "203.0.113.1"}, "服务无法启动：", "the service can't start: "),
    ],
)  # fmt: skip
def test_start_that_is_refused(tmp_path: Path, settings: dict[str, str], zh: str, en: str) -> None:
    ended = serve(tmp_path / "data", **settings)
    assert ended.returncode == 2
    assert zh in ended.stdout
    assert en in ended.stdout
    assert "Traceback" not in ended.stderr


def test_second_one_on_the_folder_is_refused(own_server: Callable[..., Server]) -> None:
    """It would clear away what the first is reading."""
    server = own_server()
    kept = server.data / "tmp" / "upload"
    kept.mkdir()
    ended = serve(server.data)
    assert ended.returncode == 2
    assert f"已有服务在用数据文件夹“{server.data}”；先停掉它，或用 --data 换一个文件夹" in ended.stdout
    assert f"a service is running on the data folder “{server.data}” already – stop it first" in ended.stdout
    assert kept.is_dir()
    assert server.administrator.get("/me").status_code == 200


def test_log_says_the_port_that_is_listened_at(own_server: Callable[..., Server]) -> None:
    server = own_server()
    (line,) = (
        line for line in map(json.loads, server.log.read_text().splitlines()) if line["event"] == "settings"
    )
    assert server.url == f"http://127.0.0.1:{line['MATCHER_PORT']}"


def test_two_that_start_at_once_make_one_administrator(postgresql_url: str, tmp_path: Path) -> None:
    servers = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        secret = {"SERVER_SECRET": "s" * 40}
        servers.append(Server(folder, postgresql_url, **secret))
    starters = [threading.Thread(target=server.start) for server in servers]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    files = [server.key_file for server in servers if server.key_file.exists()]
    assert len(files) == 1
    key = files[0].read_text().strip()
    assert [server.client(key).get("/me").status_code for server in servers] == [200, 200]
    for server in servers:
        assert server.stop() == 0
