"""The certificate of a bound that prices prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.certificate import BlockBound, Certificate, Price
from matcher.solving.columns.market import SCALE

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from matcher.round.facts import Place
    from matcher.solving.columns.converge import Proof
    from matcher.solving.columns.market import Market


def certificate_of(instance: Instance, market: Market, places: list[Place], proof: Proof) -> Certificate:
    """Return what anybody needs to add the bound of ``proof`` up again.

    Parameters
    ----------
    places
        The place of each block, by its number.
    """
    prices = [
        Price(rule=market.links[row].rule, key=market.links[row].row.key, price=int(proof.prices[row]))
        for row in np.flatnonzero(proof.prices).tolist()
    ]
    blocks = [_block(place, proof.bounds[number]) for number, place in enumerate(places)]
    return Certificate(
        round_digest=instance.round.digest,
        scale=SCALE,
        constant=instance.constant,
        floor=str(instance.floor) if instance.floor is not None else None,
        prices=tuple(prices),
        blocks=tuple(blocks),
        bound=proof.total // SCALE + instance.constant,
    )


def _block(place: Place, bound: int) -> BlockBound:
    if place.is_village:
        return BlockBound(village=place.id, bound=bound)
    county, township = place.township
    return BlockBound(county=county, township=township, bound=bound)
