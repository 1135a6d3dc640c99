"""Counting people who are alike answers the same as naming everybody."""

from itertools import combinations
from random import Random

import pytest

from matcher.check.recount import recount
from matcher.model.instance import Instance
from matcher.model.kinds import Kinds
from matcher.solving.cpsat import run
from matcher.solving.infeasible.oracle import Oracle, restricted
from matcher.solving.infeasible.together import Together
from matcher.solving.one_piece import encode
from matcher.solving.state import posts_of
from matcher.solving.stopping import Stop
from tests.properties.judged import EFFORT, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county


@pytest.mark.parametrize("start", range(0, 120, 30))
def test_rules_go_together_as_they_do_by_name(start: int) -> None:
    alike, asked = 0, {"optimal": 0, "infeasible": 0}
    for seed in range(start, start + 30):
        instance = Instance(round_of(seeded_round(seed)))
        hard = [item.rule.id for item in instance.book.plan if item.mode == "hard"]
        hard += [item.rule.id for item in instance.book.screening if item.on]
        chance = Random(seed)
        for _ in range(4):
            rules = chance.sample(hard, chance.randint(1, len(hard)))
            named = Instance(instance.round, restricted(instance.book, rules))
            right = run(encode(named, points=False), Stop(), work=EFFORT)
            together = Oracle(instance, Stop(), 1).under(rules)
            links, rows = together.of_rules(rules)
            found = together.ask(links, rows, Stop(), work=EFFORT, seed=1)
            assert found.status == right.status
            asked[found.status] += 1
            few, part = together.fewer(rules), chance.sample(rules, chance.randint(1, len(rules)))
            of_part = together.ask(*together.of_rules(part), Stop(), work=EFFORT, seed=1)
            again = few.ask(*few.of_rules(part), Stop(), work=EFFORT, seed=1)
            assert again.status == of_part.status
            alike += max(map(len, Kinds(together.instance).of(links, rows).values()), default=0) > 1
            if found.teams is not None:
                posts = posts_of(named, found.teams)
                assert recount(named.facts, named.book, posts, {}).feasible
    assert alike > 60
    assert min(asked.values()) > 3


def test_people_are_alike_only_where_nothing_tells_them_apart() -> None:
    """Of each kind, any two have the same coefficients in every row that counts; of two kinds, they don't."""
    instance = Instance(county())
    links = [link for link in instance.links if link.rule in {"one_post", "young_share", "specialty_min"}]
    kinds = Kinds(instance).of(links, {})
    seen: dict[str, set[tuple[object, ...]]] = {}
    for place, block in instance.blocks.items():
        for variable, (person, role) in enumerate(block.seats):
            row = seen.setdefault(person.id, set())
            for link in links:
                load = block.loads.get(link.name)
                if load is not None and link.rule != "one_post":
                    row.add((place, role, link.name, load.terms.get(variable, 0)))
    assert sum(map(len, kinds.values())) == len(seen)
    assert 1 < len(kinds) < len(seen)
    for members in kinds.values():
        assert len({frozenset(seen[cadre]) for cadre in members}) == 1
    for one, other in combinations(kinds, 2):
        assert seen[one] != seen[other]


def test_a_kind_is_never_named_twice() -> None:
    """With one post a person, teams that were counted name as many people as they have posts."""
    together = Together(Instance(county()))
    rules = {"one_post", "team_structure"}
    found = together.ask(*together.of_rules(rules), Stop(), work=EFFORT, seed=1)
    assert found.teams is not None
    named = [cadre for team in found.teams.values() for cadre, _ in team]
    assert len(named) == len(set(named)) > 0
