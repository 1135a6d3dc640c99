"""The program as a process: signals while it solves, and what they leave behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from matcher import Plan, Round, check
from matcher.synth import county_of
from matcher.tables import write_json
from tests.cli.ran import TRACEBACK, nothing_but, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.ran import Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.fixture(scope="module")
def bigger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a round that thorough effort is busy with long after its first plan."""
    path = tmp_path_factory.mktemp("rounds") / "round.json"
    write_json(Round.from_document(county_of(25)), path)
    return path


@pytest.fixture
def solving(bigger: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a solve that has a plan and goes on."""
    files = ("--json", str(tmp_path / "out.json"), "--xlsx", str(tmp_path / "out.xlsx"))
    command = (
        sys.executable,
        "-P",
        "-m",
        "matcher.cli",
        "solve",
        str(bigger),
        "--effort",
        "thorough",
        *files,
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "PATH": os.environ["PATH"]}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment
    )
    if process.stderr is None:
        raise LookupError("the process has no standard error")
    for line in process.stderr:
        if "得分" in line and "得分—" not in line:
            break
    yield process
    process.kill()
    process.communicate()


def test_one_signal_keeps_the_best_plan(solving: subprocess.Popen[str], bigger: Path, tmp_path: Path) -> None:
    solving.send_signal(signal.SIGINT)
    out, err = solving.communicate()
    assert (solving.returncode, TRACEBACK in err) == (0, False)
    assert "本次运行受时间或中途停止影响" in out
    result = read(tmp_path / "out.json")
    round_ = Round.from_document(read(bigger))
    assert check(round_, Plan.from_document(result["plans"][0])).ok
    assert result["provenance"]["reproducible"] is False
    assert nothing_but(tmp_path, tmp_path / "out.json", tmp_path / "out.xlsx")


def test_a_second_signal_aborts(solving: subprocess.Popen[str], tmp_path: Path) -> None:
    # Two different ones: two of a kind may arrive as one.
    solving.send_signal(signal.SIGTERM)
    solving.send_signal(signal.SIGINT)
    _, err = solving.communicate()
    assert (solving.returncode, TRACEBACK in err) == (1, False)
    assert "已中止，没有留下写了一半的文件。" in err
    assert nothing_but(tmp_path)


def test_a_request_to_terminate_while_a_file_is_written_leaves_no_part(
    run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: signal.raise_signal(signal.SIGTERM))
    ran = run("convert", twins, twins.with_name("out.xlsx"))
    assert (ran.status, ran.err.strip()) == (1, "已中止，没有留下写了一半的文件。")
    assert nothing_but(twins.parent, twins)
    assert signal.getsignal(signal.SIGTERM) is before
