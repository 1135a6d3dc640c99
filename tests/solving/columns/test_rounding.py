"""A choice made soon is a choice, and as near to the best as it says."""

import pytest

from matcher.solving.columns import rounding
from matcher.solving.columns.market import SCALE
from matcher.solving.columns.rounding import quick_choice
from matcher.solving.stopping import Stop

from .test_integer import BLOCKS, best_of, listed, value


@pytest.mark.parametrize("left", [0.75, 10.0])
def test_choices_are_as_near_as_they_say(left: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one column a block left open, or all of them, in the second step."""
    monkeypatch.setattr(rounding, "LEFT", left)
    near = far = 0
    for seed in range(300):
        market, columns, _ = listed(seed)
        best, within = best_of(market, columns, {}), 0.5 + seed % 3
        chosen = quick_choice(columns, BLOCKS, market, Stop(), within=within)
        if best is None:
            assert chosen.columns is None
        if chosen.columns is None:
            assert not chosen.complete
            continue
        assert sorted(column.block for column in chosen.columns) == sorted(BLOCKS)
        rows = {row for column in columns for row in column.rows}
        points = value(market, tuple(chosen.columns), {}, rows)
        assert best is not None
        assert points is not None
        assert chosen.worth is not None
        assert points <= best
        if chosen.complete:
            near += 1
            assert points >= best - within
        else:
            far += 1
    assert near > 100
    assert far > 0


def test_nothing_is_chosen_after_a_stop() -> None:
    market, columns, _ = listed(1)
    stop = Stop()
    stop.request()
    chosen = quick_choice(columns, BLOCKS, market, stop, within=SCALE)
    assert chosen.columns is None
    assert not chosen.complete
