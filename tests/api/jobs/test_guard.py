"""What holds of the process of a child, whatever runs in it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.jobs.guard import NICENESS, CannotBegin, child_of_this_thread, limit_memory
from tests.api.jobs.fleet import ROOT, wait_for

if TYPE_CHECKING:
    from api.jobs.guard import Child

BIND = "import os, sys, time; from api.jobs.guard import bind_to; bind_to(int(sys.argv[2]));"
SAY = "out = os.fdopen(int(sys.argv[1]), 'w');"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a module that can be run as a child."""
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    return tmp_path / "errand.py"


def is_there(pid: int) -> bool:
    """Return whether a process runs: a dead one that nobody has waited for does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_a_child_gives_way_and_leads_a_session_of_its_own(module: Path) -> None:
    module.write_text(f"{BIND}{SAY} print(os.nice(0), os.getsid(0) == os.getpid(), file=out)\n")
    with child_of_this_thread("errand") as child:
        assert child.lines.read() == f"{min(19, os.nice(0) + NICENESS)} True\n".encode()
        assert child.end() == 0


def test_a_child_is_told_nothing_of_the_environment_that_may_be_secret(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_DATABASE", "postgresql://service:secret@host/service")
    module.write_text(f"{BIND}{SAY} print(*sorted(os.environ), file=out)\n")
    with child_of_this_thread("errand") as child:
        told = child.lines.read().decode().split()
    assert "PYTHONPATH" in told
    assert "MATCHER_DATABASE" not in told


def test_all_that_a_child_has_begun_ends_with_it(module: Path) -> None:
    begin = "import subprocess; p = subprocess.Popen(['sleep', '600']);"
    module.write_text(f"{BIND}{SAY} {begin} print(p.pid, file=out, flush=True); time.sleep(600)\n")
    with child_of_this_thread("errand") as child:
        grandchild = int(child.lines.readline())
        assert is_there(grandchild)
    wait_for(lambda: not is_there(grandchild), "what the child began to end")
    child.kill()  # once more, of one that is gone


def test_a_child_ends_with_the_thread_that_began_it(module: Path) -> None:
    module.write_text(f"{BIND}{SAY} print('begun', file=out, flush=True); time.sleep(600)\n")
    begun: list[Child] = []

    def begin() -> None:
        guarded = child_of_this_thread("errand")
        child = guarded.__enter__()  # and never left: the thread is gone before it could
        child.lines.readline()
        begun.append(child)
        left.append(guarded)

    left: list[object] = []
    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    (child,) = begun
    wait_for(lambda: not is_there(child.pid), "the child to end")
    assert child.end() == -signal.SIGKILL
    left[0].__exit__(None, None, None)  # type: ignore[attr-defined]


def test_a_child_whose_parent_is_dead_already_ends_itself(module: Path) -> None:
    module.write_text(f"{BIND} time.sleep(600)\n")
    # 1 is nobody's parent here who would say so.
    done = subprocess.run([sys.executable, "-P", "-m", "errand", "0", "1"], check=False, timeout=60)
    assert done.returncode == 1


def test_memory_is_limited_and_a_library_that_got_none_is_told_from_other_deaths(module: Path) -> None:
    module.write_text(
        f"{BIND}from api.jobs.guard import limit_memory; limit_memory(1 << 30)\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    sys.stderr.write('std::bad_alloc')\n    sys.stderr.flush()\n"
        "    os.abort()\n"
    )
    with child_of_this_thread("errand") as child:
        assert child.end() == -signal.SIGABRT
        assert child.lacked_memory()
    module.write_text("import os; os.abort()\n")
    with child_of_this_thread("errand") as child:
        assert child.end() == -signal.SIGABRT
        assert not child.lacked_memory()


def test_a_limit_of_the_system_is_not_raised() -> None:
    script = (
        "import resource; from api.jobs.guard import limit_memory\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); limit_memory(4 << 30)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0] == 2 << 30)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
    assert limit_memory.__module__ == "api.jobs.guard"
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def test_who_says_something_to_a_dead_child_is_not_hurt(module: Path) -> None:
    module.write_text("")
    with child_of_this_thread("errand") as child:
        assert child.end() == 0
        child.say(b"hello\n" * 100_000)


def test_a_child_that_can_not_be_begun_leaves_nothing_open(module: Path) -> None:
    module.write_text(f"{BIND}{SAY} print('here', file=out)\n")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the listing's own is among them each time
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    for more in (0, 2, 4):
        resource.setrlimit(resource.RLIMIT_NOFILE, (before + more, limits[1]))
        try:
            with pytest.raises(CannotBegin), child_of_this_thread("errand"):
                pass
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    with child_of_this_thread("errand") as child:
        assert child.lines.read() == b"here\n"
