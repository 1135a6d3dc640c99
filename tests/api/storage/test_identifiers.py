"""Identifiers are UUIDs of version 7 and sort by when they were made."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from api.storage.identifiers import new_identifier

if TYPE_CHECKING:
    import pytest


def test_identifier_is_a_uuid_of_version_7() -> None:
    made = {new_identifier() for _ in range(1000)}
    assert len(made) == 1000
    for text in made:
        parsed = uuid.UUID(text)
        assert str(parsed) == text
        assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)


def test_identifier_begins_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # The example of RFC 9562, appendix A.6: Tuesday, 22 February 2022, 2:22:22 PM GMT-05:00.
    monkeypatch.setattr(time, "time_ns", lambda: 1645557742000 * 1_000_000 + 999_999)
    assert new_identifier().startswith("017f22e2-79b0-7")


def test_identifiers_sort_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for milliseconds in (1, 255, 256, 1645557742000, 2**48 - 1):
        monkeypatch.setattr(time, "time_ns", lambda now=milliseconds: now * 1_000_000)
        made.append(new_identifier())
    assert made == sorted(made)
