"""Chance that is the same on every machine."""

import statistics
from collections import Counter

import pytest

from matcher.synth.draws import Draws, apportion, capped, exp


def test_the_stream_is_the_one_it_always_was() -> None:
    draws = Draws("huaxi", 23, 1, "a test")
    assert [draws.below(1000) for _ in range(5)] == [683, 290, 108, 101, 530]
    assert Draws("a").unit() != Draws("b").unit()


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (7, [5, 0, 2], [5, 0, 2]),
        (0, [1, 2], [0, 0]),
        (3, [0.1, 0.2, 0.4], [0, 1, 2]),
    ],
)
def test_apportion(total: int, weights: list[float], parts: list[int]) -> None:
    found = apportion(total, weights)
    assert sum(found) == total
    assert found == parts


def test_capped() -> None:
    assert capped(10, [1.0, 1.0, 1.0], [2, 3, 9]) == [2, 3, 5]
    assert capped(99, [1.0, 1.0], [2, 3]) == [2, 3]
    assert sum(capped(17, [0.0, 5.0, 1.0], [4, 6, 20])) == 17


def test_dealt_is_exact_and_shuffled() -> None:
    dealt = Draws("deal").dealt({"a": 1, "b": 3}, 40)
    assert Counter(dealt) == {"a": 10, "b": 30}
    assert dealt != sorted(dealt)


def test_distributions() -> None:
    draws = Draws("distributions")
    bells = [draws.bell() for _ in range(4000)]
    assert statistics.mean(bells) == pytest.approx(0, abs=0.06)
    assert statistics.pstdev(bells) == pytest.approx(1, abs=0.05)
    assert statistics.median(draws.lognormal(45, 0.8) for _ in range(4000)) == pytest.approx(45, rel=0.06)
    assert statistics.mean(draws.poisson(2) for _ in range(4000)) == pytest.approx(2, abs=0.1)
    shares = Counter(draws.among({"a": 1, "b": 0, "c": 3}) for _ in range(4000))
    assert shares["b"] == 0
    assert shares["c"] / 4000 == pytest.approx(0.75, abs=0.03)
    assert exp(1) == pytest.approx(2.718281828459045)


def test_sample_and_shuffle_keep_what_they_get() -> None:
    draws = Draws("sample")
    assert sorted(draws.shuffled(range(20))) == list(range(20))
    assert len(set(draws.sample(range(20), 7))) == 7
    assert sorted(draws.sample([1, 2], 5)) == [1, 2]
