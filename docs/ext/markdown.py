"""Small pieces of Markdown: cells, tables, anchors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def cell(text: object) -> str:
    """Return ``text`` so that it stands in one cell as it is."""
    escaped = re.sub(r"([\\`*_{}\[\]<>|#$])", r"\\\1", "" if text is None else str(text))
    return escaped.replace("\n", "<br>")


def code(text: object) -> str:
    """Return ``text`` as code in a cell."""
    return f"`{text}`".replace("|", "\\|") if text not in (None, "") else ""


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """Return a table; its cells are Markdown already."""
    lines = [f"| {' | '.join(headers)} |", f"|{'---|' * len(headers)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    attributes = f"{{.{css}}}\n" if css else ""
    return attributes + "\n".join(lines) + "\n"


def write(path: Path, text: str) -> None:
    """Write ``text`` unless it stands there already: an untouched page is not built again."""
    if not path.is_file() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
