"""A round opened once: asked of it, the best plan with a pairing is the one that a solve of its own finds."""

import pytest

from matcher import Memory, Settings, check, solve, why_not
from matcher.questions.at_prices import AtPrices
from matcher.solving.opened import Opened
from tests.solving.county import county

SETTINGS = Settings(method="columns", effort=60)


def test_answers_are_those_of_a_solve_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    round_, memory = county(), Memory()
    plan = solve(round_, SETTINGS, memory=memory).best
    assert plan is not None
    before = (dict(memory.teams), dict(memory.prices), dict(memory.plan))
    posted = {post.cadre for post in plan.posts}
    place = next(iter(round_.facts.places))
    prices = AtPrices(round_, plan)
    people = [holder.cadre for holder in prices.holders(place) if holder.cadre in posted][:4]
    shared = [why_not(round_, plan, cadre, place, settings=SETTINGS, memory=memory) for cadre in people]
    assert (dict(memory.teams), dict(memory.prices), dict(memory.plan)) == before
    monkeypatch.setattr(Opened, "serves", lambda *_: False)
    anew = [why_not(round_, plan, cadre, place, settings=SETTINGS, memory=Memory()) for cadre in people]
    assert [(one.answer, one.at_most) for one in shared] == [(one.answer, one.at_most) for one in anew]
    assert {one.answer for one in shared} >= {"cost"}
    for one in shared:
        if one.plan is not None:
            assert check(round_, one.plan, bound=True).ok


def test_a_floor_is_not_asked_of_it() -> None:
    round_ = county()
    plan = solve(round_, SETTINGS).best
    assert plan is not None
    opened = AtPrices(round_, plan).opened
    assert opened.serves(SETTINGS)
    assert not opened.serves(SETTINGS.model_copy(update={"equity": "floor_first"}))
    assert not opened.serves(SETTINGS.model_copy(update={"method": "one_piece"}))
    assert opened.attainable == {row.village: row.attainable for row in plan.villages}
