"""Mending: around fixed edits as much of a plan stays as can, and no plan keeps more."""

from matcher import Settings, check, solve
from matcher.edits import drop, edited
from matcher.study import adjustment, changes, mend
from tests.properties.judged import EFFORT, best_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county

SETTINGS = Settings(method="columns", effort=EFFORT, workers=1)


def test_the_fewest_changes_around_an_edit() -> None:
    plan = solve(county(), Settings(gap=0.01, effort=60)).best
    assert plan is not None
    gone = plan.posts[0].cadre
    mended = mend(county(), plan, [drop(gone)], Settings(gap=0.01, effort=60)).best
    assert mended is not None
    changed = edited(county(), adjustment(plan, [drop(gone)]))
    assert check(changed, mended).ok
    moves = changes.moves(changed.facts, plan, mended)
    assert gone in {move.cadre for move in moves if move.kind == "out"}
    assert mended.first is not None
    assert -mended.first.least == sum(move.kind in ("out", "moved") for move in moves) * 15
    assert mended.first.least == mended.first.bound


def test_no_plan_of_a_tiny_round_keeps_more() -> None:
    mended_rounds = 0
    for seed in range(40):
        doc = seeded_round(seed)
        if not best_of(doc).feasible or doc.get("baseline"):
            continue
        plan = solve(round_of(doc), SETTINGS).best
        assert plan is not None
        if not plan.posts:
            continue
        result = mend(round_of(doc), plan, [drop(plan.posts[0].cadre)], SETTINGS)
        if result.best is None or result.best.first is None:
            continue
        assert result.best.first.least == result.best.first.bound
        mended_rounds += 1
    assert mended_rounds > 5
