"""The reader of each column: from what stands in a cell to the value in the round document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matcher.tables.column import Column, Kind
from matcher.tables.dates import read_date, read_month
from matcher.tables.folding import filled
from matcher.tables.params import read_params
from matcher.tables.scalars import read_id, read_number, read_text, read_whole, read_yes_no, text_of
from matcher.tables.several import (
    Known,
    answers_reader,
    codes_reader,
    levels_reader,
    read_ids,
    read_level,
    read_names,
)
from matcher.tables.vocabulary import Vocabulary, rule_id

#: From a cell to a value; None where the cell is blank. Raises Wrong.
Reader = Callable[[Any], Any]


def reader_of(column: Column, vocabulary: Vocabulary) -> Reader:
    """Return what reads the cells of ``column`` in a file with ``vocabulary``."""
    read = _READERS[column.kind](column, vocabulary)
    return _with_blanks(read, column.blank) if column.blank else read


def item_reader_of(column: Column) -> Reader:
    """Return what reads a cell of a column that holds one key of the map (``需求·党建``)."""
    if column.kind is Kind.ANSWERS:
        return read_yes_no
    # "No specialty" is often written as 0 in such a column; only needs know a level 0.
    least = 0 if column.field == "needs" else 1

    def read(cell: Any) -> int | None:
        if filled(text_of(cell)) is None:
            return None
        level = read_level(cell)
        return level if level >= least else None

    return read


def _with_blanks(read: Reader, words: tuple[str, ...]) -> Reader:
    return lambda cell: None if isinstance(cell, str) and filled(cell) in words else read(cell)


def _dated(read: Callable[..., str]) -> Callable[[Column, Vocabulary], Reader]:
    def made(_column: Column, vocabulary: Vocabulary) -> Reader:
        typed = vocabulary.typed
        return lambda cell: (
            None if isinstance(cell, str) and filled(cell) is None else read(cell, typed=typed)
        )

    return made


def _one_code(column: Column, _vocabulary: Vocabulary) -> Reader:
    known = Known(column.codes)

    def read(cell: Any) -> str | None:
        text = filled(text_of(cell))
        return None if text is None else known.code(text)

    return read


def _several_codes(column: Column, vocabulary: Vocabulary) -> Reader:
    own = vocabulary.flags if column.open else None
    return codes_reader(Known(column.codes, own, open_=column.open))


def _levels(column: Column, _vocabulary: Vocabulary) -> Reader:
    if column.codes is None:
        raise LookupError(f"column {column.field} has levels of no code list")
    return levels_reader(column.codes)


def _rule(cell: Any) -> str | None:
    text = read_id(cell)
    return None if text is None else rule_id(text)


def _params(_column: Column, vocabulary: Vocabulary) -> Reader:
    def read(cell: Any) -> dict[str, Any] | None:
        return None if filled(text_of(cell)) is None else read_params(cell, vocabulary.depth)

    return read


def _same(read: Reader) -> Callable[[Column, Vocabulary], Reader]:
    return lambda _column, _vocabulary: read


_READERS: dict[Kind, Callable[[Column, Vocabulary], Reader]] = {
    Kind.TEXT: _same(read_text),
    Kind.ID: _same(read_id),
    Kind.WHOLE: _same(read_whole),
    Kind.NUMBER: _same(read_number),
    Kind.DATE: _dated(read_date),
    Kind.MONTH: _dated(read_month),
    Kind.YES_NO: _same(read_yes_no),
    Kind.CODE: _one_code,
    Kind.CODES: _several_codes,
    Kind.NAMES: _same(read_names),
    Kind.IDS: _same(read_ids),
    Kind.LEVELS: _levels,
    Kind.ANSWERS: lambda _column, vocabulary: answers_reader(Known(None, vocabulary.conditions)),
    Kind.RULE: _same(_rule),
    Kind.PARAMS: _params,
}
