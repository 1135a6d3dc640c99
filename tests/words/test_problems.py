"""Every problem that any part of the matcher can raise has its words, in both languages."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.problems import Location, Problem
from matcher.round import intake
from matcher.words.problems import SENTENCES, line, path, remedy, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What takes a problem code as its first argument: anywhere, and in the reading of tables.
_TAKERS = frozenset({"Problem", "PydanticCustomError"})
_READERS = _TAKERS | {"Wrong", "refuse", "Oversized", "_problem", "_oversized", "_wrong"}
_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)*")


def _files() -> Iterator[Path]:
    return Path(matcher.__file__).parent.rglob("*.py")


def _texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts that an expression may have as its value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _codes_in(file: Path) -> Iterator[str]:
    takers = _READERS if file.parent.name == "tables" else _TAKERS
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in takers and node.args:
                yield from _texts(node.args[0])
        elif isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == "code":
                yield from _texts(node.value)
            if isinstance(target, ast.Subscript) and getattr(target.value, "attr", "") == "flaws":
                yield from _texts(node.value)


def used_codes() -> set[str]:
    found = {code for file in _files() for code in _codes_in(file) if _CODE.fullmatch(code)}
    return found | set(intake._CODES.values()) | {"not_a_date", "not_a_month"}  # noqa: SLF001


def test_every_code_in_use_has_its_words() -> None:
    used = used_codes()
    assert len(used) > 90
    assert used - set(SENTENCES) == set()


def test_no_words_without_use() -> None:
    sources = "".join(file.read_text(encoding="utf-8") for file in _files() if file.parent.name != "words")
    assert {code for code in SENTENCES if f'"{code}"' not in sources} == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_are_whole(code: str) -> None:
    wording = SENTENCES[code]
    for text in (wording.sentence, wording.remedy):
        assert text.zh
        assert text.en
        assert not text.zh.endswith(("。", "！"))
        assert not text.en.endswith(".")
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name}
              for text in (wording.sentence.zh + wording.remedy.zh, wording.sentence.en + wording.remedy.en)]  # fmt: skip
    assert "first" not in fields[0] or "first" in fields[1]
    problem = Problem(
        code, "cadres", 3, "name", "{value}", {"inside": "x", "nearest": "party", "list": "specialty"}
    )
    for language in ("zh", "en"):
        assert sentence(problem, language)
        assert remedy(problem, language)
        assert line(problem, language).startswith("cadres[3].name.x")


def test_places() -> None:
    there = Location("干部表", 7, "出生年月", "C7")
    problem = Problem("not_a_month", "cadres", 5, "birth_month", "不详").at(there)
    assert (
        line(problem, "zh")
        == "工作表“干部表”第7行“出生年月”（C7）：“不详”不是年月。请写成 1985-07 或 1985年7月。"
    )
    assert (
        line(problem, "en")
        == "sheet “干部表”, row 7, “出生年月” (C7): “不详” is not a month; write it as 1985-07."
    )
    assert line(problem.at(Location("干部表.csv", 7)), "zh").startswith("文件“干部表.csv”第7行：")
    assert path(Problem("missing_field", "round", None, "as_of")) == "as_of"
    assert path(Problem("empty_table", "villages")) == "villages"
    assert line(Problem("json_syntax", details={"line": 1, "column": 2, "message": "x"}), "en").startswith(
        "JSON syntax"
    )


def test_choices_and_guesses() -> None:
    problem = Problem(
        "unknown_code", "villages", 0, "types", "脱贪村", {"list": "village_type", "nearest": "lifted"}
    )
    assert sentence(problem, "zh") == "“脱贪村”不是村类型的代码或名称，是不是“脱贫村”"
    assert "village lifted out of poverty" in sentence(problem, "en")
    assert "抵边村" in remedy(problem, "zh")
    lost = Problem("dangling_id", "cadres", 0, "unit", "12", {"target": "units", "nearest": "0012"})
    assert sentence(lost, "zh") == "单位表里没有“12”，是不是“0012”"


def test_a_code_without_words_is_said_all_the_same() -> None:
    problem = Problem("something_new", "cadres", 0, "name", "x", {"message": "Input should be blue"})
    assert "Input should be blue" in sentence(problem, "zh")
    assert remedy(problem, "en")
