"""Counties that share people, units and quotas: solved apart, they find what one model of all of them finds."""

from collections import Counter

import pytest

from matcher.check import check
from matcher.model.instance import Instance
from tests.properties.judged import attainable_of, optimum, round_of
from tests.solving.columns.crossing import crossing_rounds

from .asked import alone, counties_of

ROUNDS = 100


@pytest.mark.parametrize("start", range(0, ROUNDS, 25))
def test_plan_and_bound_agree_with_the_one_model(start: int) -> None:
    for doc in crossing_rounds(ROUNDS)[start : start + 25]:
        best, result = optimum(doc), counties_of(doc)
        assert result.best is not None
        assert (result.best.score, result.bound, result.status) == (best, best, "optimal")
        assert check(round_of(doc), result.best, attainable=True, bound=True, reserves=True).ok


def test_counties_alone_are_right() -> None:
    """Their bound is above every plan, their plan is one, and most of what crosses is settled by prices."""
    ended = Counter[str]()
    for doc in crossing_rounds(ROUNDS):
        method, best = alone(Instance(round_of(doc))), optimum(doc)
        incumbent = method.incumbent
        assert best is not None
        assert incumbent.bound is not None
        assert incumbent.bound >= best
        assert incumbent.score is None or incumbent.score <= best
        assert method.incumbent.attainable == attainable_of(doc)
        ended["planned"] += incumbent.score is not None
        ended["near"] += incumbent.bound - best <= 0.02 * abs(best)
    assert ended["planned"] > 0.6 * ROUNDS, ended
    assert ended["near"] > 0.7 * ROUNDS, ended
