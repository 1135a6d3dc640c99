"""Certificates of tiny rounds, made without the checker: blocks valued by the encodings, team by team."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from matcher.certificate import BlockBound, Certificate, Limits, Price
from matcher.check.bounding import BoundReport, check_bound
from matcher.plan import Plan
from tests.check.priced import instance_of, random_prices, valued_teams
from tests.outside.reading import read_round
from tests.outside.screening import Screening
from tests.outside.teams import how_many

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from tests.check.priced import PriceTable, Valued
    from tests.outside.small import Row

#: More teams a village than this are too many to try one by one.
MOST_TEAMS = 3000


def small_enough(document: Row) -> bool:
    screening = Screening(read_round(document))
    return all(how_many(screening, place) <= MOST_TEAMS for place in screening.facts.villages.values())


def certificate_of(instance: Instance, prices: PriceTable, blocks: dict[str, int], scale: int) -> Certificate:
    """The certificate of these prices and these bounds of blocks."""
    limits = {link.name: Limits(link.row.at_least, link.row.at_most) for link in instance.links}
    made = Certificate(
        round_digest=instance.round.digest,
        scale=scale,
        constant=instance.constant,
        floor=str(instance.floor) if instance.floor is not None else None,
        prices=tuple(Price(rule=rule, key=key, price=price) for (rule, key), price in prices.items()),
        blocks=tuple(_block(instance, place, bound) for place, bound in blocks.items()),
        bound=0,
    )
    return made.model_copy(update={"bound": made.added_up(limits)})


def _block(instance: Instance, place: str, bound: int) -> BlockBound:
    here = instance.blocks[place].place
    if here.is_village:
        return BlockBound(village=place, bound=bound)
    return BlockBound(county=here.township[0], township=here.township[1], bound=bound)


def best_blocks(teams: dict[str, list[Valued]]) -> dict[str, int] | None:
    """The best team's worth by place; None where some place can have no team."""
    if not all(teams.values()):
        return None
    return {place: max(team.worth for team in values) for place, values in teams.items()}


def certified(document: Row, seed: int, **more: Any) -> tuple[Instance, Certificate] | None:
    """A round with a certificate at random prices; None for a round without teams, or with too many."""
    instance = instance_of(document, **more)
    scale = Random(seed).choice([1, 7, 100])
    prices = random_prices(Random(seed), instance, scale)
    blocks = best_blocks(valued_teams(instance, prices, scale)) if small_enough(document) else None
    return (instance, certificate_of(instance, prices, blocks, scale)) if blocks is not None else None


def checked(instance: Instance, certificate: Certificate | None, **plan: Any) -> BoundReport:
    """What the checker says of a plan with that certificate; of the plan, score and bound alone count here."""
    worst = plan.pop("worst", None)
    fields = {"score": -(10**9), "posts": (), **plan}
    return check_bound(
        instance.facts,
        instance.book,
        Plan(certificate=certificate, **fields),
        instance.attainable,
        Fraction(worst) if worst is not None else None,
    )
