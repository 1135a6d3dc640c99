"""The blocks of small rounds with every team that they have, and prices by chance."""

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.model.instance import Instance
from matcher.solving.columns.column import Column
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.piece import Offer, Piece
from tests.check.priced import teams_of
from tests.outside.small import Row, rule
from tests.properties.draws import Draws
from tests.properties.judged import instance_of
from tests.properties.rule_draws import DECISIONS, PLAN_PARAMS, PLAN_RULES
from tests.properties.tiny_rounds import seeded_round, tiny_round

Ints = NDArray[np.int64]

#: What makes teams interesting to price, beside the rules that a round may have.
_TERMS = ("bundled_people", "keep_bundle", "unit_fit", "retain", "min_change", "keep_unit")
FOCUSES = ("", *PLAN_RULES, *DECISIONS, *_TERMS)


class Lot(NamedTuple):
    """A block ready to be priced, with every team that its own hard rules allow."""

    piece: Piece
    market: Market
    columns: list[Column]

    def worths(self, prices: Ints) -> dict[tuple[tuple[str, str], ...], int]:
        """What every team is worth at these prices."""
        return {column.team: Piece.worth(column, prices) for column in self.columns}

    def most(self, prices: Ints) -> int | None:
        return max(self.worths(prices).values(), default=None)

    def judge(self, offer: Offer, prices: Ints) -> None:
        """The bound holds for every team, and the team offered is worth what is said."""
        worths, most = self.worths(prices), self.most(prices)
        if most is not None:
            assert offer.bound is not None
            assert offer.bound >= most
        if offer.column is not None:
            assert worths[offer.column.team] == Piece.worth(offer.column, prices)
            assert (worths[offer.column.team] == offer.bound) == offer.proven


def ruled_round(seed: int) -> Row:
    """A tiny round in which every plan rule is hard, soft or off by chance."""
    chance = Random(f"ruled {seed}")
    doc = tiny_round(chance, chance.choice(FOCUSES))
    draws = Draws(chance, [])
    rows = [row for row in doc["rules"] if row["id"] not in PLAN_RULES]
    for name in PLAN_RULES:
        mode = chance.choice(["hard", "soft", "soft", "off"])
        params = PLAN_PARAMS[name](draws, doc) if name in PLAN_PARAMS else {}
        rows.append(rule(name, mode, chance.choice([0, 1, 5, 12, 30]) if mode == "soft" else None, **params))
    return doc | {"rules": rows}


def lots_of(instance: Instance) -> Iterator[Lot]:
    market = Market(instance.links)
    for number, block in enumerate(instance.blocks.values()):
        piece = Piece(number, block, market)
        columns = [column for team in teams_of(block) if (column := piece.column(list(team))) is not None]
        yield Lot(piece, market, columns)


@cache
def focused_lots(focus: str, seeds: int) -> list[Lot]:
    """The blocks of rounds that are about one rule or decision."""
    docs = (seeded_round(seed, focus) for seed in range(9000, 9000 + seeds))
    return [lot for doc in docs for lot in lots_of(instance_of(doc))]


@cache
def ruled_lots(seeds: int) -> list[Lot]:
    """The blocks of rounds whose rules are drawn by chance."""
    return [lot for seed in range(seeds) for lot in lots_of(instance_of(ruled_round(seed)))]


def some_prices(chance: Random, market: Market, most: int = 30 * SCALE) -> Ints:
    """Whole prices of any sign on all rows, a third of them 0, some a whole number of points, some enormous."""
    kinds = (0, 0, chance.randint(-most, most), chance.randint(-most, most), chance.randint(-5, 5) * SCALE)
    drawn = [chance.choice(kinds) + chance.choice((0, 1, -7)) for _ in range(len(market))]
    if drawn and chance.random() < 0.2:
        drawn[chance.randrange(len(drawn))] = chance.choice([-1, 1]) * 10**8
    return np.array(drawn, np.int64)
