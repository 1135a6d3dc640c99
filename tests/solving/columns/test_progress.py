"""What the column method says while it works: scores never fall, bounds never rise, the end was said last."""

from functools import cache
from itertools import pairwise

import pytest

from matcher.result import Result
from matcher.settings import Settings
from matcher.solving import Progress, solve
from tests.properties.judged import round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county

from .solved import SETTINGS


@cache
def told(seed: int | None) -> tuple[Result, list[Progress]]:
    """A result and what was told on the way to it: of a tiny round, or of the county."""
    heard: list[Progress] = []
    round_ = county() if seed is None else round_of(seeded_round(seed))
    settings = Settings(method="columns", effort=5) if seed is None else SETTINGS
    return solve(round_, settings, on_progress=heard.append), heard


@pytest.mark.parametrize("seed", [None, *range(30)])
def test_progress_only_gets_better(seed: int | None) -> None:
    result, heard = told(seed)
    # What no people can meet is seen before anything is computed.
    assert heard[0].phase == "attainable" or (heard[0].phase, result.status) == ("start", "infeasible")
    for before, after in pairwise(heard):
        assert before.seconds <= after.seconds
        assert before.score is None or (after.score is not None and before.score <= after.score)
        assert before.bound is None or (after.bound is not None and before.bound >= after.bound)
    assert all(one.gap is None or one.gap >= 0 for one in heard)


@pytest.mark.parametrize("seed", [None, *range(30)])
def test_the_last_word_is_the_result(seed: int | None) -> None:
    result, heard = told(seed)
    score = result.best.score if result.best else None
    assert (heard[-1].score, heard[-1].bound) == (score, result.bound)
    traced = [(point.score, point.bound) for point in result.trace]
    assert traced == list(dict.fromkeys(traced))  # a point for each change
    assert set(traced) <= {(one.score, one.bound) for one in heard}


def test_a_county_is_told_of_more_than_once() -> None:
    result, heard = told(None)
    assert result.best is not None
    assert len({(one.score, one.bound) for one in heard}) >= 5
    assert {"attainable", "columns", "prove", "reserves"} <= {one.phase for one in heard}


def test_a_gap_asked_for_ends_the_solve() -> None:
    early, late = (solve(county(), Settings(method="columns", effort=5, gap=gap)) for gap in (0.1, 0))
    assert early.provenance["work"] < late.provenance["work"]
    assert early.best is not None
    assert late.best is not None
    assert early.best.gap is not None
    assert early.best.gap <= 0.1
    assert early.best.score <= late.best.score
    assert early.bound is not None
    assert early.bound >= late.best.score
