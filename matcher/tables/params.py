"""Parameters of a rule in one cell: ``min_share=0.2; map={weak_org: [party]}``, or plain JSON.

Words need no quotes where they hold no sign of the notation; full-width signs and Chinese names of
village types, specialties and negative-list items are understood. Any JSON object is valid notation.
"""

from __future__ import annotations

import json
import re
from typing import Any

from matcher.codes import NEGATIVE_ITEMS, ROLES, SPECIALTIES, VILLAGE_TYPES
from matcher.problems import shortened
from matcher.tables.folding import folded, quoted, trimmed
from matcher.tables.scalars import text_of
from matcher.tables.wrong import Wrong

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,308})(\.\d+)?([eE][+-]?\d{1,3})?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)[%％]")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”')
_WORDS = {"true": True, "false": False, "null": None}
_SIGNS = '[]{}:=,;、\n"“”［］｛｝：＝，；'
_NAMED = (VILLAGE_TYPES, SPECIALTIES, ROLES, NEGATIVE_ITEMS)

#: Where a bare word ends: a key, an item of a list (also of one without brackets), a value of a map.
_KEY, _ITEM, _MAP_VALUE = (
    re.compile(rf"[^{re.escape(stops)}]*")
    for stops in ("[]{}:=,;\n［］｛｝：＝，；", "[]{},;、\n［］｛｝，；", "[]{},;\n［］｛｝，；")
)


def read_params(cell: Any, depth: int = 20) -> dict[str, Any]:
    """Return the parameters that a cell holds.

    Parameters
    ----------
    cell
        What stands in the cell.
    depth
        How deep lists and maps may be nested.

    Raises
    ------
    Wrong
        Where the cell can't be read, with what stands at the fault.
    """
    return _Notation(trimmed(text_of(cell)), depth).params()


def write_params(params: dict[str, Any]) -> str:
    """Return the cell that :func:`read_params` reads as ``params``: readable where possible, else JSON."""
    text = "; ".join(f"{_written(key)}={_written(value)}" for key, value in params.items())
    try:
        exact = _same(read_params(text), params)
    except Wrong:
        exact = False
    return text if exact else json.dumps(params, ensure_ascii=False)


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_written(k)}: {_written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    plain = value and not any(sign in value for sign in _SIGNS) and value == trimmed(value)
    return value if plain and _scalar(value) == value == _code(value) else quoted(value)


def _scalar(word: str) -> Any:
    """Return a bare word as the number or constant that it is, else as text."""
    plain = folded(word)
    if plain in _WORDS:
        return _WORDS[plain]
    if _NUMBER.fullmatch(plain):
        return json.loads(plain)
    percent = _PERCENT.fullmatch(plain)
    return float(f"{percent[1]}e-2") if percent else word


def _code(word: str) -> str:
    """Return the code that a Chinese name means, as an item or a key; anything else as it is."""
    if word.isascii():
        return word
    found = (codes.find(word) for codes in _NAMED)
    return next((code for code in found if code), word)


class _Notation:
    """One cell on its way to a map: a reader with one sign of foresight."""

    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.at = 0
        self.room = depth

    def params(self) -> dict[str, Any]:
        """Return the whole cell as a map."""
        result = self._map() if self._stands("{｛") else self._pairs(_ITEM, "")
        if self._sign():
            raise self._wrong()
        return result

    def _sign(self) -> str:
        """Return the sign that comes next, blanks passed over; "" at the end."""
        while self.at < len(self.text) and self.text[self.at] in " \t\u3000":
            self.at += 1
        return self.text[self.at : self.at + 1]

    def _stands(self, signs: str) -> bool:
        """Return whether one of ``signs`` comes next."""
        sign = self._sign()
        return bool(sign) and sign in signs

    def _pass(self, signs: str) -> bool:
        """Pass over any number of ``signs`` and tell whether there was one."""
        passed = False
        while self._stands(signs):
            self.at += 1
            passed = True
        return passed

    def _wrong(self, code: str = "bad_params") -> Wrong:
        near = self.text[self.at : self.at + 30] or self.text[-30:]
        return Wrong(code, shortened(near), position=self.at + 1)

    def _pairs(self, stops: re.Pattern[str], end: str) -> dict[str, Any]:
        """Read ``key=value`` pairs up to a sign of ``end``, or to the end of the cell."""
        result: dict[str, Any] = {}
        self._pass(",;，；\n")
        while self._sign() and not self._stands(end):
            key = self._string()
            if key is None:
                key = _code(self._bare(_KEY))
            if key in result:
                raise self._wrong("repeated_key")
            if not self._stands(":=：＝"):
                raise self._wrong()
            self.at += 1
            result[key] = self._value(stops, outside=not end)
            if not self._pass(",;，；\n") and self._sign() and not self._stands(end):
                raise self._wrong()
        return result

    def _value(self, stops: re.Pattern[str], *, outside: bool = False) -> Any:
        self._pass("\n")
        if self._stands("{｛"):
            return self._map()
        if self._stands("[［"):
            return self._list()
        string = self._string()
        value = _scalar(self._bare(stops)) if string is None else string
        if not outside or not self._stands("、"):
            return value
        values = [value if string is not None else self._item(value)]
        while self._pass("、"):
            values.append(self._item(self._value(_ITEM)))
        return values

    def _map(self) -> dict[str, Any]:
        self._open()
        result = self._pairs(_MAP_VALUE, "}｝")
        self._close("}｝")
        return result

    def _list(self) -> list[Any]:
        self._open()
        result: list[Any] = []
        self._pass(",;、，；\n")
        while self._sign() and not self._stands("]］"):
            bare = not self._stands('[{［｛"“')
            value = self._value(_ITEM)
            result.append(self._item(value) if bare else value)
            if not self._pass(",;、，；\n") and not self._stands("]］"):
                raise self._wrong()
        self._close("]］")
        return result

    def _item(self, value: Any) -> Any:
        return _code(value) if isinstance(value, str) else value

    def _open(self) -> None:
        self.at += 1
        self.room -= 1
        if self.room < 0:
            raise self._wrong("too_deep")

    def _close(self, signs: str) -> None:
        if not self._stands(signs):
            raise self._wrong()
        self.at += 1
        self.room += 1

    def _string(self) -> str | None:
        """Read a quoted text literally; None where none comes next."""
        self._pass("\n")
        match = _STRING.match(self.text, self.at)
        if match is None:
            return None
        if match[2] is None:
            try:
                value = str(json.loads(match[0]))
            except ValueError:
                raise self._wrong() from None
        else:
            value = match[2]
        self.at = match.end()
        return value

    def _bare(self, stops: re.Pattern[str]) -> str:
        """Read a word without quotes."""
        match = stops.match(self.text, self.at)
        word = trimmed(match[0]) if match else ""
        if not match or not word:
            raise self._wrong()
        self.at = match.end()
        return word
