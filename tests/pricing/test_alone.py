"""A village's attainable points are the same, read off its pricing or by a reading of their own."""

import numpy as np

from matcher.model.instance import Instance
from matcher.solving.attainable import attainable_at, links_alone
from matcher.solving.columns.market import Market
from matcher.solving.columns.piece import Piece
from matcher.solving.stopping import Stop
from tests.properties.judged import instance_of as tiny_instance

from .pieces import ruled_round
from .test_samples import COUNTIES, instance_of


def compare(instance: Instance, places: list[str]) -> tuple[int, int]:
    """Compare places; return how many there were, and in how many no second reading was needed."""
    market, alone, directly = Market(instance.links), links_alone(instance), 0
    for number, place in enumerate(places):
        block = instance.block(instance.screening.places[place])
        pricer = Piece(number, block, market).pricer
        expected = attainable_at(block, alone, Stop())
        assert attainable_at(block, alone, Stop(), pricer) == expected
        directly += (pricer.alone(block.points).best(np.zeros(0, np.int64)).bound or 0) == expected
    return len(places), directly


def test_in_tiny_rounds() -> None:
    for seed in range(120):
        instance = tiny_instance(ruled_round(seed))
        compare(instance, [place.id for place in instance.screening.places.values() if place.is_village])


def test_in_the_samples_one_reading_does() -> None:
    for kind in COUNTIES:
        instance = instance_of(kind)
        villages = [place.id for place in instance.screening.places.values() if place.is_village]
        many, directly = compare(instance, villages[:12])
        assert directly == many
