"""How often the search makes its bounds anew changes how long it takes, never what it finds."""

from random import Random

import pytest

from matcher.solving.columns.market import SCALE
from matcher.solving.columns.piece import Piece

from .pieces import focused_lots, ruled_lots, some_prices
from .test_samples import COUNTIES, some_pieces

ALWAYS, NEVER = 0, 1 << 40


def found(piece: Piece, again: int, prices: object) -> list[tuple[int | None, int | None]]:
    """The bounds and worths of a full and a quick search."""
    pricer = piece.pricer
    pricer.states = pricer.states._replace(again=again)
    pricer._free_states = pricer._free_states._replace(again=again)  # noqa: SLF001 - as above
    offers = [pricer.best(prices), pricer.quick(prices)]  # type: ignore[arg-type]
    return [(offer.bound, offer.worth) for offer in offers]


def test_in_small_blocks() -> None:
    chance, teams = Random("anew"), 0
    for lot in [*ruled_lots(60), *focused_lots("team_units", 12), *focused_lots("bundled_people", 12)]:
        prices = some_prices(chance, lot.market)
        always, never = (found(lot.piece, again, prices) for again in (ALWAYS, NEVER))
        assert always[0] == never[0]
        assert always[1][0] == never[1][0]
        if lot.piece.pricer.exact:
            assert always[0][0] == lot.most(prices)
        teams += always[0][1] is not None
    assert teams > 40


@pytest.mark.parametrize("kind", COUNTIES)
def test_in_villages_of_the_samples(kind: str) -> None:
    chance = Random(kind)
    for piece, market in some_pieces(kind, 8):
        prices = some_prices(chance, market, 9 * SCALE)
        always, never = (found(piece, again, prices) for again in (ALWAYS, NEVER))
        assert always[0] == never[0]
        assert always[0][0] == always[0][1]
        assert always[1][0] == never[1][0]
