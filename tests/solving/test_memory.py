"""A solve that starts from what the last one left finds and proves what one from nothing does."""

from matcher import Memory, Round, Settings, check, solve
from matcher.solving import Progress
from tests.outside.small import Row
from tests.properties.judged import EFFORT, optimum, round_of
from tests.properties.tiny_rounds import seeded_round

from .columns.crossing import crossing_round
from .county import county

SETTINGS = [Settings(method=method, effort=EFFORT, workers=1) for method in ("columns", "counties")]


def without_somebody(doc: Row, cadre: str) -> Row:
    return doc | {"decisions": [*doc.get("decisions", ()), {"kind": "drop", "cadre": cadre}]}


def test_somebody_drops_out() -> None:
    solved = 0
    for doc in (
        *(seeded_round(seed) for seed in range(60, 80)),
        *(crossing_round(seed) for seed in range(60, 70)),
    ):
        for settings in SETTINGS:
            memory = Memory()
            first = solve(round_of(doc), settings, memory=memory).best
            if first is None or not first.posts:
                continue
            changed = without_somebody(doc, first.posts[0].cadre)
            again, best = solve(round_of(changed), settings, memory=memory), optimum(changed)
            assert (again.best is None) == (best is None)
            if again.best is not None:
                assert (again.best.score, again.bound) == (best, best)
                assert check(round_of(changed), again.best, attainable=True, bound=True).ok
                solved += 1
    assert solved > 25


def test_a_county_begins_from_its_last_plan() -> None:
    memory, settings = Memory(), Settings(method="columns", gap=0.005, effort=60)
    first = solve(county(), settings, memory=memory)
    assert first.best is not None
    assert first.provenance["reproducible"]
    assert memory.plan
    assert set(memory.teams) == set(memory.plan)
    document = county().document()
    gone = first.best.posts[0].cadre
    changed = Round.from_document(without_somebody(document, gone))
    again = solve(changed, settings, memory=memory)
    assert again.best is not None
    assert not again.provenance["reproducible"]
    assert gone not in {post.cadre for post in again.best.posts}
    assert again.best.gap is not None
    assert again.best.gap <= 0.005
    kept = {(post.cadre, post.village) for post in again.best.posts} & {
        (post.cadre, post.village) for post in first.best.posts
    }
    assert len(kept) > len(first.best.posts) / 2
    assert check(changed, again.best, bound=True).ok


def test_a_plan_at_hand_is_where_the_search_begins() -> None:
    """What is found is no worse than it; where prices come with it, it is the first plan that is told."""
    settings = Settings(method="columns", gap=0.005, effort=60)
    memory = Memory()
    plan = solve(county(), settings, memory=memory).best
    assert plan is not None
    for known in (Memory(), memory):
        known.begin_with(county().facts, plan)
        assert set(known.plan) == {post.village for post in plan.posts}
        told: list[int | None] = []

        def hear(progress: Progress, told: list[int | None] = told) -> None:
            told.append(progress.score)

        again = solve(county(), settings, memory=known, on_progress=hear)
        scores = [score for score in told if score is not None]
        assert known is not memory or scores[0] >= plan.score
        assert again.best is not None
        assert again.best.score >= plan.score
