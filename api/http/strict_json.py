"""JSON read strictly: what the library lets through although it is no JSON, or can be kept nowhere, is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from api.problems import Refused

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_OPENING, _CLOSING = b"[{", b"]}"
#: A pair of surrogates is a character; what the group finds is half of one, or NUL, which no PostgreSQL text may hold.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u0000|u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_DIGITS = 400


def read(body: bytes, depth: int) -> Any:
    """Return what the JSON in ``body`` says.

    Raises
    ------
    Refused
        With the code ``json_too_deep``, ``json_syntax`` (not UTF-8, too), ``bad_text`` or ``bad_number``.
    """
    refuse_deep(body, depth)
    # In UTF-16 or UTF-32, which the library would take too, there are zeros in any JSON.
    if b"\x00" in body:
        raise Refused("bad_text")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("json_syntax") from None
    if any(found[1] for found in _ESCAPE.finditer(text)):
        raise Refused("bad_text")
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_finite, parse_int=_whole)
    except ValueError:
        raise Refused("json_syntax") from None


def refuse_deep(body: bytes, most: int) -> None:
    """Refuse JSON that is nested deeper than ``most``, without parsing it.

    Raises
    ------
    Refused
        With the code ``json_too_deep``.
    """
    depth = 0
    for byte in _STRING.sub(b"", body):
        depth += (byte in _OPENING) - (byte in _CLOSING)
        if depth > most:
            raise Refused("json_too_deep", most=most)


def _no_number(_text: str) -> NoReturn:
    raise Refused("bad_number", most=_DIGITS)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _whole(text: str) -> int:
    return int(text) if len(text) < _DIGITS else _no_number(text)
