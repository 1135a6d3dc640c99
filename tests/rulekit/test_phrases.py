"""Phrases of several rules: a range is said as briefly as it can be."""

import pytest

from matcher.rulekit.phrases import span


@pytest.mark.parametrize(
    ("least", "most", "zh", "en"),
    [
        (1, 1, "1", "1"),
        (0, 0, "0", "0"),
        (1, 3, "1至3", "1 to 3"),
        (2, None, "至少2", "at least 2"),
        (None, 0, "至多0", "at most 0"),
    ],
)
def test_a_range_in_words(least: int | None, most: int | None, zh: str, en: str) -> None:
    assert (span(least, most).zh, span(least, most).en) == (zh, en)
