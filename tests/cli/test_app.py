"""Help, language, and every way in which a command is ended from outside."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from matcher.cli.app import COMMANDS, program
from matcher.cli.commands import validate
from matcher.words import commands as words

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.codes import Language
    from tests.cli.ran import Program

NAMES = [name for name, _ in COMMANDS]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", NAMES)
def test_help_speaks_the_language(run: Program, command: str, language: str) -> None:
    ran = run(command, "--help", "--lang", language)
    assert ran.status == 0
    first = getattr(words.COMMANDS[command], language)
    assert "".join(first[:20].split()) in "".join(ran.out.split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_program_lists_its_commands_and_exit_statuses(run: Program, language: str) -> None:
    ran = run("--lang", language, "--help")
    assert ran.status == 0
    assert all(name in ran.out for name in NAMES)
    assert {"zh": "退出状态", "en": "Exit status"}[language] in ran.out


def test_every_parameter_has_its_help_and_no_help_is_idle() -> None:
    asked = {
        (name, parameter.name)
        for name, command in program("zh").commands.items()
        for parameter in command.params
    }
    known = {
        (name, parameter)
        for name, parameter in asked
        if {parameter, f"{name}.{parameter}"} & set(words.PARAMETERS)
    }
    assert asked == known
    used = {parameter for _, parameter in asked} | {f"{name}.{parameter}" for name, parameter in asked}
    assert set(words.PARAMETERS) <= used
    assert set(words.COMMANDS) == set(NAMES)


def test_language_of_the_environment(run: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_LANG", "en")
    assert "there is no command" in run("nonsense").err
    assert "没有" in run("nonsense", "--lang", "zh").err


def test_language_before_the_command_is_the_commands_own(run: Program) -> None:
    assert "Share of young cadres" in run("--lang", "en", "rules", "young_share").out
    assert "年轻干部比例" in run("--lang", "en", "rules", "young_share", "--lang", "zh").out


USAGE = [
    ((), "没有写命令", "there is no command"),
    (("solv",), "没有“solv”这个命令，是不是“solve”", "there is no command “solv” (did you mean “solve”?)"),
    (("solve",), "缺少选派数据文件（ROUND）", "the file of the round (ROUND) is missing"),
    (("solve", "x.json", "--efort", "1"), "没有“--efort”这个选项，是不是“--effort”", "no option “--efort”"),
    (("solve", "x.json", "--effort"), "“--effort”后面缺少值", "“--effort” needs a value"),
    (("solve", "x.json", "--seed", "a"), "“--seed”的值不能用", "the value of “--seed” can't be used"),
    (("solve", "x.json", "--lang", "fr"), "“--lang”的值不能用", None),
    (("validate", "x.json", "y.json"), "命令写法不对", "this is not how the command is used"),
]


@pytest.mark.parametrize(("arguments", "zh", "en"), USAGE)
def test_usage_is_refused_with_a_remedy(
    run: Program, arguments: tuple[str, ...], zh: str, en: str | None
) -> None:
    ran = run(*arguments)
    assert (ran.status, zh in ran.err) == (2, True)
    if en is not None:
        ran = run("--lang", "en", *arguments)
        assert (ran.status, en in ran.err) == (2, True)


def test_unexpected_error_is_one_sentence(run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_path: Path) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(validate, "read_located", fails)
    ran = run("validate", twins)
    assert ran.status == 1
    assert (
        ran.err.strip()
        == "出现意外错误（ZeroDivisionError: by nothing）。设 MATCHER_DEBUG=1 再运行可看到详情。"
    )


def test_debug_shows_the_traceback(
    twins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from matcher.cli import main  # noqa: PLC0415 - here the traceback is wanted

    def fails(_path: Path) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(validate, "read_located", fails)
    monkeypatch.setenv("MATCHER_DEBUG", "1")
    assert main(["validate", str(twins)]) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_interruption_is_one_sentence(run: Program, twins: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(validate, "read_located", interrupted)
    ran = run("validate", twins)
    assert (ran.status, ran.err.strip()) == (1, "已中止，没有留下写了一半的文件。")


def test_runs_as_a_module_from_any_folder(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "matcher.cli", "validate", "没有.xlsx"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", env={"PYTHONPATH": ":".join(sys.path)}, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.strip() == "找不到文件“没有.xlsx”。请检查路径和文件名。"


def test_texts_that_a_stream_can_not_hold_end_nothing(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "matcher.cli", "rules"],
        cwd=tmp_path, capture_output=True, check=False,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert ran.returncode == 0
    assert b"young_share" in ran.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", ["", *NAMES])
def test_the_help_is_whole_at_80_columns(
    run: Program, monkeypatch: pytest.MonkeyPatch, command: str, language: Language
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = run(*([command] if command else []), "--lang", language, "--help")
    shown = "".join(ran.out.replace("│", "").split())
    made = program(language)
    one = made.commands[command] if command else made
    texts = [one.help, *(parameter.help for parameter in one.params)]
    texts += [made.epilog, *(other.help for other in made.commands.values())] if not command else []
    assert ran.status == 0
    assert [text for text in texts if "".join(text.replace("\\[", "[").split()) not in shown] == []
    assert "…" not in ran.out
