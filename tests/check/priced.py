"""Blocks at prices by the encodings: every team of a tiny round, valued by the model's own expressions."""

from collections.abc import Iterator
from itertools import combinations, product
from random import Random
from typing import Any, NamedTuple

from matcher import Round
from matcher.model.block import Block
from matcher.model.instance import Instance, Link

Team = tuple[tuple[str, str], ...]
PriceTable = dict[tuple[str, Any], int]
#: More teams than this are too many to try in every round.
MOST_TEAMS = 3000


class Valued(NamedTuple):
    """A team with what it is worth at the prices, and its village's points."""

    worth: int
    points: int
    team: Team


def random_prices(chance: Random, instance: Instance, scale: int) -> PriceTable:
    """Prices of a sign and size that rows allow, most of them small."""
    prices: PriceTable = {}
    for link in instance.links:
        most = 30 * scale if link.mode == "hard" else link.weight * scale // link.row.step
        if link.row.flat and link.mode != "hard":
            continue
        signs = [s for s, limit in ((1, link.row.at_most), (-1, link.row.at_least)) if limit is not None]
        price = chance.choice(signs) * chance.choice([0, 0, most, chance.randint(0, most)])
        if price:
            prices[link.name] = price
    return prices


def valued_teams(instance: Instance, prices: PriceTable, scale: int) -> dict[str, list[Valued]]:
    """Every team that the hard rules on one block allow, by place, with its worth at the prices."""
    return {
        id_: [
            valued
            for team in teams_of(block)
            if (valued := _valued(instance, block, team, prices, scale)) is not None
        ]
        for id_, block in instance.blocks.items()
    }


def teams_of(block: Block) -> Iterator[Team]:
    """Every way to fill the seats of a block, each role within its limits and nobody in two."""
    choices = []
    for role, (least, most) in block.limits.items():
        able = [(person.id, own) for person, own in block.seats if own == role]
        choices.append([team for size in range(least, most + 1) for team in combinations(able, size)])
    for parts in product(*choices):
        team = tuple(member for part in parts for member in part)
        if len({cadre for cadre, _ in team}) == len(team):
            yield team


def _valued(instance: Instance, block: Block, team: Team, prices: PriceTable, scale: int) -> Valued | None:
    values = block.values(team)
    worth = scale * block.objective.value(values)
    for held in block.rows:
        amount = _amount(held.row, held.row.expression.value(values))
        if amount and held.mode == "hard":
            return None
        worth -= scale * held.weight * amount
    for link in instance.links:
        used = block.loads[link.name].value(values) if link.name in block.loads else 0
        if link.row.alone and link.mode == "hard" and _amount(link.row, used):
            return None
        worth -= prices.get(link.name, 0) * used
    return Valued(worth, block.points.value(values), team)


def _amount(row: Any, value: int) -> int:
    """The amount of a violation, as the model counts it."""
    distance = max(
        0,
        row.at_least - value if row.at_least is not None else 0,
        value - row.at_most if row.at_most is not None else 0,
    )
    return min(1, distance) if row.flat else -(-distance // row.step)


def instance_of(document: dict[str, Any], **more: Any) -> Instance:
    return Instance(Round.from_document({"id": "tiny"} | document), **more)


def limits_of(links: list[Link]) -> dict[tuple[str, Any], tuple[int | None, int | None]]:
    return {link.name: (link.row.at_least, link.row.at_most) for link in links}
