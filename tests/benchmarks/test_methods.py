"""Every method gives a plan that the checker accepts, or says that it has none."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from benchmarks.measuring.judge import refused
from benchmarks.methods.board import PRICE, Board
from benchmarks.methods.cpsat import CPSAT_1
from benchmarks.methods.highs import HIGHS
from benchmarks.methods.registry import METHODS
from matcher.model.instance import Instance
from matcher.plan import Post
from matcher.round import Round
from matcher.solving.state import State
from matcher.synth import county_of
from matcher.synth.stress import stress
from tests.benchmarks.runs import task_of
from tests.properties.tiny_rounds import seeded_round

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.methods.base import Method

#: Timefold starts Java, which takes longer than all of these tests: `matcher bench peers` runs it.
QUICK = [method for method in METHODS if method.name != "timefold"]
ROUNDS = {"twins": stress("twins").build, "recalled_unit": stress("recalled_unit").build}


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("method", QUICK, ids=lambda method: method.name)
def test_a_plan_is_accepted(method: Method, name: str, tmp_path: Path) -> None:
    if method.missing() is not None:
        pytest.skip(str(method.missing()))
    round_ = Round.from_document(ROUNDS[name]())
    task = task_of(round_, tmp_path / "run")
    ending = method.run(task)
    file = tmp_path / "run" / "posts.json"
    assert (ending.said == "plan") == file.exists()
    if ending.said == "plan":
        posts = [Post(**row) for row in json.loads(file.read_text("utf-8"))]
        assert refused(round_, posts, task.record.score, task.record.bound)[0] == ""


@pytest.mark.parametrize("seed", range(8))
def test_cpsat_and_the_mip_agree(seed: int, tmp_path: Path) -> None:
    round_ = Round.from_document(seeded_round(seed))
    found = []
    for method in (CPSAT_1, HIGHS):
        task = task_of(round_, tmp_path / method.name)
        said = method.run(task).said
        found.append((said, task.record.score, task.record.bound if said == "plan" else None))
    assert found[0] == found[1]
    assert found[0][1] == found[0][2]


def test_the_board_counts_as_the_product_does() -> None:
    instance = Instance(Round.from_document(county_of(25, seed=3)))
    board, draw = Board(instance), Random(1)
    for step in range(60):
        place = draw.choice(list(instance.blocks))
        team = board.teams[place]
        out = draw.choice(team) if team and step % 2 else None
        candidates = board.free(place, draw.choice(instance.blocks[place].roles))
        if not candidates:
            continue
        chosen = draw.randrange(len(candidates))
        before, costs = board.cost(), board.changes(place, out, candidates)
        board.put({place: [*(v for v in team if v != out), candidates[chosen]]})
        assert board.cost() - before == costs[chosen]
    broken, score = State(instance, board.posted()).measure()
    assert board.broken == broken
    assert board.cost() == PRICE * broken - (score - instance.constant)
