"""``solve --checkpoint`` and ``--resume``: the file, what is refused, and a process that is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from matcher import Checkpoint, Plan, Round, check
from matcher.synth import county_of
from matcher.tables import write_json
from tests.cli.ran import nothing_but, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Document, Program


@pytest.fixture
def saved(run: Program, twins: Path) -> Path:
    """Return the checkpoint of a solve that is done."""
    path = twins.with_name("where.json")
    assert run("solve", twins, "--effort", "quick", "--checkpoint", path).status == 0
    return path


def located(err: str, *cells: str) -> bool:
    """Return whether one line of the table of problems has all of these, in order."""
    places = ([line.find(cell) for cell in cells] for line in err.splitlines())
    return any(-1 not in found and found == sorted(found) for found in places)


def rewritten(path: Path, **fields: Any) -> None:
    """Change fields of a checkpoint, its digest left as it is."""
    path.write_text(json.dumps(read(path) | fields), "utf-8")


def test_going_on_says_so(run: Program, twins: Path, saved: Path) -> None:
    out = twins.with_name("out.json")
    assert read(saved)["schema"] == "checkpoint/1"
    ran = run("solve", twins, "--effort", "quick", "--resume", saved, "--checkpoint", saved, "--json", out)
    assert ran.status == 0
    assert "本次运行从检查点继续（第1次），不能逐一重现。" in ran.out
    result = read(out)
    assert (result["provenance"]["reproducible"], result["provenance"]["continued"]) == (False, 1)
    assert "resumed" in {point.get("note") for point in result["trace"]}
    assert nothing_but(twins.parent, twins, saved, out)
    english = run("solve", twins, "--effort", "quick", "--resume", saved, "--lang", "en")
    assert "This run was continued from a checkpoint" in english.out


def test_effort_and_time_may_differ(run: Program, twins: Path, saved: Path) -> None:
    assert run("solve", twins, "--effort", "5", "--limit", "60", "--resume", saved).status == 0


def test_another_round_is_refused(run: Program, twins: Path, saved: Path) -> None:
    other = twins.with_name("other.json")
    other.write_text(json.dumps({**read(twins), "name": "另一轮"}), "utf-8")
    ran = run("solve", other, "--resume", saved)
    assert ran.status == 2
    assert located(ran.err, "where.json", "round_digest", "检查点属于另一份选派数据（数据摘要不同）")
    assert "同样的 --set、--lock、--baseline" in ran.err
    changed = run("solve", twins, "--set", "need_fit.weight=2", "--resume", saved, "--lang", "en")
    assert changed.status == 2
    assert "the checkpoint belongs to another version of the round" in changed.err


def test_all_that_differs_is_told_at_once(run: Program, twins: Path, saved: Path) -> None:
    ran = run("solve", twins, "--resume", saved, "--kind", "fairest", "--gap", "0.5", "--lang", "en")
    assert ran.status == 2
    said = "the checkpoint is of a solve with {}, not {}"
    assert located(ran.err, "where.json", "settings.kind", said.format("kind=best", "fairest"))
    assert located(ran.err, "where.json", "settings.gap", said.format("gap=0.0", "0.5"))


@pytest.mark.parametrize("damage", ["cut", "changed", "empty list"])
def test_a_damaged_file_is_refused(run: Program, twins: Path, saved: Path, damage: str) -> None:
    text = saved.read_text("utf-8")
    if damage == "cut":
        saved.write_text(text[: len(text) // 2], "utf-8")
    elif damage == "changed":
        rewritten(saved, score=read(saved)["score"] + 1)
    else:
        saved.write_text("[]", "utf-8")
    ran = run("solve", twins, "--resume", saved)
    assert ran.status == 2
    assert located(ran.err, "where.json", "检查点文件已损坏或被改动")
    assert "不加 --resume 重新求解" in ran.err


def test_another_document_is_refused(run: Program, twins: Path, saved: Path, result_file: Path) -> None:
    ran = run("solve", twins, "--resume", result_file)
    assert ran.status == 2
    assert "不是检查点文件（schema 为“result/1”，应为 checkpoint/1）" in ran.err
    rewritten(saved, schema="checkpoint/2")
    assert "its schema is “checkpoint/2”" in run("solve", twins, "--resume", saved, "--lang", "en").err
    missing = run("solve", twins, "--resume", twins.with_name("nowhere.json"))
    assert missing.status == 2
    assert "nowhere.json" in missing.err


def test_places_that_can_not_be_written_are_refused(run: Program, twins: Path, saved: Path) -> None:
    for option in ("--json", "--checkpoint"):
        ran = run("solve", twins, option, twins)
        assert ran.status == 2
        assert "是输入文件，不能覆盖" in ran.err
    assert run("solve", twins, "--json", saved, "--resume", saved).status == 2
    assert "写了两次" in run("solve", twins, "--json", saved, "--checkpoint", saved, "--resume", saved).err


def test_a_full_disk_ends_the_solve_and_keeps_the_last_checkpoint(
    run: Program, twins: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("solve", twins, "--effort", "quick", "--checkpoint", saved)
    assert ran.status == 1
    assert f"没有写出{saved}：No space left on device" in ran.err
    assert saved.read_bytes() == before
    assert nothing_but(twins.parent, twins, saved)


# ---------------------------------------------------------------- a process that is killed


def started(round_file: Path, *options: object) -> subprocess.Popen[bytes]:
    """Return a solve in a process of its own."""
    command = [sys.executable, "-P", "-m", "matcher.cli", "solve", round_file, "--effort", "20", *options]
    environment = {"PYTHONPATH": ":".join(sys.path), "PATH": os.environ["PATH"]}
    return subprocess.Popen(
        [*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )


def killed_at_random(round_file: Path, where: Path, chance: random.Random, *options: object) -> None:
    """Solve until some time after the next checkpoint, then kill -9."""
    before = where.read_bytes() if where.exists() else b""
    process = started(round_file, "--checkpoint", where, *options)
    while process.poll() is None and (not where.exists() or where.read_bytes() == before):
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 1.5))
    process.send_signal(signal.SIGKILL)
    process.wait()


def saved_stage(where: Path) -> Document:
    """Return a checkpoint file's document: whole, whenever the process died."""
    document = read(where)
    assert Checkpoint.of(document).document() == document
    return document


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_process_goes_on_where_it_was(tmp_path: Path, seed: int) -> None:
    round_path, where, out = (tmp_path / name for name in ("round.json", "where.json", "out.json"))
    round_ = Round.from_document(county_of(25))
    write_json(round_, round_path)
    chance, best = random.Random(seed), -(10**9)
    plans = ("--plans", 2)
    for life in range(3):
        killed_at_random(round_path, where, chance, *plans, *(("--resume", where) if life else ()))
        document = saved_stage(where)
        if document["stage"] == {"rank": 1, "solve": 1, "name": "plan"} and "score" in document:
            assert document["score"] >= best
            best = document["score"]
        elif document["finished"]:
            best = document["finished"][0]["plan"]["score"]
    process = started(round_path, *plans, "--resume", where, "--json", out)
    assert process.wait() == 0
    result = read(out)
    assert result["provenance"]["continued"] >= 1
    first, second = (Plan.from_document(plan) for plan in result["plans"])
    assert first.score >= best > -(10**9)
    assert check(round_, first, attainable=True, bound=True).ok
    assert check(round_, second, better=[first], attainable=True).ok
