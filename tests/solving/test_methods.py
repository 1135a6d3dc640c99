"""Which method ``auto`` takes, and that the method taken is named."""

import pytest

from matcher.model.instance import Instance
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve
from matcher.solving.methods import METHODS, choose_method
from matcher.synth import county_of
from tests.properties.judged import instance_of, round_of
from tests.properties.tiny_rounds import seeded_round

from .county import county


def test_auto_takes_team_columns_where_a_round_is_not_tiny() -> None:
    tiny, large = instance_of(seeded_round(0)), Instance(county())
    assert choose_method(tiny, Settings()) == "one_piece"
    assert choose_method(large, Settings()) == "columns"
    assert choose_method(large, Settings(equity="floor_first")) == "one_piece"
    larger = Instance(Round.from_document(county_of(60)))
    assert choose_method(larger, Settings(equity="floor_first")) == "columns"


def test_auto_takes_counties_apart_where_there_are_several_and_many_places() -> None:
    assert choose_method(Instance(Round.from_document(county_of(220, counties=2))), Settings()) == "counties"
    assert choose_method(Instance(Round.from_document(county_of(120, counties=2))), Settings()) == "columns"
    assert choose_method(Instance(Round.from_document(county_of(200))), Settings()) == "columns"


def test_fairness_first_is_not_left_out_where_counties_are_asked_for() -> None:
    fair = Settings(method="counties", equity="floor_first")
    result = solve(round_of(seeded_round(0)), fair)
    assert result.provenance["method"] == "columns"
    assert result.best is not None
    assert result.best.floor is not None
    assert result.best.floor.proven


@pytest.mark.parametrize("name", METHODS)
def test_a_method_asked_for_is_taken_and_named(name: str) -> None:
    settings = Settings.model_validate({"method": name})
    assert choose_method(Instance(county()), settings) == name
    result = solve(round_of(seeded_round(0)), settings)
    assert result.provenance["method"] == name
    assert result.best is not None
    assert (result.best.certificate is not None) == (name != "one_piece")
