"""From a value in the round document to the cell that says it, such that reading gives the value back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matcher.tables.column import Column, Kind
from matcher.tables.folding import exactly, filled, quoted, trimmed
from matcher.tables.params import write_params
from matcher.tables.readers import Reader, reader_of
from matcher.tables.several import write_ids, write_names
from matcher.tables.vocabulary import Vocabulary, rule_name
from matcher.tables.wrong import Wrong

if TYPE_CHECKING:
    from matcher.codes import Language

Cell = str | int | float | None
#: From a value to a cell.
Writer = Callable[[Any], Cell]

_YES_NO = {("zh", True): "是", ("zh", False): "否", ("en", True): "yes", ("en", False): "no"}


def writer_of(column: Column, vocabulary: Vocabulary, language: Language) -> Writer:
    """Return what writes the values of ``column`` in ``language``."""
    return _WRITERS[column.kind](column, vocabulary, language)


def number_cell(value: float) -> Cell:
    """Return a number, as text where a workbook would not keep all its digits."""
    return value if isinstance(value, int) or float(f"{value:.16G}") == value else repr(value)


def _read_back(read: Reader, cell: str, value: Any) -> bool:
    """Return whether reading ``cell`` gives ``value``."""
    try:
        return bool(read(cell) == value)
    except Wrong:
        return False


def _separator(language: Language) -> str:
    return "、" if language == "zh" else "; "


def _one_code(column: Column, vocabulary: Vocabulary, language: Language) -> Writer:
    read = reader_of(column, vocabulary)

    def write(value: str) -> str:
        name = _name_of(column, value, language)
        return name if _read_back(read, name, value) else value

    return write


def _name_of(column: Column, code: str, language: Language) -> str:
    known = column.codes is not None and code in column.codes
    return column.codes[code].text.in_(language) if column.codes is not None and known else code


def _several_codes(column: Column, vocabulary: Vocabulary, language: Language) -> Writer:
    read = reader_of(column, vocabulary)
    own = {code: word for word, code in vocabulary.flags.items() if word != code} if column.open else {}

    def write(values: Sequence[str]) -> str:
        names = [own.get(value) or _name_of(column, value, language) for value in values]
        cell = _separator(language).join(names)
        return (
            cell if _read_back(read, cell, list(values)) else _separator(language).join(map(quoted, values))
        )

    return _remembered(write)


def _levels(column: Column, vocabulary: Vocabulary, language: Language) -> Writer:
    read = reader_of(column, vocabulary)
    gap = "" if language == "zh" else " "

    def write(levels: Mapping[str, int]) -> str:
        cell = _separator(language).join(
            f"{_name_of(column, code, language)}{gap}{level}" for code, level in levels.items()
        )
        if _read_back(read, cell, dict(levels)):
            return cell
        return _separator(language).join(f"{code}:{level}" for code, level in levels.items())

    return _remembered(write)


def _answers(column: Column, vocabulary: Vocabulary, language: Language) -> Writer:
    read = reader_of(column, vocabulary)

    def write(answers: Mapping[str, bool | None]) -> str:
        def cell(name: Callable[[str], str]) -> str:
            said = (f"{name(key)}:{_yes_no(answer, language)}" for key, answer in answers.items())
            return _separator(language).join(said)

        plain = cell(str)
        return plain if _read_back(read, plain, dict(answers)) else cell(quoted)

    return _remembered(write)


def _yes_no(value: bool | None, language: Language) -> str:
    return "" if value is None else _YES_NO[language, value]


def _remembered(write: Callable[[Any], str]) -> Writer:
    """Return ``write`` for lists and maps, each distinct one written once."""
    known: dict[str, str] = {}

    def remember(value: Any) -> str:
        key = json.dumps(value)
        if key not in known:
            known[key] = write(value)
        return known[key]

    return remember


def _text(value: str) -> str:
    return exactly(value, trimmed)


def _id(value: str) -> str:
    return exactly(value, filled)


_WRITERS: dict[Kind, Callable[[Column, Vocabulary, Language], Writer]] = {
    Kind.TEXT: lambda _column, _vocabulary, _language: _text,
    Kind.ID: lambda _column, _vocabulary, _language: _id,
    Kind.WHOLE: lambda _column, _vocabulary, _language: number_cell,
    Kind.NUMBER: lambda _column, _vocabulary, _language: number_cell,
    Kind.DATE: lambda _column, _vocabulary, _language: str,
    Kind.MONTH: lambda _column, _vocabulary, _language: str,
    Kind.YES_NO: lambda _column, _vocabulary, language: lambda value: _yes_no(value, language),
    Kind.CODE: _one_code,
    Kind.CODES: _several_codes,
    Kind.NAMES: lambda _column, _vocabulary, language: lambda value: write_names(value, _separator(language)),
    Kind.IDS: lambda _column, _vocabulary, language: lambda value: write_ids(value, _separator(language)),
    Kind.LEVELS: _levels,
    Kind.ANSWERS: _answers,
    Kind.RULE: lambda _column, _vocabulary, language: lambda value: rule_name(value, language == "zh"),
    Kind.PARAMS: lambda _column, _vocabulary, _language: write_params,
}
