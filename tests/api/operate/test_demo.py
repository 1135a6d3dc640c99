"""``matcher demo --serve``: a first look at the service, with a round and a run in it."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from api.storage.engine import open_database
from tests.api.jobs.fleet import PATIENCE, wait_for
from tests.api.jobs.rounds import run_row
from tests.api.operate.serving import environment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_the_demo_is_served_with_a_round_and_a_run(tmp_path: Path) -> None:
    said = tmp_path / "said"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api.cli", "demo", "--serve", "--port", "0", "--lang", "en"],
            stdout=out, stderr=subprocess.DEVNULL, cwd=tmp_path, env=environment(),
        )  # fmt: skip
    try:
        key = wait_for(lambda: _line(said, "mk_"), "the planner's key")
        url = _line(said, "http://")
        headers = {"Authorization": f"Bearer {key}"}
        rounds = httpx.get(f"{url}/api/v1/rounds", headers=headers, timeout=60).json()["items"]
        assert len(rounds) == 1
        run = said.read_text(encoding="utf-8").partition("began a run of it (")[2].partition(")")[0]
        database = open_database(
            f"sqlite:///{tmp_path / 'build/demo/service/matcher.sqlite3'}", migrate=False
        )
        wait_for(lambda: run_row(database, run).state == "done", "the run to end")
        database.dispose()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


def _line(said: Path, beginning: str) -> str:
    """Return the line that begins so, once it is whole."""
    lines = said.read_text(encoding="utf-8").split("\n")[:-1]
    return next((line for line in lines if line.startswith(beginning)), "")
