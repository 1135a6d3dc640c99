"""Bending the rules of a large round, by whole teams, costs what the one model says that it must."""

import pytest

from matcher.model.instance import Instance
from matcher.settings import Settings
from matcher.solving.infeasible import elastic
from matcher.solving.infeasible.elastic import cheapest_bend
from matcher.solving.infeasible.giving import giving
from matcher.solving.stopping import Stop
from tests.properties.judged import EFFORT, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.test_conflict import infeasible_seeds


@pytest.mark.parametrize("start", range(0, 40, 10))
def test_the_cost_is_the_least(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    gives, proven = giving(Settings()), 0
    for seed in infeasible_seeds()[start : start + 10]:
        instance = Instance(round_of(seeded_round(seed)))
        right = cheapest_bend(instance, gives, (), Stop(), work=EFFORT, seed=1)
        with monkeypatch.context() as patch:
            patch.setattr(elastic, "SMALL", 0)
            found = cheapest_bend(instance, gives, (), Stop(), work=EFFORT, seed=1)
            if right is None:
                assert found is None
                continue
            assert right.proven
            if found is not None:
                assert found.cost >= right.cost
                assert not found.proven or found.cost == right.cost
                proven += found.proven
            dear = cheapest_bend(instance, gives, (), Stop(), work=EFFORT, seed=1, most=right.cost)
            assert dear is None or dear.cost >= right.cost
    assert proven > 3
