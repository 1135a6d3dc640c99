"""Reading a round's JSON document: strictly, with every fault reported by its path."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from matcher.problems import InvalidInput, Location, Problem, shortened
from matcher.tables.unpack import read_bytes, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matcher.tables.limits import Limits

#: Half a character, or NUL: neither can be kept as text.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class _Repeated(dict[str, Any]):
    """An object with keys that were given twice."""

    keys_twice: tuple[str, ...] = ()


class _NoNumber:
    """A constant that JSON doesn't have: NaN, Infinity."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_json(path: Path, limits: Limits) -> dict[str, Any]:
    """Return the document at ``path``.

    Raises
    ------
    InvalidInput
        With every key given twice, number that is none, and text that is no text; or with the one fault
        that makes it no JSON at all.
    """
    data = read_bytes(path, limits.file_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("not_utf8", path)
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_NoNumber, parse_int=_whole)
    except json.JSONDecodeError as error:
        details = {"line": error.lineno, "column": error.colno, "message": error.msg}
        problem = Problem("json_syntax", value=path.name, details=details)
        raise InvalidInput([problem.at(Location(path.name, error.lineno))]) from None
    except RecursionError:
        refuse("too_deep", path, most=limits.depth)
    if not isinstance(document, dict):
        raise InvalidInput([Problem("not_a_round", "round", value=shortened(type(document).__name__))])
    problems = list(_faults(document, (), limits.depth, "\\u" in text))
    if problems:
        raise InvalidInput(problems)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    repeated = _Repeated(result)
    names = [name for name, _ in pairs]
    repeated.keys_twice = tuple(name for name in result if names.count(name) > 1)
    return repeated


def _whole(text: str) -> Any:
    """Return a whole number; one of hundreds of digits is none that anybody means."""
    return int(text) if len(text) < 400 else _NoNumber(text)  # noqa: PLR2004


def _faults(value: Any, path: tuple[str | int, ...], room: int, escapes: bool) -> Iterator[Problem]:
    """Yield what no round may hold, wherever it stands."""
    if isinstance(value, dict | list):
        if room == 0:
            yield _problem("too_deep", path)
            return
        if isinstance(value, _Repeated):
            for name in value.keys_twice:
                yield _problem("repeated_key", (*path, name), name)
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            if escapes and isinstance(key, str) and _NO_TEXT.search(key):
                yield _problem("not_text", path, repr(key))
            if not isinstance(item, int | None) and (escapes or not isinstance(item, str)):
                yield from _faults(item, (*path, key), room - 1, escapes)
    elif isinstance(value, _NoNumber) or (
        isinstance(value, float) and value in (float("inf"), float("-inf"))
    ):
        yield _problem("not_a_number", path, value.text if isinstance(value, _NoNumber) else str(value))
    elif isinstance(value, str) and escapes and _NO_TEXT.search(value):
        yield _problem("not_text", path, repr(value))


def _problem(code: str, path: tuple[str | int, ...], value: str = "") -> Problem:
    """Return a problem at ``path``: table, index of the record and field, or a field of the round itself."""
    table, row, rest = "round", None, path
    if len(path) > 1 and isinstance(path[1], int):
        table, row, rest = str(path[0]), path[1], path[2:]
    inside = ".".join(map(str, rest[1:]))
    field = str(rest[0]) if rest else ""
    return Problem(code, table, row, field, shortened(value), {"inside": inside} if inside else {})
