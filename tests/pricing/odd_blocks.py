"""Blocks with rows, points and loads that no rule has yet: whatever the encodings can say, drawn by chance."""

from collections.abc import Callable, Iterator
from random import Random

from matcher.model.block import BlockRow, TeamEncoding
from matcher.model.instance import Instance, Link
from matcher.rulekit import Linear, LinkRow, Row
from matcher.solving.columns.market import Market
from matcher.solving.columns.piece import Piece
from tests.check.priced import teams_of
from tests.properties.judged import instance_of
from tests.properties.tiny_rounds import seeded_round

from .pieces import Lot

Draw = Callable[[Random, TeamEncoding], Linear]
ROLES = ("first_secretary", "resident", "support")


def odd_lots(seeds: range) -> Iterator[Lot]:
    for seed in seeds:
        chance = Random(f"odd {seed}")
        instance = instance_of(
            seeded_round(seed, chance.choice(["", "team_units", "total_posts", "bundled_people"]))
        )
        market = Market([_link(chance, number) for number in range(4)])
        yield odd_lot(chance, instance, market)


def odd_lot(chance: Random, instance: Instance, market: Market) -> Lot:
    """A village of the instance with points, rows and loads by chance."""
    place = chance.choice(list(instance.facts.places.values()))
    limits = {"first_secretary": (chance.choice([0, 1, 1]), 1), "resident": (chance.choice([0, 1]), 2)}
    limits["support"] = (0, chance.choice([0, 1]))
    seats = {role: instance.screening.eligible[place.id].get(role, ()) for role in limits}
    team = TeamEncoding(instance.facts, place, seats, limits)
    worth = team.total(lambda _person, _role: chance.randint(-5, 20))
    team.block.points.add(
        worth + something(chance, team) + _of_the_lead(chance, team) * chance.randint(-1, 9)
    )
    team.block.rows += [row for role, seats in limits.items() for row in _seats(team, role, *seats)]
    for _ in range(chance.randint(0, 3)):
        team.block.rows.append(_row(chance, team))
    for link in market.links:
        if chance.random() < 0.8:
            team.block.loads[link.name] = chance.choice([_count, _count, something])(chance, team)
    piece = Piece(0, team.block, market)
    columns = [
        column for members in teams_of(team.block) if (column := piece.column(list(members))) is not None
    ]
    return Lot(piece, market, columns)


def something(chance: Random, team: TeamEncoding) -> Linear:
    """A sum of a few things that can be said of a team."""
    found = Linear(constant=chance.choice([0, 0, 0, 1, -2]))
    for _ in range(chance.randint(1, 2)):
        found.add(chance.choice(DRAWS)(chance, team), chance.choice([1, 1, 2, 3, -1]))
    return found


def _some(chance: Random, team: TeamEncoding) -> set[str]:
    return {person.id for person in team.people if chance.random() < 0.5}


def _roles(chance: Random) -> tuple[str, ...]:
    return chance.choice([(), (), ("first_secretary",), ("resident",), ("resident", "support")])


def _count(chance: Random, team: TeamEncoding) -> Linear:
    some = _some(chance, team)
    return team.count(lambda person: person.id in some, *_roles(chance))


def _any(chance: Random, team: TeamEncoding) -> Linear:
    some = _some(chance, team)
    return team.any(lambda person: person.id in some, *_roles(chance))


def _size(chance: Random, team: TeamEncoding) -> Linear:
    return team.size(*_roles(chance))


def _reached(chance: Random, team: TeamEncoding) -> Linear:
    return team.reaches(_count(chance, team) + _any(chance, team), chance.randint(1, 2))


def _fewer(chance: Random, team: TeamEncoding) -> Linear:
    return team.reaches(_count(chance, team) * -1, -1)


def _lead(chance: Random, team: TeamEncoding) -> Linear:
    return team.leads(chance.choice(_units(team)))


def _units_in(_chance: Random, team: TeamEncoding) -> Linear:
    return sum(team.any_by(lambda person: person.unit_id).values(), start=Linear())


def _of_the_lead(chance: Random, team: TeamEncoding) -> Linear:
    """Members of the unit that leads, at times the first secretary among them."""
    unit = chance.choice(_units(team))
    return team.product(team.leads(unit), team.count(lambda person: person.unit_id == unit, *_roles(chance)))


def _other_product(chance: Random, team: TeamEncoding) -> Linear:
    return team.product(_any(chance, team), _count(chance, team))


def _units(team: TeamEncoding) -> list[str]:
    return sorted({person.unit_id for person in team.people}) or ["nobody"]


DRAWS: tuple[Draw, ...] = (
    _count, _count, _any, _any, _size, _size, _reached, _fewer, _lead, _lead, _units_in, _of_the_lead, _other_product,
)  # fmt: skip


def _seats(team: TeamEncoding, role: str, least: int, most: int) -> Iterator[BlockRow]:
    """The rows that every block has: no more than the seats, no fewer than needed."""
    yield BlockRow("odd", Row(team.size(role), at_most=most), "hard", 0, always=True)
    if least:
        yield BlockRow("odd", Row(team.size(role), at_least=least), "hard", 0)


def _row(chance: Random, team: TeamEncoding) -> BlockRow:
    said = chance.choice([something, _units_in, _units_in, _count, _any, _lead, _reached])(chance, team)
    low, high = team.block.range(said)
    limit = chance.randint(low, high)
    limits = chance.choice([(limit, None), (None, limit), (limit, chance.randint(limit, high))])
    row = Row(said, *limits, step=chance.choice([1, 1, 2]), flat=chance.random() < 0.3)
    hard = chance.random() < 0.4
    return BlockRow("odd", row, "hard" if hard else "soft", 0 if hard else chance.randint(0, 9))


def _link(chance: Random, number: int) -> Link:
    return Link("odd", LinkRow(number, at_most=chance.randint(0, 4)), "hard", 0)
