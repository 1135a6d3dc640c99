"""The supervisor outlives what it can't begin, and every process what it can't say."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from api.supervisor import Part
from tests.api.jobs.fleet import wait_for
from tests.api.operate.serving import environment

if TYPE_CHECKING:
    from pathlib import Path

_SAYS = "from api.watch import logging as log; import structlog, sys; log.set_up('info');"
_SAYS += "[structlog.get_logger().error('said', text='x' * 100_000) for _ in range(3)]; print('done')"


def test_a_part_that_can_not_be_begun_is_as_one_that_has_died(tmp_path: Path) -> None:
    program = tmp_path / "program"
    part = Part("part", [str(program)], dict(os.environ))
    for _ in range(3):
        part.look()
        assert part.is_over()
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n")
    program.chmod(0o700)
    part.look()
    assert not part.is_over()
    part.tell(signal.SIGKILL)
    wait_for(part.is_over, "its end")


def test_a_log_that_can_not_be_written_is_lost_and_nothing_else() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-P", "-c", _SAYS],
            stdout=subprocess.PIPE,
            stderr=full,
            env=environment(),
            check=False,
        )
    assert done.stdout == b"done\n"
