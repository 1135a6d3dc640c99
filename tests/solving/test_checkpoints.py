"""A solve that is cut off at any checkpoint and continued finds and proves what one without a break does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from matcher import Checkpoint, Memory, Settings, Stop, check, solve
from matcher.solving import recorder
from tests.properties.judged import EFFORT, optimum, round_of
from tests.properties.tiny_rounds import seeded_round

from .columns.crossing import crossing_round
from .county import county
from .cutting import cut_at, cuts, figures

if TYPE_CHECKING:
    from matcher.round import Round

METHODS = ("one_piece", "columns", "counties")
ROUNDS = [crossing_round(67), crossing_round(68), seeded_round(61), seeded_round(63)]


def asked(method: str, **settings: Any) -> Settings:
    return Settings.model_validate({"method": method, "effort": EFFORT, "workers": 1, **settings})


def heard(round_: Round, settings: Settings) -> list[Checkpoint]:
    """The checkpoints of a solve that is not cut off."""
    got: list[Checkpoint] = []
    solve(round_, settings, on_checkpoint=got.append)
    return got


def sound(round_: Round, settings: Settings, checkpoint: Checkpoint) -> list[tuple[int, int | None]]:
    """The figures of a continued solve, all its plans checked, and its checkpoints never below the one begun from."""
    further: list[Checkpoint] = []
    result = solve(round_, settings, resume=checkpoint, on_checkpoint=further.append)
    for place, plan in enumerate(result.plans):
        bound = plan.certificate is not None
        assert check(round_, plan, better=result.plans[:place], attainable=True, bound=bound).ok
    scores = [
        one.score for one in (checkpoint, *further) if one.stage == checkpoint.stage and one.score is not None
    ]
    assert scores == sorted(scores)
    assert (result.provenance["reproducible"], result.provenance["continued"]) == (
        False,
        checkpoint.continued + 1,
    )
    return figures(result)


@pytest.mark.parametrize("method", METHODS)
def test_a_plan_is_found_and_proven_after_a_cut_at_any_checkpoint(method: str) -> None:
    continued = 0
    for doc in ROUNDS:
        round_, settings, best = round_of(doc), asked(method), optimum(doc)
        for checkpoint in cuts(round_, settings):
            assert sound(round_, settings, checkpoint) == [(best, best)]
            continued += 1
    assert continued >= 5


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "wanted",
    [
        {"plans": 3, "min_distance": 0.3, "rank_gap": 0},
        {"plans": 2, "kind": "strongest_bundles", "rank_gap": 0},
        {"equity": "floor_first"},
        {"plans": 2, "kind": "fairest", "rank_gap": 0},
    ],
    ids=str,
)
def test_ranks_kinds_and_floors_are_the_same_after_a_cut(method: str, wanted: dict[str, Any]) -> None:
    stages = set()
    for doc in ROUNDS[::3]:
        round_, settings = round_of(doc), asked(method, **wanted)
        whole = figures(solve(round_, settings))
        for checkpoint in heard(round_, settings):
            assert sound(round_, settings, checkpoint) == whole
            stages.add((checkpoint.stage.rank, checkpoint.stage.name))
    floors = {name for _, name in stages} & {"floor"}
    assert (1, "plan") in stages
    assert max(rank for rank, _ in stages) == wanted.get("plans", 1)
    assert bool(floors) == ("equity" in wanted or wanted.get("kind") == "fairest")


def test_a_rank_that_is_done_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    round_, settings = round_of(ROUNDS[1]), asked("columns", plans=2, min_distance=0.3, rank_gap=0)
    second = next(one for one in heard(round_, settings) if one.stage.rank == 2)
    assert [one.stage.rank for one in second.finished] == [1]
    begun: list[int] = []
    entered = recorder.Recorder.begin

    def begin(self: recorder.Recorder, memory: Memory) -> None:
        begun.append(self.rank)
        entered(self, memory)

    monkeypatch.setattr(recorder.Recorder, "begin", begin)
    result = solve(round_, settings, resume=second)
    assert len(result.plans) == 2
    assert set(begun) == {2}
    assert result.plans[0].posts == second.finished[0].plan.posts  # type: ignore[union-attr]


def test_continued_again_and_again() -> None:
    """Cut off at the first checkpoint every time: each life adds something, and at last nothing is left to do."""
    round_, settings = round_of(ROUNDS[0]), asked("columns", plans=3, min_distance=0.3, rank_gap=0)
    whole, checkpoint, lives = figures(solve(round_, settings)), cut_at(round_, settings, 0), 0
    while (further := cut_at(round_, settings, 0, checkpoint)) is not None:
        assert checkpoint is not None
        assert further.continued == checkpoint.continued + 1
        checkpoint, lives = further, lives + 1
        assert lives < 30
    result = solve(round_, settings, resume=checkpoint)
    assert figures(result) == whole
    assert result.provenance["continued"] == lives + 1
    assert lives > 2


@pytest.mark.parametrize("method", METHODS)
def test_whoever_listens_changes_nothing(method: str) -> None:
    for doc in ROUNDS[:2]:
        round_, settings = round_of(doc), asked(method, plans=2)
        got: list[Checkpoint] = []
        heard, unheard = solve(round_, settings, on_checkpoint=got.append), solve(round_, settings)
        assert got
        assert heard.plans == unheard.plans
        assert heard.provenance["reproducible"]
        assert "continued" not in heard.provenance
        assert not any(point.note for point in heard.trace)


@pytest.mark.parametrize("method", METHODS)
def test_a_stop_at_once_still_gives_the_saved_plan(method: str) -> None:
    round_, settings = round_of(ROUNDS[0]), asked(method)
    checkpoint = heard(round_, settings)[-1]
    stop = Stop()
    stop.request()
    result = solve(round_, settings, resume=checkpoint, stop=stop)
    assert result.best is not None
    assert checkpoint.score is not None
    assert result.best.score >= checkpoint.score
    assert check(round_, result.best).ok


def changed(checkpoint: Checkpoint, **fields: Any) -> Checkpoint:
    """The checkpoint with other content: as if it had been written so."""
    return Checkpoint.model_validate(checkpoint.model_dump(by_alias=True) | fields)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("wrong", ["nobody", "unknown place", "twice", "two places"])
def test_a_saved_plan_that_is_none_is_dropped_and_the_trace_says_so(method: str, wrong: str) -> None:
    doc = crossing_round(67)
    round_, settings, best = round_of(doc), asked(method), optimum(doc)
    checkpoint = next(one for one in heard(round_, settings) if one.teams)
    place, team = next((place, team) for place, team in checkpoint.teams.items() if team)
    other = next(one for one in checkpoint.teams if one != place)
    wrongs: dict[str, dict[str, Any]] = {
        "nobody": {place: (("no such cadre", team[0][1]),)},
        "unknown place": {"no such place": team},
        "twice": {place: (*team, team[0])},
        "two places": {other: team},
    }
    result = solve(
        round_, settings, resume=changed(checkpoint, teams={**checkpoint.teams, **wrongs[wrong]}, score=10**6)
    )
    assert figures(result) == [(best, best)]
    assert [point.note for point in result.trace if point.note] == ["plan_dropped"]


def test_a_finished_rank_that_does_not_stand_the_recount_is_done_again() -> None:
    round_, settings = round_of(ROUNDS[1]), asked("columns", plans=2, min_distance=0.3, rank_gap=0)
    second = [one for one in heard(round_, settings) if one.stage.rank == 2][-1]
    plan = second.finished[0].plan
    assert plan is not None
    better = plan.model_copy(update={"score": plan.score + 100, "bound": plan.score + 100})
    finished = second.finished[0].model_copy(update={"plan": better, "bound": plan.score + 100})
    result = solve(round_, settings, resume=second.model_copy(update={"finished": (finished,)}))
    assert figures(result) == figures(solve(round_, settings))
    assert [point.note for point in result.trace if point.note] == ["rank_dropped"]


def test_the_saved_bound_counts_for_nothing() -> None:
    doc = crossing_round(67)
    round_, settings, best = round_of(doc), asked("columns"), optimum(doc)
    checkpoint = heard(round_, settings)[-1]
    assert checkpoint.score is not None
    for bound in (checkpoint.score, -(10**9)):
        assert sound(round_, settings, changed(checkpoint, bound=bound)) == [(best, best)]


def test_wrong_prices_only_cost_time() -> None:
    doc = crossing_round(67)
    round_, settings, best = round_of(doc), asked("columns"), optimum(doc)
    checkpoint = next(one for one in heard(round_, settings) if one.prices)
    prices = [{"rule": one.rule, "key": one.key, "price": -one.price * 1000} for one in checkpoint.prices]
    prices.append({"rule": "no_such_rule", "key": ("a", 1), "price": 5})
    assert sound(round_, settings, changed(checkpoint, prices=prices)) == [(best, best)]


def test_what_goes_wrong_with_a_checkpoint_ends_the_solve() -> None:
    def full(_checkpoint: Checkpoint) -> None:
        raise OSError(28, "No space left on device")

    for method in METHODS:
        with pytest.raises(OSError, match="No space left"):
            solve(round_of(ROUNDS[0]), asked(method), on_checkpoint=full)


def test_a_county_goes_on_from_its_prices_and_stays_small() -> None:
    round_, settings = county(), Settings(method="columns", gap=0.005, effort=60)
    checkpoint: Checkpoint | None = None
    for at in range(100):
        checkpoint = cut_at(round_, settings, at)
        if checkpoint is None or (checkpoint.prices and checkpoint.teams):
            break
    assert checkpoint is not None
    assert len(checkpoint.json_text().encode()) < 100_000
    assert max(len(teams) for teams in checkpoint.good_teams.values()) <= 4
    memory = Memory()
    result = solve(round_, settings, resume=checkpoint, memory=memory)
    assert result.best is not None
    assert checkpoint.score is not None
    assert result.best.score >= checkpoint.score
    assert result.best.gap is not None
    assert result.best.gap <= 0.005
    assert [point.note for point in result.trace if point.note] == ["resumed"]
    assert memory.plan
    assert check(round_, result.best, bound=True).ok
