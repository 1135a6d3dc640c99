"""Where quotas leave fewer people than there are seats: seen by counting, true by brute force, and no more named than needed."""

from random import Random

import pytest

from benchmarks import troubles
from matcher.edits import edited
from matcher.model.instance import Instance
from matcher.solving.infeasible.conflict import find_conflict
from matcher.solving.infeasible.reach import Reach
from matcher.solving.infeasible.supply import Supply
from matcher.solving.stopping import Stop
from tests.properties.judged import best_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county


def test_tiny_rounds_that_are_short_have_no_plan() -> None:
    """A few posts of quota for each unit: whatever counting says is true of every plan."""
    short = enough = 0
    for seed in range(120):
        doc, chance = seeded_round(seed), Random(seed)
        for unit in doc["units"]:
            unit["quota"] = chance.randint(0, 2)
        reach = Reach(Instance(round_of(doc)))
        if reach.supply("unit_quota") is None:
            enough += best_of(doc).feasible
        else:
            short += 1
            assert not best_of(doc).feasible
    assert short
    assert enough


@pytest.mark.parametrize("once", [True, False])
def test_what_is_lacking_is_lacking_and_nothing_of_it_can_be_spared(once: bool) -> None:
    """By counting: with any row or place left out, there are people enough."""
    found = 0
    for seed in range(200):
        supply, fewest = drawn(Random(f"supply {seed}"), once=once)
        lacking = supply.lacking(fewest)
        most = supply.most()
        short = bool(supply.binding) and most is not None and most < sum(fewest.values())
        assert (lacking is not None) == short
        if lacking is None:
            continue
        found += 1
        rows, places = lacking
        seats = sum(fewest[place] for place in places)
        least = supply.most(rows)
        assert least is not None
        assert least < seats
        assert all(least >= seats - fewest[place] for place in places)
        if len(places) == len(fewest):
            # With fewer places, a row may be spared too: rows are left out first.
            for row in rows:
                rest = supply.most(rows - {row})
                assert rest is None or rest >= seats
    assert found


def drawn(chance: Random, *, once: bool) -> tuple[Supply, dict[str, int]]:
    people = [f"C{number}" for number in range(chance.randint(2, 9))]
    groups = [frozenset(people[start::3]) for start in range(3)]
    binding = {
        ("quota", number): (chance.randint(0, len(group)), group) for number, group in enumerate(groups)
    }
    if once:
        binding = {name: (most, group) for name, (most, group) in binding.items() if most < len(group)}
    fewest = {f"V{number}": chance.randint(0, 3) for number in range(chance.randint(1, 4))}
    return Supply(frozenset(people), once, binding), fewest


def test_units_that_send_too_few_are_the_conflict() -> None:
    """Few villages are named, and the units whose quotas they are."""
    round_ = edited(county(), troubles.nothing_to_send(county(), Random(2)))
    conflict = find_conflict(Instance(round_), Stop())
    assert conflict.minimal
    assert set(conflict.rules) == {"unit_quota", "team_structure"}
    assert 0 < len(conflict.villages) < len(round_.facts.places)
    assert all("unit" in one for one in conflict.about)
    quotas = [round_.facts.units[one["unit"]].quota for one in conflict.about]
    assert None not in quotas
    blocks = Instance(round_).blocks
    seats = sum(least for id_ in conflict.villages for least, _ in blocks[id_].limits.values())
    assert sum(quota or 0 for quota in quotas) < seats
