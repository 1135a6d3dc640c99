"""What the routes of the catalogue give."""

from __future__ import annotations

from typing import Any

from api.access.schemas import Body

Text = dict[str, str]


class RuleHelp(Body):
    """A rule or term: its default mode, weight and parameters, and its texts in both languages."""

    id: str
    kind: str
    mode: str
    weight: int | None = None
    params: dict[str, Any]
    name: Text
    sentence: Text
    why: Text
    allowed: Text
    refused: Text
    params_schema: dict[str, Any]


class RulesHelp(Body):
    """Rules or terms in their order."""

    items: list[RuleHelp]


class CodeHelp(Body):
    """A code with its names and the other spellings that are understood."""

    code: str
    zh: str
    en: str
    aliases: list[str]


class CodeListHelp(Body):
    """A list of codes."""

    name: str
    text: Text
    codes: list[CodeHelp]


class CodeLists(Body):
    """All lists of codes."""

    items: list[CodeListHelp]


class DemoHead(Body):
    """A sample round, and how large it is."""

    name: str
    title: str
    villages: int
    units: int
    cadres: int


class Demos(Body):
    """The sample rounds."""

    items: list[DemoHead]
