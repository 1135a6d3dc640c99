"""What the pages about the service name exists: paths, refusals, settings, metrics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from api.app import API, create_app
from api.config import PREFIX, Settings
from api.words import REFUSALS
from tests.docs.pages import DOCS, blocks

if TYPE_CHECKING:
    from pathlib import Path

OPERATORS, PLANNERS = DOCS / "service.md", DOCS / "zh" / "service.md"


def served(tmp_path: Path) -> set[str]:
    """Return the paths of the API, with ``{}`` for what varies."""
    app = create_app(Settings(data=tmp_path / "data"))
    app.state.service.database.dispose()
    return {re.sub(r"{\w+}", "{}", path) for path in app.openapi()["paths"]}


def test_every_path_of_the_examples_is_served(tmp_path: Path) -> None:
    text = "".join(block.text for block in blocks(PLANNERS, "console"))
    named = {re.sub(r"\$\w+", "{}", path) for path in re.findall(rf"\$URL({API}[^\"?]*)", text)}
    assert len(named) > 3
    assert named <= served(tmp_path)


def test_every_code_of_the_table_is_a_refusal() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PLANNERS.read_text("utf-8"), re.MULTILINE)
    named = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    assert len(named) > 8
    assert named <= set(REFUSALS)


@pytest.mark.parametrize("page", [OPERATORS, PLANNERS], ids=lambda page: page.parent.name)
def test_every_setting_exists(page: Path) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bMATCHER_[A-Z_]+[A-Z]\b", page.read_text("utf-8")))
    assert {name.removesuffix("_FILE") for name in named} <= {name.removesuffix("_FILE") for name in known}
