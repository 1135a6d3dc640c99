"""What posting people can reach is a limit on every plan, and near enough to see plain shortages."""

from collections.abc import Callable
from random import Random

import pytest

from benchmarks import troubles
from matcher import Round
from matcher.check.distances import held
from matcher.edits import Edit, edited
from matcher.model.instance import Instance
from matcher.solving.infeasible.reach import Reach
from matcher.solving.state import State
from tests.properties.judged import best_of, result_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county

Trouble = Callable[[Round, Random], list[Edit]]

SHORTAGES: tuple[Trouble, ...] = (
    troubles.too_few_young,
    troubles.too_old,
    troubles.too_few_specialists,
    troubles.too_few_of_section_rank,
    troubles.too_many_posts,
    troubles.nothing_to_send,
)


@pytest.mark.parametrize("start", range(0, 240, 60))
def test_no_plan_goes_beyond(start: int) -> None:
    """The best plan's loads are within reach, and what is out of reach has no plan."""
    out = alone = 0
    for seed in range(start, start + 60):
        doc = seeded_round(seed)
        instance = Instance(round_of(doc))
        reach = Reach(instance)
        if list(reach.rules):
            alone += not list(reach.missed)
            assert not best_of(doc).feasible
            out += 1
            continue
        best = result_of(doc).best
        if best is None:
            continue
        teams: dict[str, list[tuple[str, str]]] = {}
        for cadre, place, role in held(instance.facts, best):
            teams.setdefault(place, []).append((cadre, role))
        totals = State(instance, teams).totals
        for link in instance.links:
            low, high = reach.of(link)
            assert low <= totals[link.name] <= high
    assert out > 0
    assert alone > 0  # a row of a single team, and none over several


@pytest.mark.parametrize("trouble", SHORTAGES)
def test_plain_shortages_are_seen(trouble: Trouble) -> None:
    for seed in range(3):
        round_ = edited(county(), trouble(county(), Random(seed)))
        assert {link.rule for link in Reach(Instance(round_)).missed} - {"one_post"}


def test_a_person_locked_into_two_villages_is_seen() -> None:
    for seed in range(3):
        round_ = edited(county(), troubles.one_in_two_villages(county(), Random(seed)))
        assert "decisions" in set(Reach(Instance(round_)).rules)
