"""Scopes: what grants reach, and which counties a round is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.access.scopes import Regions, Scope, counties_of
from api.config import BadSettings
from matcher.round import Round
from tests.api.server import sample

if TYPE_CHECKING:
    from pathlib import Path

REGIONS = Regions({"云麓市": frozenset({"霁溪区", "望川县"})})


@pytest.mark.parametrize(
    ("grants", "counties", "reaches"),
    [
        ([("all", "")], ["任何县", ""], True),
        ([], ["霁溪区"], False),
        ([("county", "霁溪区")], ["霁溪区"], True),
        ([("county", "霁溪区")], ["霁溪区", "望川县"], False),
        ([("county", "霁溪区"), ("county", "望川县")], ["霁溪区", "望川县"], True),
        ([("prefecture", "云麓市")], ["霁溪区", "望川县"], True),
        ([("prefecture", "云麓市")], ["霁溪区", "别的县"], False),
        ([("prefecture", "云麓市")], ["云麓市"], False),
        ([("prefecture", "620100")], ["620123", "620102"], True),
        ([("prefecture", "620100")], ["620223"], False),
        ([("prefecture", "620100")], ["620123某村"], False),
        ([("prefecture", "620123")], ["620123"], False),
        ([("county", "620123")], ["620123"], True),
        ([("county", "霁溪区")], [""], False),
    ],
)
def test_reach(grants: list[tuple[str, str]], counties: list[str], reaches: bool) -> None:
    assert Scope.of(grants, REGIONS).reaches(counties) is reaches  # type: ignore[arg-type]


def test_counties_are_those_of_the_villages() -> None:
    assert counties_of(Round.from_document(sample())) == ["芷澜县"]


def test_region_stands_for_a_county_that_no_village_names() -> None:
    document = sample()
    for village in document["villages"]:
        village.pop("county")
    assert counties_of(Round.from_document(document)) == [document["region"]]
    assert counties_of(Round.from_document({**document, "region": ""})) == [""]


def test_regions_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "regions.json"
    file.write_text('{"云麓市": ["霁溪区"]}')
    assert Regions.read(file) == Regions({"云麓市": frozenset({"霁溪区"})})
    assert Regions.read(None) == Regions({})


@pytest.mark.parametrize("text", ["{", "[]", '{"云麓市": "霁溪区"}', '{"云麓市": [1]}'])
def test_bad_regions_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "regions.json"
    file.write_text(text)
    with pytest.raises(BadSettings, match="MATCHER_REGIONS_FILE: .*regions.json .*; mend it"):
        Regions.read(file)


def test_missing_regions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"none\.json is no readable JSON file; mend it"):
        Regions.read(tmp_path / "none.json")
