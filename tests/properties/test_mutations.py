"""A plan with something changed is judged alike by the model, the checker and the outside recount."""

from collections import Counter
from random import Random

import pytest

from tests.outside.small import Row

from .judged import best_of
from .mutations import MUTATIONS, mutated
from .tiny_rounds import seeded_round
from .verdicts import by_checker, by_model, by_outside, by_state, in_order, teams_from

SERIES = [range(start, start + 20) for start in range(1000, 1120, 20)]
NEVER_POSTS = ("unknown cadre", "unknown village", "unknown township", "unknown role", "post twice")


@pytest.mark.parametrize("seeds", SERIES, ids=lambda seeds: str(seeds.start))
def test_mutations_of_good_plans(seeds: range) -> None:
    seen: Counter[bool] = Counter()
    for seed in seeds:
        doc = seeded_round(seed)
        chance = Random(seed)
        for name in MUTATIONS if best_of(doc).feasible else ():
            for again in (False, True):
                posts = changed(chance, doc, name, again=again)
                if posts is not None:
                    seen[judge(doc, posts)] += 1
    assert min(seen[True], seen[False]) >= 10


def changed(chance: Random, doc: Row, name: str, *, again: bool) -> list[Row] | None:
    """The best plan after one mutation, or after another on top."""
    posts = mutated(chance, doc, best_of(doc).posts, name)
    if posts is None or not again:
        return posts
    return mutated(chance, doc, posts, chance.choice(list(MUTATIONS)))


def judge(doc: Row, posts: list[Row]) -> bool:
    """Whether the posts keep all hard rules, which all judges must agree on, and on the score of those that do."""
    checker, outside = by_checker(doc, posts), by_outside(doc, posts)
    assert checker.kept == outside.kept, (checker.broken, outside.broken, posts)
    if in_order(doc, posts):
        assert (checker.score, checker.broken) == (outside.score, outside.broken), posts
    teams = teams_from(doc, posts)
    if teams is None:
        assert not checker.kept, posts  # the model has no such plan
        return False
    model, state = by_model(doc, teams), by_state(doc, teams)
    assert (model.kept, state.kept) == (checker.kept, checker.kept), (checker.broken, posts)
    if checker.kept:
        assert (
            (model.score, state.score) == (checker.score, checker.score) == (outside.score, outside.score)
        ), posts
    return checker.kept


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_happens(name: str) -> None:
    """Each in several rounds; those that make no sense are refused by the checker, whatever the rules."""
    happened = 0
    for doc in map(seeded_round, range(1000, 1120)):
        posts = mutated(Random(1), doc, best_of(doc).posts, name) if best_of(doc).feasible else None
        if posts is not None:
            happened += 1
            assert name not in NEVER_POSTS or not by_checker(doc, posts).kept
    assert happened >= 4
