"""A floor under every village's index needs its attainable points: every process has them, whoever opened the county."""

import pytest

from matcher import Round, Settings, check, solve
from matcher.model.instance import Instance
from matcher.solving import Stop
from matcher.solving.counties.county import County
from matcher.solving.counties.division import parts_of
from matcher.synth import county_of


def floored(share: float) -> Round:
    document = county_of(30, seed=2, counties=3)
    rule = {"id": "village_floor", "mode": "hard", "params": {"min_index": share}}
    return Round.from_document({**document, "rules": [*document.get("rules", []), rule]})


def test_a_county_from_bytes_knows_its_floor() -> None:
    round_ = floored(0.6)
    mine, theirs = Instance(round_), Instance(round_)
    part = parts_of(mine)[0]
    county, _ = County.opened(mine, part, {}, Stop())
    other = County.from_bytes(theirs, county.to_bytes())
    for here, there in zip(county.shop.pieces, other.shop.pieces, strict=True):
        rows = [[row.rule for row in piece.block.rows] for piece in (here, there)]
        assert rows[0] == rows[1]
        assert "village_floor" in rows[0]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_plan_keeps_the_floor(workers: int) -> None:
    round_ = floored(0.5)
    result = solve(round_, Settings(method="counties", effort=4, gap=0.05, workers=workers))
    assert result.best is not None
    assert min(row.index for row in result.best.villages) >= 0.5
    assert check(round_, result.best, attainable=True, bound=True, reserves=True).ok
