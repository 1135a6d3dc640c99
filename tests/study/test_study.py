"""What-ifs: scenarios are rounds of their own, solved from the base, compared, saved and read again."""

import json
import os
import signal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from matcher import Plan, Round, Settings, Stop, check, solve
from matcher.edits import Edit, cell, drop, edited, lock, release, remove, rule, weight
from matcher.problems import InvalidInput
from matcher.solving import Progress
from matcher.study import Study
from matcher.study.changes import recounted
from tests.solving.county import county

SETTINGS = Settings(gap=0.01, effort=60)


@cache
def done() -> Study:
    """A study with a few scenarios, all run."""
    study = Study(county(), SETTINGS)
    first = study.plan().posts[0]
    study.add("without one", drop(first.cadre))
    study.grid("fit {fit}", lambda fit: [weight("need_fit", fit)], fit=[0, 2])
    study.add(
        "hard village", cell("villages", county().villages[0].id, hardship=5), rule("team_units", mode="off")
    )
    return study.run()


def test_every_scenario_has_a_plan_that_stands() -> None:
    study = done()
    assert list(study.scenarios) == ["base", "without one", "fit 0", "fit 2", "hard village"]
    for name in study.scenarios:
        assert check(study.round_of(name), study.plan(name)).ok


def test_scenarios_are_compared() -> None:
    table = done().scores()
    scores: dict[str, Any] = {str(name): row for name, row in table.to_dict("index").items()}
    assert list(scores) == list(done().scenarios)
    assert scores["base"]["change"] == 0
    assert scores["base"]["moves"] == 0
    assert scores["without one"]["moves"] >= 1
    assert (table["gap"] <= 0.01).all()
    terms: dict[Any, Any] = done().terms().to_dict()
    assert terms["fit 0"]["need_fit"] == 0
    assert terms["fit 2"]["need_fit"] > 0
    gone = done().plan().posts[0].cadre
    moved = done().moved("without one")
    assert gone in set(moved["cadre"])
    assert set(moved["kind"]) <= {"in", "out", "moved", "role"}
    assert len(done().worst("base", 3)) == 3


def worth(round_: Round, plan: Plan) -> int:
    """What the checker counts of a plan's posts by a round's rules and weights."""
    return check(round_, plan).recount.score


def test_the_base_counts_by_the_weights_of_the_scenario() -> None:
    study = done()
    table: dict[Any, Any] = study.scores().to_dict("index")
    for name, row in table.items():
        assert row["base"] == worth(study.round_of(name), study.plan())
        assert row["change"] == row["score"] - row["base"]
        assert row["base_keeps"] == (name != "without one")
    assert table["fit 2"]["base"] != study.plan().score


def test_the_base_counts_by_those_weights_where_it_breaks_a_rule_too() -> None:
    """Dropping somebody of the base's plan and doubling a weight: both plans are counted by the doubled weight."""
    study = Study(county(), SETTINGS)
    others = {key: rows for key, rows in county().document().items() if key != "cadres"}
    gone = next(post.cadre for post in study.plan().posts if post.cadre not in json.dumps(others))
    study.add("dropped", drop(gone), weight("need_fit", 2)).add(
        "lost", remove("cadres", gone), weight("need_fit", 2)
    )
    study.add("twice", weight("need_fit", 2))
    table: dict[Any, Any] = study.run().scores().to_dict("index")
    assert {table[name]["base"] for name in ("dropped", "lost", "twice")} == {
        worth(study.round_of("twice"), study.plan())
    }
    assert [table[name]["base_keeps"] for name in ("dropped", "lost", "twice")] == [False, False, True]
    assert table["dropped"]["change"] <= table["twice"]["change"] + 0.01 * table["twice"]["score"]
    lost = recounted(study.round_of("lost"), study.plan(), study.round, study.plan("lost"))
    assert lost.breaks == ("posts",)
    assert (lost.plan.bound, lost.plan.gap, lost.plan.proof, lost.plan.certificate) == (
        None,
        None,
        "none",
        None,
    )
    reach = {row.village: row.attainable for row in study.plan("twice").villages}
    twice = recounted(study.round_of("twice"), study.plan(), study.round, study.plan("twice"))
    assert {row.village: row.attainable for row in twice.plan.villages} == reach


def test_a_scenario_is_a_round_of_its_own() -> None:
    study = done()
    lineage = study.lineage("fit 2")
    assert lineage["base"] == county().digest
    edits = [Edit.model_validate(edit) for edit in lineage["edits"]]
    assert edited(county(), edits, name=study.round_of("fit 2").name).digest == lineage["digest"]
    assert "fit 2" in study.round_of("fit 2").name
    assert study.lineage("base")["digest"] == county().digest


def test_a_study_is_saved_and_read(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    done().save(path)
    again = Study.load(path)
    pd.testing.assert_frame_equal(again.scores(), done().scores())
    assert again.round.digest == county().digest
    again.add("one more", drop(again.plan().posts[1].cadre))
    assert again.result("one more").best is not None


def test_a_stop_keeps_the_best_and_the_study_goes_on(tmp_path: Path) -> None:
    study = Study(county(), Settings(effort=60))
    study.add("other", weight("need_fit", 3))
    stop = Stop()

    def told(_name: str, progress: object) -> None:
        if getattr(progress, "score", None) is not None:
            stop.request() if not stop.requested else None

    study.run(on_progress=told, stop=stop)
    assert study.scenarios["base"].interrupted
    assert study.scenarios["other"].result is None
    study.save(tmp_path / "study.json")
    again = Study.load(tmp_path / "study.json")
    assert again.scenarios["base"].interrupted
    again.settings = SETTINGS
    again.run()
    assert not again.scenarios["base"].interrupted
    assert again.scenarios["other"].result is not None


def test_edits_that_name_nothing() -> None:
    study = Study(county(), SETTINGS)
    with pytest.raises(InvalidInput, match="no row “X9”") as refused:
        study.add("wrong", cell("villages", "X9", hardship=1), release(999))
    assert len(refused.value.problems) == 2
    assert "wrong" not in study.scenarios
    with pytest.raises(InvalidInput, match="no table “towns”"):
        study.add("wrong", cell("towns", "X9", hardship=1))
    with pytest.raises(InvalidInput, match="there is a scenario “base” already"):
        study.add("base")
    with pytest.raises(InvalidInput, match="there is no scenario “none”"):
        study.round_of("none")


def test_names_that_can_not_be() -> None:
    study = Study(county(), SETTINGS)
    for name in ("", "x" * 101, "\ud800"):
        with pytest.raises(InvalidInput, match="empty, too long, or can't be saved"):
            study.add(name)
    for name in ("fit {nope}", "f {"):
        with pytest.raises(InvalidInput, match="none of the values"):
            study.grid(name, lambda fit: [weight("need_fit", fit)], fit=[1])
    study.grid("{name} {make}", lambda name, make: [weight(name, make)], name=["need_fit"], make=[3])
    assert "need_fit 3" in study.scenarios


def test_a_false_result_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    done().save(path)
    document = json.loads(path.read_text("utf-8"))
    document["scenarios"][0]["result"]["plans"][0]["score"] += 1
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(InvalidInput, match="does not stand the check"):
        Study.load(path)
    document["scenarios"] = [document["scenarios"][1], document["scenarios"][1]]
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(InvalidInput, match="already"):
        Study.load(path)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(op="baseline", table="baseline"),
        Edit(op="baseline", table="baseline", values={"rows": [1]}),
        Edit(op="rule", table="rules", key="need_fit", values={"params": [1]}),
        Edit(op="release", table="decisions", key="²"),
        Edit(op="release", table="cadres", key="1"),
    ],
    ids=str,
)
def test_hostile_edits(edit: Edit) -> None:
    with pytest.raises(InvalidInput, match=r"can't be applied|has no row"):
        edited(county(), [edit])


def test_a_scenario_without_a_plan() -> None:
    study = Study(county(), SETTINGS)
    one, other = (village.id for village in county().villages[:2])
    cadre = solve(county(), SETTINGS).plans[0].posts[0].cadre
    study.add("twice", lock(cadre, one), lock(cadre, other))
    assert study.result("twice").status == "infeasible"
    with pytest.raises(InvalidInput, match="“twice” has no plan"):
        study.plan("twice")


def test_a_file_that_is_no_study(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"schema": "round/1"}')
    with pytest.raises(InvalidInput, match="no study"):
        Study.load(path)
    path.write_text('{"schema": "study/1", "settings": {"effort": "huge"}, "round": {}, "scenarios": []}')
    with pytest.raises(InvalidInput, match="settings"):
        Study.load(path)


def test_a_scenario_that_was_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    study = Study(county(), Settings(effort=60))
    study.add("other", weight("need_fit", 3))

    heard: list[str] = []

    def interrupt(name: str, _progress: Progress) -> None:
        heard.append(name)
        if heard == ["base"]:  # once: a second signal would end it without an answer
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("matcher.study.study.live", lambda: interrupt)
    with pytest.raises(InvalidInput, match="“other” was not run to its end"):
        study.result("other")
    assert study.scenarios["base"].interrupted


def test_a_grid_is_added_whole_or_not_at_all() -> None:
    study = Study(county(), SETTINGS)
    with pytest.raises(InvalidInput):
        study.grid("fit {fit}", lambda fit: [weight("need_fit", fit)], fit=[1, -1, 3])
    with pytest.raises(InvalidInput, match="already"):
        study.grid("same", lambda fit: [weight("need_fit", fit)], fit=[1, 2])
    for name in ("f {fit.x}", "{fit[0]}", "{fit.__class__}", "{other}", "{", "{fit:z}"):
        with pytest.raises(InvalidInput, match="use fit in braces"):
            study.grid(name, lambda fit: [weight("need_fit", fit)], fit=[1])
    assert list(study.scenarios) == ["base"]


@pytest.mark.parametrize("no_edit", [{"op": "release"}, [1], None, "drop"])
def test_what_is_no_edit_is_not_added(no_edit: Any) -> None:
    study = Study(county(), SETTINGS)
    with pytest.raises(
        InvalidInput, match=f"change 2 of the scenario “x” is a {type(no_edit).__name__}, not an edit"
    ):
        study.add("x", weight("need_fit", 2), no_edit)
    with pytest.raises(InvalidInput, match="can't be saved"):
        study.add(5)  # type: ignore[arg-type]


def test_a_batch_whose_time_is_up_goes_on_later() -> None:
    study = Study(county(), SETTINGS).add("heavier", weight("need_fit", 3)).run(stop=Stop(0.0))
    assert study.scenarios["base"].interrupted
    assert study.scenarios["heavier"].result is None
    study.run("heavier")
    assert not any(one.interrupted for one in study.scenarios.values())
    assert study.scores()["change"].notna().all()


def test_results_of_others_are_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    done().save(path)
    document = json.loads(path.read_text("utf-8"))
    base, other = document["scenarios"][0], document["scenarios"][1]
    swapped = [{**base, "result": {**base["result"], "status": "infeasible"}}]
    swapped.append({**base, "result": other["result"]})
    for false in swapped:
        path.write_text(json.dumps({**document, "scenarios": [false]}), "utf-8")
        with pytest.raises(InvalidInput, match="is not its own"):
            Study.load(path)


def test_a_study_without_titles_keeps_its_rounds(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    study = Study(county(), SETTINGS, titled=False).add("fit", weight("need_fit", 2))
    study.save(path)
    assert Study.load(path).lineage("fit") == study.lineage("fit")
