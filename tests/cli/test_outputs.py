"""Places where nothing can be written are refused before the work."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from matcher.cli import outputs, solving
from matcher.cli.outputs import check_outputs
from matcher.cli.refusals import Refused
from matcher.tables import write_whole
from tests.cli.ran import nothing_but

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


def _codes(given: dict[str, Path | None], inputs: list[Path | None]) -> list[str]:
    with pytest.raises(Refused) as caught:
        check_outputs(given, inputs)
    return [refusal.code for refusal in caught.value.refusals]


def test_every_bad_place_is_named(tmp_path: Path) -> None:
    here = tmp_path / "round.xlsx"
    here.write_bytes(b"")
    assert _codes({"--json": tmp_path / "x.xlsx"}, []) == ["output_suffix"]
    assert _codes({"--json": tmp_path}, []) == ["output_is_folder"]
    assert _codes({"--json": tmp_path / "no" / "x.json"}, []) == ["output_no_folder"]
    assert _codes({"--xlsx": here}, [here]) == ["output_is_input"]
    assert _codes({"--xlsx": here, "OUT": tmp_path / "." / "round.xlsx"}, []) == ["output_twice"]
    assert (
        _codes({"--json": tmp_path / "x.txt", "--xlsx": tmp_path / "y.txt"}, [None]) == ["output_suffix"] * 2
    )


def test_a_good_place_is_left_as_it_was(tmp_path: Path) -> None:
    check_outputs({"--json": tmp_path / "x.json", "--xlsx": None})
    assert nothing_but(tmp_path)


def test_a_folder_that_takes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_options: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert _codes({"--json": tmp_path / "x.json"}, []) == ["output_not_writable"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--json", "x.txt"), "--json：“x.txt”的后缀应为 .json"),
        (("--xlsx", "no/x.xlsx"), "--xlsx：没有“"),
        (("--json", "a.json", "--xlsx", "b.json"), "--xlsx：“b.json”的后缀应为 .xlsx"),
    ],
)
def test_solve_refuses_before_it_reads(run: Program, options: tuple[str, ...], said: str) -> None:
    ran = run("solve", "there-is-no-such-round.json", *options)
    assert (ran.status, said in ran.err) == (2, True)
    assert "找不到文件" not in ran.err


def test_the_input_is_never_replaced(run: Program, twins: Path) -> None:
    before = twins.read_bytes()
    assert run("solve", twins, "--json", twins).status == 2
    assert run("convert", twins, twins).status == 2
    assert twins.read_bytes() == before


def test_a_disk_that_fills_up_leaves_no_part(
    run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    out = twins.with_name("out.json")
    ran = run("solve", twins, "--json", out)
    assert ran.status == 1
    assert f"没有写出{out}：No space left on device。" in ran.err
    assert nothing_but(twins.parent, twins)
    for command in (("template", "t.xlsx"), ("convert", twins, "r.xlsx"), ("convert", twins, "r")):
        *others, name = command
        ran = run(*others, twins.with_name(str(name)))
        assert (ran.status, f"没有写出{twins.with_name(str(name))}" in ran.err) == (1, True)
    assert nothing_but(twins.parent, twins)


def test_one_file_that_fails_keeps_no_other_back(
    run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, roster = twins.with_name("out.json"), twins.with_name("out.xlsx")

    def one_fails(path: Path, data: bytes) -> None:
        if path == out:
            raise OSError(28, "No space left on device")
        write_whole(path, data)

    monkeypatch.setattr(outputs, "write_whole", one_fails)
    ran = run("solve", twins, "--json", out, "--xlsx", roster)
    assert (ran.status, f"没有写出{out}" in ran.err) == (1, True)
    assert nothing_but(twins.parent, twins, roster)


def test_a_withheld_plan_writes_nothing(run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """See also test_solve: here only that the folder stays as it was."""

    def broken(*_arguments: object) -> None:
        raise RuntimeError("on the way")

    monkeypatch.setattr(solving, "show_plan", broken)
    ran = run("solve", twins, "--json", twins.with_name("out.json"), "--xlsx", twins.with_name("out.xlsx"))
    assert ran.status == 1
    assert nothing_but(twins.parent, twins)
