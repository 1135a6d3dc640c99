"""Helper variables are defined only from the side on which a model could cheat; the optimum stays the same."""

import pytest

import matcher.model.encode
from matcher.model.block import Block, TeamEncoding
from matcher.model.senses import senses
from matcher.rulekit import Linear
from tests.outside.small import cadre, round_of, village
from tests.properties.judged import instance_of, optimum, optimum_of
from tests.properties.rule_draws import PLAN_RULES
from tests.properties.tiny_rounds import seeded_round

from .teams import instances

FOCUSES = ["", *PLAN_RULES]


@pytest.mark.parametrize("focus", FOCUSES)
def test_one_side_is_enough(focus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = range(3000, 3008 if focus else 3040)
    usual = [optimum(seeded_round(seed, focus)) for seed in seeds]

    def everything(block: Block, *_arguments: object) -> tuple[set[int], set[int]]:
        return set(block.definitions), set(block.definitions)

    monkeypatch.setattr(matcher.model.encode, "senses", everything)
    assert [optimum_of(instance) for instance in instances(seeds, focus)] == usual


def team_of_three() -> TeamEncoding:
    people = [cadre(name, sex="female" if name in "ab" else "male") for name in "abcd"]
    doc = round_of([village("V", residents=2)], people) | {"id": "three"}
    instance = instance_of(doc)
    place = instance.facts.places["V"]
    return TeamEncoding(instance.facts, place, instance.screening.eligible["V"], instance.limits_at(place))


def test_which_sides_are_needed() -> None:
    team = team_of_three()
    women = team.any(lambda person: person.record.sex == "female")
    (helper,) = women.terms
    assert senses(team.block, women, []) == ({helper}, set())  # worth points: it must not be 1 for nothing
    assert senses(team.block, women * -1, []) == (set(), {helper})
    assert senses(team.block, Linear(), [(women, 1, None)]) == ({helper}, set())
    assert senses(team.block, Linear(), [(women, None, 0)]) == (set(), {helper})
    assert senses(team.block, Linear(), [(women, 0, 1)]) == ({helper}, {helper})
    assert senses(team.block, Linear(), []) == (set(), set())


def test_sides_are_passed_on_to_what_a_helper_reads() -> None:
    team = team_of_three()
    women = team.any(lambda person: person.record.sex == "female")
    both = women + team.any(lambda person: person.record.sex == "male")
    two = team.reaches(both, 2)
    (outer,) = two.terms
    inner = set(both.terms)
    assert senses(team.block, two, []) == ({outer, *inner}, set())
    assert senses(team.block, two * -1, []) == (set(), {outer, *inner})
    opposite = team.reaches(both * -1, -1)  # at most one of the two
    (outer,) = opposite.terms
    assert senses(team.block, opposite, []) == ({outer}, inner)
