"""Bending the rules of a large round, by whole teams, costs what the one model says that it must."""

import pytest

from matcher import Settings, check, solve
from matcher.edits import Edit, edited
from matcher.giving import giving
from matcher.model.instance import Instance
from matcher.solving.infeasible import conflict, elastic
from matcher.solving.infeasible.bending import Bending
from matcher.solving.infeasible.elastic import cheapest_bend
from matcher.solving.stopping import Stop
from tests.properties.judged import EFFORT, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.test_conflict import can_be_met, infeasible_seeds


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
            useless = cheapest_bend(instance, gives, (), Stop(), work=EFFORT, seed=1, most=0)
            assert useless is None or useless.cost >= right.cost
    assert proven > 3


@pytest.mark.parametrize("start", range(0, 40, 10))
def test_conflicts_and_repairs_of_large_rounds_stand(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if tiny rounds were large: bent by whole teams, and looked at first where prices or people say so."""
    tried = 0
    for seed in infeasible_seeds()[start : start + 10]:
        doc = seeded_round(seed)
        with monkeypatch.context() as patch:
            patch.setattr(elastic, "SMALL", 0)
            patch.setattr(conflict, "SMALL", 0)
            found = solve(round_of(doc), Settings(method="columns", effort=EFFORT)).infeasibility
        assert found is not None
        if found.conflict.minimal:
            assert not can_be_met(doc, found.conflict.rules)
            for spared in found.conflict.rules:
                assert can_be_met(doc, [rule for rule in found.conflict.rules if rule != spared])
        for repair in found.repairs:
            changed = edited(round_of(doc), [Edit.model_validate(step["edit"]) for step in repair["steps"]])
            best = solve(changed, Settings(method="one_piece")).best
            assert best is not None
            assert check(changed, best).ok
            tried += 1
    assert tried > 3


def test_a_search_of_no_use_ends_once() -> None:
    """A second request to stop would abort the whole solve."""
    instance = Instance(round_of(seeded_round(infeasible_seeds()[0])))
    whole = Stop()
    bending = Bending(instance, giving(Settings()), whole, most=100)
    bending.prove(10**6)
    assert not bending.stop.now
    for bound in (-(10**6), -(10**7)):
        bending.prove(bound)
        assert bending.stop.now
    assert not whole.now
