"""A document of false rows: the reader stops and says so, instead of listing millions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher import InvalidInput, Round
from matcher.problems import MOST_PROBLEMS
from matcher.words.problems import sentence

TWINS = Path("data/samples/stress/twins/round.json")


def test_rows_that_do_not_stand() -> None:
    with pytest.raises(InvalidInput) as caught:
        Round.from_document({"cadres": [{"id": "x"}] * MOST_PROBLEMS})
    *found, last = caught.value.problems
    assert (last.code, last.table) == ("too_many_problems", "cadres")
    assert MOST_PROBLEMS <= len(found) < MOST_PROBLEMS + 10
    # A row has three fields that are missing: the rest of the rows was not looked at.
    assert max(problem.row or 0 for problem in found) < MOST_PROBLEMS / 2
    assert sentence(last, "zh") == f"问题太多，只列出前{MOST_PROBLEMS}个"
    assert sentence(last, "en") == f"there are too many problems; only the first {MOST_PROBLEMS} are listed"


def test_rows_that_stand_and_do_not_fit_together() -> None:
    document = json.loads(TWINS.read_text())
    document["suitability"] = [{"cadre": "nobody", "village": "nowhere", "score": 1}] * MOST_PROBLEMS
    with pytest.raises(InvalidInput) as caught:
        Round.from_document(document)
    *found, last = caught.value.problems
    assert last.code == "too_many_problems"
    assert len(found) == MOST_PROBLEMS
    assert {problem.table for problem in found} == {"suitability"}
