"""Views of documents are kept for a while, no more of them than there is room for."""

from __future__ import annotations

from api.storage.views import Views


def made(text: bytes, calls: list[bytes]) -> bytes:
    calls.append(text)
    return text


def test_a_view_is_made_once() -> None:
    views, calls = Views(), []  # type: tuple[Views, list[bytes]]
    for _ in range(3):
        assert views.get("d1", "masked", lambda: made(b"one", calls)) == b"one"
    assert views.get("d1", "other", lambda: made(b"two", calls)) == b"two"
    assert views.get("d2", "masked", lambda: made(b"three", calls)) == b"three"
    assert calls == [b"one", b"two", b"three"]


def test_those_asked_for_last_are_kept() -> None:
    views, calls = Views(most=10, largest=8), []  # type: tuple[Views, list[bytes]]

    def shown(name: str) -> bytes:
        return views.get(name, "masked", lambda: made(name.encode() * 4, calls))

    for name in ("a", "b", "a", "c", "a", "b"):
        assert shown(name) == name.encode() * 4
    # c took the place of b, which was asked for longer ago than a.
    assert calls == [b"aaaa", b"bbbb", b"cccc", b"bbbb"]


def test_what_is_too_large_is_not_kept() -> None:
    views, calls = Views(most=10, largest=3), []  # type: tuple[Views, list[bytes]]
    for _ in range(2):
        assert views.get("a", "masked", lambda: made(b"aaaa", calls)) == b"aaaa"
    assert len(calls) == 2
