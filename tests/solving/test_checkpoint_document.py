"""The document ``checkpoint/1``: there and back, and everything that is refused of it."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from matcher import Checkpoint, InvalidInput, Settings, solve
from tests.properties.judged import round_of

from .columns.crossing import crossing_round

if TYPE_CHECKING:
    from collections.abc import Callable

ROUND = round_of(crossing_round(68))
SETTINGS = Settings(method="columns", effort=20, workers=1, plans=2, min_distance=0.3, rank_gap=0)


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    """Return one that has everything: a finished rank, prices, and teams of the second."""
    got: list[Checkpoint] = []
    solve(ROUND, SETTINGS, on_checkpoint=got.append)
    return next(one for one in got if one.finished and one.prices and one.teams)


def signed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the digest that belongs to it."""
    content = {key: value for key, value in document.items() if key != "digest"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content | {"digest": hashlib.sha256(text.encode()).hexdigest()}


def codes(ask: Callable[[], object]) -> list[tuple[str, str]]:
    """The problems that something is refused for, by code and field."""
    with pytest.raises(InvalidInput) as refused:
        ask()
    return [(problem.code, problem.field) for problem in refused.value.problems]


def test_there_and_back(checkpoint: Checkpoint) -> None:
    document = json.loads(checkpoint.json_text())
    assert document == signed(document)
    assert Checkpoint.of(document) == checkpoint
    assert {price.row: price.price for price in Checkpoint.of(document).prices} == {
        price.row: price.price for price in checkpoint.prices
    }


def test_keys_of_prices_are_lists_in_json_and_tuples_again(checkpoint: Checkpoint) -> None:
    document = json.loads(checkpoint.json_text())
    document["prices"] = [{"rule": "distance", "key": ["shared", "1"], "price": 7}]
    assert Checkpoint.of(signed(document)).prices[0].row == ("distance", ("shared", "1"))


def test_every_change_is_noticed(checkpoint: Checkpoint) -> None:
    document = json.loads(checkpoint.json_text())
    for field in ("score", "bound", "teams", "prices", "finished", "continued", "digest"):
        assert codes(partial(Checkpoint.of, document | {field: 5})) == [("checkpoint_damaged", "digest")]
        left = {key: value for key, value in document.items() if key != field}
        if field in document:
            assert codes(partial(Checkpoint.of, left)) == [("checkpoint_damaged", "digest")]


def test_other_documents_are_refused(checkpoint: Checkpoint) -> None:
    document = json.loads(checkpoint.json_text())
    for schema in ("checkpoint/2", "result/1", None, 5):
        other = signed(document | {"schema": schema})
        assert codes(partial(Checkpoint.of, other)) == [("not_a_checkpoint", "schema")]
    assert codes(lambda: Checkpoint.of({})) == [("not_a_checkpoint", "schema")]


def test_all_fields_that_are_not_right_are_told_at_once(checkpoint: Checkpoint) -> None:
    document = json.loads(checkpoint.json_text())
    wrong = signed(
        document | {"score": "many", "unheard": 1, "stage": {"rank": 0, "solve": 1, "name": "plan"}}
    )
    assert codes(lambda: Checkpoint.of(wrong)) == [
        ("bad_document", "stage.rank"),
        ("bad_document", "score"),
        ("bad_document", "unheard"),
    ]


def test_another_round_rules_and_settings_are_refused(checkpoint: Checkpoint) -> None:
    other = round_of(crossing_round(67))
    assert codes(lambda: solve(other, SETTINGS, resume=checkpoint)) == [
        ("checkpoint_of_other_round", "round_digest")
    ]
    fairest = SETTINGS.model_copy(update={"kind": "fairest", "min_distance": 0.2})
    assert sorted(codes(lambda: solve(ROUND, fairest, resume=checkpoint))) == [
        ("checkpoint_of_other_setting", "settings.kind"),
        ("checkpoint_of_other_setting", "settings.min_distance"),
    ]
    older = checkpoint.model_copy(update={"rules_digest": "0" * 64})
    assert codes(lambda: solve(ROUND, SETTINGS, resume=older)) == [
        ("checkpoint_of_other_rules", "rules_digest")
    ]


def test_how_long_and_by_what_means_may_differ(checkpoint: Checkpoint) -> None:
    means = {
        "effort": "quick",
        "time_limit": 600.0,
        "workers": 2,
        "seed": 9,
        "plans": 3,
        "method": "one_piece",
    }
    checkpoint.must_be_of(ROUND, SETTINGS.model_copy(update=means))
