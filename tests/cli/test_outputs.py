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


def _kept(path: Path, run: Program, *command: object) -> None:
    """Check that a command leaves a file alone, and replaces it with --force."""
    before = path.read_bytes()
    ran = run(*command)
    assert (ran.status, "不覆盖" in ran.err, "--force" in ran.err) == (2, True, True)
    assert path.read_bytes() == before
    assert run(*command, "--force").status == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", ["template", "convert", "synth", "validate", "screen", "solve"])
def test_a_workbook_that_was_filled_in_is_kept(
    run: Program, twins: Path, command: str, language: str
) -> None:
    source, mine = twins.with_name("source.xlsx"), twins.with_name("mine.xlsx")
    assert run("convert", twins, source).status == 0
    assert run("synth", "--stress", "short_pool", mine, "--lang", language).status == 0
    commands: dict[str, tuple[object, ...]] = {
        "template": ("template", mine),
        "convert": ("convert", twins, mine),
        "synth": ("synth", "--stress", "twins", mine),
        "validate": ("validate", source, "--annotate", mine),
        "screen": ("screen", source, "--xlsx", mine),
        "solve": ("solve", source, "--effort", "quick", "--xlsx", mine),
    }
    _kept(mine, run, *commands[command])


def test_a_template_replaces_nothing(run: Program, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"anything")
    _kept(path, run, "template", path)


def test_an_earlier_roster_is_replaced(run: Program, twins: Path) -> None:
    roster = twins.with_name("roster.xlsx")
    for _ in range(2):
        assert run("screen", twins, "--xlsx", roster).status == 0
    for _ in range(2):
        assert run("solve", twins, "--effort", "quick", "--xlsx", roster).status == 0


def test_force_never_replaces_the_input(run: Program, twins: Path) -> None:
    source = twins.with_name("source.xlsx")
    assert run("convert", twins, source).status == 0
    before = source.read_bytes()
    assert run("solve", source, "--xlsx", source, "--force").status == 2
    assert run("validate", source, "--annotate", source, "--force").status == 2
    assert source.read_bytes() == before
