"""The folder of the documentation's own modules, importable in these tests."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@pytest.fixture
def reference_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Return the module that writes the generated parts."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(DOCS / "ext"))
    yield importlib.import_module("reference_pages")
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(DOCS)):
            del sys.modules[name]
