"""A round without any plan ends in the same conflict, whichever method finds that out."""

from itertools import islice

from tests.properties.judged import best_of, instance_of, result_of
from tests.properties.tiny_rounds import seeded_round

from .solved import alone, columns_of

SEEDS = list(islice((seed for seed in range(500, 700) if not best_of(seeded_round(seed)).feasible), 14))


def test_the_conflict_is_the_same() -> None:
    for seed in SEEDS:
        mine, other = columns_of(seeded_round(seed)), result_of(seeded_round(seed))
        assert (mine.status, mine.plans) == (other.status, other.plans) == ("infeasible", ())
        assert mine.infeasibility is not None
        assert other.infeasibility is not None
        assert mine.infeasibility.conflict == other.infeasibility.conflict
        costs = [
            [repair["cost"] for repair in one.repairs] for one in (mine.infeasibility, other.infeasibility)
        ]
        assert costs[0] == costs[1]
        assert mine.infeasibility.conflict.minimal


def test_columns_alone_have_no_plan_and_no_proof() -> None:
    for seed in SEEDS:
        method = alone(instance_of(seeded_round(seed)))
        assert method.incumbent.teams is None
        assert not method.incumbent.optimal
