"""Every problem with the input in words: what is wrong, where, and what to do about it.

A problem is data (:class:`matcher.problems.Problem`); this package is the only place that turns it into
sentences. The texts themselves stand in ``problems_of_files``, ``problems_of_cells``, ``problems_of_records``,
``problems_of_bounds`` and ``problems_of_checkpoints``; each is filled from the problem's value and details.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher import codes
from matcher.codes import CodeList, Language, Text
from matcher.words.problems_of_bounds import BOUNDS
from matcher.words.problems_of_cells import CELLS
from matcher.words.problems_of_checkpoints import CHECKPOINTS
from matcher.words.problems_of_files import FILES
from matcher.words.problems_of_records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.problems import Location, Problem
    from matcher.words.wording import Wording

#: Every problem code with its sentence and its remedy.
SENTENCES: Mapping[str, Wording] = {**FILES, **CELLS, **RECORDS, **BOUNDS, **CHECKPOINTS}

#: The tables of a round as people call them.
TABLES: Mapping[str, Text] = {
    "round": Text("选派轮次", "Round"),
    "villages": Text("村情表", "Villages"),
    "units": Text("单位表", "Units"),
    "cadres": Text("干部表", "Cadres"),
    "incumbents": Text("在岗表", "Incumbents"),
    "decisions": Text("锁定表", "Decisions"),
    "suitability": Text("面谈评分表", "Suitability"),
    "baseline": Text("原方案表", "Baseline"),
    "rules": Text("规则表", "Rules"),
    "needs_by_type": Text("类型需求表", "Needs by type"),
}

#: What a question names, which stands in no table.
QUESTION = Text("提问", "Question")
_ASKED: Mapping[str, Text] = {
    "cadre": Text("所问的干部", "the cadre asked about"),
    "village": Text("所问的村", "the village asked about"),
    "unit": Text("所问的单位", "the unit asked about"),
    "role": Text("所问的岗位", "the role asked about"),
    "rank": Text("所问的名次", "the rank asked about"),
}

_UNKNOWN_SENTENCE = Text("内容有误：{message}", "this is not right: {message}")
_UNKNOWN_REMEDY = Text("请对照填写说明修改", "mend it as the help sheet says")
_LISTS = {item.name: item for item in vars(codes).values() if isinstance(item, CodeList)}
_SHOWN = 16


def sentence(problem: Problem, language: Language) -> str:
    """Return what is wrong, without its place."""
    wording = SENTENCES.get(problem.code)
    return _filled(wording.sentence if wording else _UNKNOWN_SENTENCE, problem, language)


def remedy(problem: Problem, language: Language) -> str:
    """Return what to do about it."""
    wording = SENTENCES.get(problem.code)
    return _filled(wording.remedy if wording else _UNKNOWN_REMEDY, problem, language)


def line(problem: Problem, language: Language) -> str:
    """Return the problem in one line: its place, what is wrong, what to do."""
    where, what, then = place(problem, language), sentence(problem, language), remedy(problem, language)
    if language == "zh":
        return f"{where}：{what}。{then}。" if where else f"{what}。{then}。"
    return f"{where}: {what}; {then}." if where else f"{what}; {then}."


def place(problem: Problem, language: Language) -> str:
    """Return where the problem stands: in the file that was read, else in the document, else what was asked."""
    if problem.location is not None and problem.location.sheet:
        return _in_file(problem.location, language)
    if problem.table == "question":
        return _ASKED.get(problem.field, QUESTION).in_(language)
    return path(problem)


def path(problem: Problem) -> str:
    """Return the problem's place in the document, such as ``cadres[3].specialties.party``."""
    inside = str(problem.details.get("inside", ""))
    table = problem.table
    if problem.row is not None:
        table = f"{table}[{problem.row}]"
    elif table == "round" and problem.field:
        table = ""
    return ".".join(part for part in (table, problem.field, inside) if part)


def _in_file(where: Location, language: Language) -> str:
    is_file = where.sheet.lower().endswith((".csv", ".json", ".xlsx"))
    if language == "zh":
        parts = [f"{'文件' if is_file else '工作表'}“{where.sheet}”"]
        parts += [f"第{where.row}行"] if where.row else []
        parts += [f"“{where.column}”"] if where.column else []
        return "".join(parts) + (f"（{where.cell}）" if where.cell else "")
    parts = [f"{'file' if is_file else 'sheet'} “{where.sheet}”"]
    parts += [f"row {where.row}"] if where.row else []
    parts += [f"“{where.column}”"] if where.column else []
    return ", ".join(parts) + (f" ({where.cell})" if where.cell else "")


class _Blank(dict[str, Any]):
    """Fills what a problem doesn't tell with nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def _filled(text: Text, problem: Problem, language: Language) -> str:
    return text.in_(language).format_map(_Blank(_data(problem, language)))


def _data(problem: Problem, language: Language) -> dict[str, Any]:
    """Return what the sentences may speak of."""
    details = problem.details
    data: dict[str, Any] = {key: _in_words(value, language) for key, value in details.items()}
    inside = f".{details['inside']}" if details.get("inside") else ""
    where = problem.location
    name = where.column if where is not None and where.column else problem.field
    data["value"] = problem.value
    data["field"] = f"{name}{inside}" if name else TABLES.get(problem.table, Text("", "")).in_(language)
    data["table"] = TABLES[problem.table].in_(language) if problem.table in TABLES else problem.table
    data["target"] = TABLES[details["target"]].in_(language) if details.get("target") in TABLES else ""
    data["least"] = _first(details, "ge", "gt", "min_length")
    data["most"] = _first(details, "most", "le", "lt", "max_length")
    listed = _LISTS.get(str(details.get("list", "")))
    data["list"] = listed.text.in_(language) if listed else ""
    data["choices"] = _choices(listed, language)
    data["near"] = _near(details, listed, language)
    data["first"] = _first_of_two(details, language)
    kind = details.get("kind")
    if kind in codes.DECISION_KINDS:
        data["kind"] = codes.DECISION_KINDS[str(kind)].text.in_(language)
    data["name"] = str(details.get(language, ""))
    return data


def _first(details: Mapping[str, Any], *names: str) -> Any:
    return next((details[name] for name in names if name in details), "")


def _choices(listed: CodeList | None, language: Language) -> str:
    """Return the names of a list's codes, or where they are many, where to find them."""
    if listed is None:
        return ""
    names = [code.text.in_(language) for code in listed.codes[:_SHOWN]]
    more = len(listed.codes) > len(names)
    return ("、" if language == "zh" else ", ").join(names) + (" …" if more else "")


def _near(details: Mapping[str, Any], listed: CodeList | None, language: Language) -> str:
    """Return the guess what was meant, as a part of a sentence; "" without one."""
    code = str(details.get("nearest", ""))
    name = str(details.get(f"nearest_{language}", "")) or code
    if listed is not None and code in listed:
        name = listed[code].text.in_(language)
    if not name:
        return ""
    return f"，是不是“{name}”" if language == "zh" else f" (did you mean “{name}”?)"


def _first_of_two(details: Mapping[str, Any], language: Language) -> str:
    """Return where the first of two equal things stands."""
    first, row = details.get("first"), details.get("first_row")
    if row is not None:
        return f"第{row}行" if language == "zh" else f"row {row}"
    if isinstance(first, int):
        return f"第{first + 1}条" if language == "zh" else f"record {first}"
    return f"“{first}”" if first else ""


def _in_words(value: Any, language: Language) -> Any:
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(map(str, value))
    return value
