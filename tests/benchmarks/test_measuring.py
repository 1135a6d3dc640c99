"""Processes are watched and ended, rows are kept, plans are judged."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.measuring import campaign, process
from benchmarks.measuring.campaign import Campaign
from benchmarks.measuring.judge import judge
from benchmarks.measuring.memory import members
from benchmarks.measuring.process import Limits, Watched, cores, watch
from benchmarks.measuring.rows import Store
from benchmarks.methods.registry import methods_of
from benchmarks.rounds import CASES, cases_of, given
from matcher import solve
from tests.benchmarks.runs import row_of

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.plan import Plan

GIB = 2**30
ENDED = Watched(1.0, 1, "", 0)
#: A process that starts another one, says so, and then waits for ever.
_FAMILY = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
block = bytearray(int(sys.argv[2]))
time.sleep(600)
"""


@pytest.fixture
def twins(tmp_path: Path) -> Any:
    return given(cases_of(["twins"])[0], 1, tmp_path / "rounds")


@pytest.fixture
def no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0.0)
    monkeypatch.setattr(process, "GRACE_SHARE", 0.0)


def _family(folder: Path, size: int, limits: Limits) -> tuple[Watched, list[int]]:
    """Watch the family; return what was seen, and who of it is left."""
    file = folder / "child"
    watched = watch([sys.executable, "-c", _FAMILY, str(file), str(size)], folder, limits)
    return watched, members(int(file.read_text("utf-8"))) if file.exists() else []


@pytest.mark.usefixtures("no_grace")
def test_what_overruns_is_ended_with_its_children(tmp_path: Path) -> None:
    watched, left = _family(tmp_path, 0, Limits(2.0, 8 * GIB, cores(1)))
    assert (watched.cut, left) == ("overran", [])
    assert watched.peak > 0


def test_what_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    watched, left = _family(tmp_path, 200 * 2**20, Limits(60.0, 100 * 2**20, cores(1)))
    assert (watched.cut, left) == ("out of memory", [])


def test_an_end_by_force_is_a_result(tmp_path: Path, twins: Any) -> None:
    found = judge(twins.read(), tmp_path, Watched(9.0, 1, "out of memory", -9))
    assert (found.status, found.score) == ("out of memory", None)


@pytest.mark.parametrize(
    ("said", "why"), [("no plan", "hard rules broken by 2"), ("not installed", "no Java")]
)
def test_what_a_method_says_is_a_result(said: str, why: str, tmp_path: Path, twins: Any) -> None:
    (tmp_path / "end.json").write_text(json.dumps({"said": said, "why": why}), "utf-8")
    found = judge(twins.read(), tmp_path, ENDED)
    assert (found.status, found.why) == (said, why)


def test_a_process_that_leaves_nothing_failed(tmp_path: Path, twins: Any) -> None:
    assert judge(twins.read(), tmp_path, Watched(1.0, 1, "", 1)).status == "failed"


def _left(folder: Path, plan: Plan, score: int, bound: int | None, drop: int = 0) -> None:
    """Write what a run leaves."""
    posts = [post.model_dump(mode="json", exclude_none=True) for post in plan.posts][drop:]
    (folder / "posts.json").write_text(json.dumps(posts), "utf-8")
    (folder / "trace.jsonl").write_text(json.dumps([1.0, score, bound]) + "\n[2.0, 1", "utf-8")


def test_plans_are_judged_by_the_checker(tmp_path: Path, twins: Any) -> None:
    round_ = twins.read()
    plan = solve(round_).best
    assert plan is not None
    _left(tmp_path, plan, plan.score, plan.score)
    assert judge(round_, tmp_path, ENDED).status == "optimal"
    _left(tmp_path, plan, plan.score, plan.score + 1)
    found = judge(round_, tmp_path, Watched(9.0, 1, "overran", -9))
    assert (found.status, found.why) == ("plan", "ended by force: overran")
    for score, bound, drop in (
        (plan.score + 1, None, 0),
        (plan.score, plan.score - 1, 0),
        (plan.score, None, 1),
    ):
        _left(tmp_path, plan, score, bound, drop)
        assert judge(round_, tmp_path, ENDED).status == "wrong"


def test_a_whole_run_and_its_row_are_kept(
    tmp_path: Path, twins: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(campaign, "BUILD", tmp_path)
    measured = Campaign(Store(tmp_path / "rows.jsonl"), cores=1, say=said.append)
    (method,) = methods_of(["greedy"])
    row = measured.run(twins, method, 60.0)
    assert (row.status, row.score) == ("plan", row.trace[-1][1])
    assert row.peak > 1
    assert measured.run(twins, method, 60.0) == row
    assert said[-1].endswith("(kept)")


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    store = Store(tmp_path / "rows.jsonl")
    rows = [row_of(seed=1), row_of(seed=2, digest="e", score=None, bound=None, status="no plan", trace=())]
    for row in rows:
        store.add(row)
    with store.path.open("a") as file:
        file.write('{"round": "hua')  # the machine went down here
    assert store.rows() == rows
    store.add(row_of(seconds=5.0))
    assert store.rows() == [row_of(seconds=5.0), rows[1]]


def test_every_round_has_its_own_name() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    with pytest.raises(KeyError):
        cases_of(["nowhere"])


def test_a_round_is_made_once(tmp_path: Path) -> None:
    (case,) = cases_of(["huaxi"])
    first = given(case, 2, tmp_path)
    stamp = first.path.stat().st_mtime_ns
    time.sleep(0.01)
    assert given(case, 2, tmp_path).path.stat().st_mtime_ns == stamp
    assert len(first.read().villages) == 23
