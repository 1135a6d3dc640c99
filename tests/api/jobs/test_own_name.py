"""A worker's name: one life at a time, and only names that can be files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.jobs.own_name import own_name
from api.jobs.refusals import JobsRefused

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_is_free_again_when_its_life_has_ended(tmp_path: Path) -> None:
    with own_name(tmp_path, "w-1"):
        with (
            pytest.raises(JobsRefused, match="runs on this machine already") as caught,
            own_name(tmp_path, "w-1"),
        ):
            pass
        assert caught.value.code == "worker_name_taken"
        with own_name(tmp_path, "w-2"):
            pass
    with own_name(tmp_path, "w-1"):
        pass


@pytest.mark.parametrize("name", ["", "../w", ".w", "-w", "w 1", "工", "w" * 65])
def test_a_name_that_can_be_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(JobsRefused, match="can't be the name of a worker") as caught,
        own_name(tmp_path, name),
    ):
        pass
    assert caught.value.code == "worker_name"
