"""What a solve says while it works: scores never fall, bounds never rise, the end is what was said last."""

from functools import cache
from itertools import pairwise

import pytest

from matcher.result import Result
from matcher.settings import Settings
from matcher.solving import Progress, solve
from tests.properties.judged import round_of
from tests.properties.tiny_rounds import seeded_round

from .county import county

ORDER = ["attainable", "start", "improve", "prove", "reserves", "conflict", "repair", "repairs", "partial"]


@cache
def told(seed: int | None) -> tuple[Result, list[Progress]]:
    """A result and what was told on the way to it: of a tiny round, or of the county."""
    heard: list[Progress] = []
    round_ = county() if seed is None else round_of(seeded_round(seed))
    settings = Settings(method="one_piece", effort=2 if seed is None else 20)
    result = solve(round_, settings, on_progress=heard.append)
    return result, heard


@pytest.mark.parametrize("seed", [None, *range(40)])
def test_progress_only_gets_better(seed: int | None) -> None:
    _, heard = told(seed)
    for before, after in pairwise(heard):
        assert before.seconds <= after.seconds
        assert ORDER.index(before.phase) <= ORDER.index(after.phase)
        assert before.score is None or (after.score is not None and before.score <= after.score)
        assert before.bound is None or (after.bound is not None and before.bound >= after.bound)
    assert all(one.gap is None or one.gap >= 0 for one in heard)


@pytest.mark.parametrize("seed", [None, *range(40)])
def test_the_last_word_is_the_result(seed: int | None) -> None:
    result, heard = told(seed)
    score = result.best.score if result.best else None
    assert (heard[-1].score, heard[-1].bound) == (score, result.bound)
    if result.trace:
        assert (result.trace[-1].score, result.trace[-1].bound) == (score, result.bound)
    traced = [(point.score, point.bound) for point in result.trace]
    assert traced == list(dict.fromkeys(traced))  # a point for each change
    assert set(traced) <= {(one.score, one.bound) for one in heard}


def test_a_county_is_told_of_more_than_once() -> None:
    result, heard = told(None)
    assert len({(one.score, one.bound) for one in heard}) >= 3
    assert {"attainable", "start", "prove", "reserves"} <= {one.phase for one in heard}
    assert result.status == "feasible"
