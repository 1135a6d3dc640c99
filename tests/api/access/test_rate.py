"""How often somebody may ask: so many times within a window that moves, each by itself."""

from __future__ import annotations

import threading

import pytest
from limits import parse

from api.access.rate import Rates, Window
from api.problems import Refused


def test_each_has_a_count_of_its_own() -> None:
    rates = Rates("3/minute", "1/minute")
    for _ in range(3):
        rates.request("p-1")
        rates.request("p-2")
    for name in ("p-1", "p-2"):
        with pytest.raises(Refused) as refused:
            rates.request(name)
        assert refused.value.code == "too_many_requests"
        assert refused.value.details == {"limit": "3/minute", "seconds": 60}
        assert refused.value.headers == {"Retry-After": "60"}
    rates.failed("p-1")  # an address is no principal
    with pytest.raises(Refused):
        rates.failed("p-1")


def test_window_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("api.access.rate.time.monotonic", lambda: now)
    rates = Rates("2/minute", "1/minute")
    rates.request("p-1")
    now += 40
    rates.request("p-1")
    with pytest.raises(Refused) as refused:
        rates.request("p-1")
    assert refused.value.details["seconds"] == 20
    now += 20
    rates.request("p-1")  # the first is out of the window; what was refused does not count
    with pytest.raises(Refused):
        rates.request("p-1")


def test_who_does_not_come_any_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("api.access.rate.time.monotonic", lambda: now)
    window = Window(parse("1/minute"))
    for number in range(100):
        window.count(f"10.0.0.{number}")
    assert len(window.names) == 100
    now += 61
    window.count("10.0.1.1")
    assert window.names == ["10.0.1.1"]


def test_several_threads_count_together() -> None:
    rates, refused = Rates("50/minute", "1/minute"), []

    def ask() -> None:
        for _ in range(20):
            try:
                rates.request("p-1")
            except Refused as error:
                refused.append(error)

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 50
