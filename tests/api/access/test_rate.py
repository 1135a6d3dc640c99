"""How often somebody may ask: so many times within a window that moves, each by itself."""

from __future__ import annotations

import threading

import pytest

from api.access.rate import Rates
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
        seconds = refused.value.details["seconds"]
        assert refused.value.details == {"limit": "3/minute", "seconds": seconds}
        assert refused.value.headers == {"Retry-After": str(seconds)}
        assert 55 <= seconds <= 60
    rates.failed("p-1")  # an address is no principal
    with pytest.raises(Refused):
        rates.failed("p-1")


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
