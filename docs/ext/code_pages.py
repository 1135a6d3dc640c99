"""The code lists, from :mod:`matcher.codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import cell, code, table

from matcher import codes
from matcher.codes import CodeList, Language

if TYPE_CHECKING:
    from collections.abc import Iterator


def code_lists() -> Iterator[CodeList]:
    """Yield every code list."""
    yield from (item for item in vars(codes).values() if isinstance(item, CodeList))


def anchor(list_: CodeList) -> str:
    """Return the label of a code list, for links."""
    return f"codes-{list_.name.replace('_', '-')}"


def link(list_: CodeList) -> str:
    """Return a link to a code list."""
    return f"[{list_.text.en}](#{anchor(list_)})"


def page() -> str:
    """Return every code list as a table."""
    parts = []
    for list_ in code_lists():
        rows = [
            [code(item.code), cell(item.zh), cell(item.en), cell("、".join(item.aliases))]
            for item in list_.codes
        ]
        heading = f"{list_.text.en[0].upper()}{list_.text.en[1:]} · {list_.text.zh}"
        body = table(["code", "中文", "English", "also understood"], rows)
        parts.append(f"({anchor(list_)})=\n\n## {heading}\n\n{body}")
    return "\n".join(parts)


def needs(language: Language) -> str:
    """Return the built-in needs by type."""
    rows = []
    for type_, wanted in codes.NEEDS_BY_TYPE.items():
        if language == "zh":
            levels = "、".join(f"{codes.SPECIALTIES[k].zh}{level}" for k, level in wanted.items())
            rows.append([cell(codes.VILLAGE_TYPES[type_].zh), levels])
        else:
            levels = ", ".join(f"{code(k)} {level}" for k, level in wanted.items())
            rows.append([code(type_), cell(codes.VILLAGE_TYPES[type_].zh), levels])
    return table(["村类型", "需求"] if language == "zh" else ["type", "中文", "needs"], rows)
