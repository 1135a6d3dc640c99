"""Teams by chance, for blocks to be evaluated on."""

from collections.abc import Iterator
from random import Random

from matcher.model.block import Block
from matcher.model.instance import Instance
from tests.properties.judged import instance_of
from tests.properties.tiny_rounds import seeded_round

Team = list[tuple[str, str]]


def instances(seeds: range, focus: str = "") -> Iterator[Instance]:
    for seed in seeds:
        yield instance_of(seeded_round(seed, focus))


def blocks(seeds: range) -> Iterator[Block]:
    for instance in instances(seeds):
        yield from instance.blocks.values()


def some_team(chance: Random, block: Block) -> Team | None:
    """A team within the limits of every role, nobody in two; None where chance finds too few people."""
    team: Team = []
    for role, (least, most) in block.limits.items():
        held = {cadre for cadre, _ in team}
        able = [person.id for person, own in block.seats if own == role and person.id not in held]
        size = chance.randint(least, most)
        if size > len(able):
            return None
        team += [(cadre, role) for cadre in chance.sample(able, size)]
    return team


def some_teams(block: Block, how_many: int = 4) -> Iterator[Team]:
    chance = Random(block.place.id)
    for _ in range(how_many):
        team = some_team(chance, block)
        if team is not None:
            yield team
