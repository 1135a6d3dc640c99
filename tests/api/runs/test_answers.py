"""What comes of a run, as a client sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.result import Result
from matcher.round import Round
from matcher.settings import Settings
from matcher.solving import solve
from tests.api.jobs.rounds import small_county

if TYPE_CHECKING:
    from tests.api.runs.conftest import Site


def test_the_answer_is_that_of_a_direct_solve(site: Site) -> None:
    round_id = site.round(small_county())
    run = site.run(round_id, {"plans": 2, "seed": 3})
    ended = site.wait_until(run, "done", "failed")
    assert ended["state"] == "done"
    document = site.planner.get(f"/runs/{run}/result/full").json()
    found = Result.from_document(document)
    wanted = solve(Round.from_document(small_county()), Settings(effort=4.0, plans=2, seed=3, workers=1))
    assert [plan.score for plan in found.plans] == [plan.score for plan in wanted.plans]
    assert [plan.posts for plan in found.plans] == [plan.posts for plan in wanted.plans]
    assert (ended["score"], ended["bound"]) == (wanted.plans[0].score, wanted.plans[0].bound)
    assert ended["provenance"]["versions"] == wanted.provenance["versions"]
    assert ended["provenance"]["reproducible"]
