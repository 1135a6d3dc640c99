"""Why not, and who moves: of plans that cost the same, one that leaves most people where they are."""

from __future__ import annotations

import random
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from matcher import Memory, Settings, check, read_round, solve, why_not
from matcher.solving import opened

if TYPE_CHECKING:
    import pytest

HUAXI = Path("data/samples/huaxi/round.json")


def test_most_people_stay_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    round_, memory, settings = read_round(HUAXI), Memory(), Settings(gap=0)
    plan = solve(round_, settings, memory=memory).best
    assert plan is not None
    draw = random.Random(1)
    asked: list[tuple[str, str]] = []
    while len(asked) < 6:
        pairing = draw.choice(list(round_.facts.people)), draw.choice(list(round_.facts.places))
        if why_not(round_, plan, *pairing, solve=False).answer == "open":
            asked.append(pairing)

    def answers() -> list[tuple[int | None, int]]:
        found = []
        for pairing in asked:
            answer = why_not(round_, plan, *pairing, settings=settings, memory=deepcopy(memory))
            assert answer.plan is not None
            assert check(round_, answer.plan).ok
            assert answer.plan.score == plan.score - (answer.at_most or 0)
            found.append((answer.at_most, len(answer.moves)))
        return found

    near = answers()
    monkeypatch.setattr(opened, "keep_posts", lambda *_: None)
    far = answers()
    assert [cost for cost, _ in near] == [cost for cost, _ in far]
    assert all(fewer <= more for (_, fewer), (_, more) in zip(near, far, strict=True))
    assert sum(moves for _, moves in near) < 0.9 * sum(moves for _, moves in far)
