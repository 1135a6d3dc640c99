"""``why`` and ``why-not``: what they say, write and refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matcher import Plan, Result, explain_post, why_not
from matcher.cli.desk import Desk
from matcher.cli.problem_table import show_problems
from matcher.cli.views.answers import show_why_not
from matcher.demands import Holds, HoldsParams
from matcher.demands.book import demand
from matcher.exports import Background, Material
from matcher.problems import InvalidInput
from matcher.questions import WhyNot
from matcher.tables import read_round
from matcher.words.problems import line
from tests.cli.ran import read

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.codes import Language
    from tests.cli.ran import Program


def test_what_the_nearest_alternatives_cost_with_everybody_who_moves(
    run: Program, solved: Path, tmp_path: Path
) -> None:
    plan = Result.from_document(read(solved / "result.json")).plans[0]
    out = tmp_path / "why.json"
    ran = run(
        "why",
        solved / "round.json",
        solved / "result.json",
        "--cadre",
        plan.posts[0].cadre,
        "--settle",
        1,
        "--json",
        out,
    )
    assert ran.status == 0
    assert "其他人也可以变动" in ran.out
    first, *others = read(out)["for_seat"]
    assert first["settled"]["answer"] in ("cost", "better", "impossible")
    assert first["settled"]["moves"] or first["settled"]["answer"] == "impossible"
    assert all(other["settled"] is None for other in others)
    village = read_round(solved / "round.json").villages[0].id
    for more in (["--village", village], ["--cadre", plan.posts[0].cadre, "--rank", 2]):
        refused = run("why", solved / "round.json", solved / "result.json", *more, "--settle", 1)
        assert refused.status == 2
        assert "只能对第1名方案中某名干部的岗位" in refused.err


def test_why_a_post(run: Program, solved: Path, tmp_path: Path) -> None:
    plan = Plan.from_document(read(solved / "result.json")["plans"][0])
    post = plan.posts[0]
    ran = run(
        "why",
        solved / "round.json",
        solved / "result.json",
        "--cadre",
        post.cadre,
        "--json",
        tmp_path / "a.json",
    )
    assert ran.status == 0
    name = read_round(solved / "round.json").facts.people[post.cadre].record.name
    assert name in ran.out
    assert "这个岗位带来的分值" in ran.out
    assert read(tmp_path / "a.json")["reason"]["cadre"] == post.cadre


def test_why_a_team(run: Program, solved: Path) -> None:
    village = read_round(solved / "round.json").villages[0]
    ran = run("why", solved / "round.json", solved / "result.json", "--village", village.name, "--lang", "en")
    assert ran.status == 0
    assert f"{village.name}: led by" in ran.out


def test_why_of_somebody_without_a_post(run: Program, solved: Path) -> None:
    """The answer names the person and the option, not a table of ours; from Python, what was asked about."""
    plan, round_ = (
        Result.from_document(read(solved / "result.json")).plans[0],
        read_round(solved / "round.json"),
    )
    posted = {post.cadre for post in plan.posts}
    spare = next(cadre for cadre in round_.cadres if cadre.id not in posted)
    ran = run("why", solved / "round.json", solved / "result.json", "--cadre", spare.id)
    assert ran.status == 2
    assert f"--cadre：{spare.name}（" in ran.err
    assert "在这个方案中没有岗位" in ran.err
    assert "question" not in ran.err
    english = run(
        "why", solved / "round.json", solved / "result.json", "--cadre", spare.id, "--lang", "en"
    ).err
    assert f"--cadre: {spare.name} (" in english
    assert "has no post in this plan" in english
    with pytest.raises(InvalidInput, match="the cadre asked about: the cadre") as refused:
        explain_post(round_, plan, spare.id)
    (problem,) = refused.value.problems
    assert line(problem, "zh").startswith("所问的干部：")


def test_a_question_about_nobody_says_what_was_asked(
    capsys: pytest.CaptureFixture[str], solved: Path
) -> None:
    plan, round_ = (
        Result.from_document(read(solved / "result.json")).plans[0],
        read_round(solved / "round.json"),
    )
    with pytest.raises(InvalidInput) as refused:
        why_not(round_, plan, "C9999", "V9999", "herald")
    both: tuple[tuple[Language, tuple[str, ...]], ...] = (
        ("zh", ("提问", "所问的干部", "所问的村", "所问的岗位")),
        ("en", ("Question", "the cadre asked about", "the village asked about", "the role asked about")),
    )
    for language, said in both:
        show_problems(Desk(language), refused.value.problems)
        err = capsys.readouterr().err
        assert all(word in err for word in said)
        assert "question." not in err


def test_why_needs_one_thing_to_explain(run: Program, solved: Path) -> None:
    ran = run("why", solved / "round.json", solved / "result.json")
    assert ran.status == 2
    assert "没有写明问的是哪个岗位或哪个村" in ran.err
    ran = run("why", solved / "round.json", solved / "result.json", "--cadre", "没有这个人")
    assert ran.status == 2
    assert "干部表中没有“没有这个人”" in ran.err
    ran = run(
        "why", solved / "round.json", solved / "result.json", "--village", "V", "--rank", 7, "--lang", "en"
    )
    assert ran.status == 2
    assert "no plan of rank 7" in ran.err


def test_why_not_everybody(run: Program, solved: Path, tmp_path: Path) -> None:
    """Every cadre at one village: the answers are of several kinds, and the plans found stand the check."""
    round_ = read_round(solved / "round.json")
    village, answers = round_.villages[0].id, set()
    for number, cadre in enumerate(round_.cadres):
        out = tmp_path / f"{number}.json"
        ran = run(
            "why-not", solved / "round.json", solved / "result.json", "--cadre", cadre.id, "--village", village,
            "--json", out,
        )  # fmt: skip
        assert ran.status == 0
        answer = read(out)
        answers.add(answer["answer"])
        if answer["answer"] == "cost":
            assert answer["at_least"] <= answer["at_most"]
            assert ("总分要降低" if answer["at_most"] else "总分不变") in ran.out
    assert {"held", "cost"} <= answers


def test_what_would_turn_the_plan(run: Program, solved: Path, tmp_path: Path) -> None:
    """What is told is what Python says: each change is in words of both languages, and gives a plan with the pairing."""
    round_ = read_round(solved / "round.json")
    village, turned, out = round_.villages[0], 0, tmp_path / "answer.json"
    for cadre in round_.cadres:
        ran = run(
            "why-not", solved / "round.json", solved / "result.json", "--cadre", cadre.id, "--village", village.id,
            "--turning-points", "--json", out,
        )  # fmt: skip
        assert ran.status == 0
        answer = read(out)
        assert ("turns" in answer) == (answer["answer"] == "cost")
        if answer["answer"] == "cost" and not answer["turns"]:
            assert "试过的单项改动" in ran.out
        for turn in answer.get("turns", []):
            said = turn["sentence"]
            assert said["zh"] in ran.out
            if turn["kind"] == "weight":
                assert said["zh"].endswith(f"由{turn['before']}改为{turn['after']}")
                assert said["en"].endswith(f"from {turn['before']} to {turn['after']}")
            else:
                assert said["zh"].startswith(cadre.name)
                assert said["en"].endswith(cadre.name) or cadre.name in said["en"]
            posts = Plan.from_document(turn["plan"]).posts
            assert any(post.cadre == cadre.id and post.village == village.id for post in posts)
            turned += 1
    assert turned > 2


def test_turning_points_need_solves(run: Program, solved: Path) -> None:
    ran = run(
        "why-not", solved / "round.json", solved / "result.json", "--cadre", "C1", "--village", "V1",
        "--quick", "--turning-points",
    )  # fmt: skip
    assert ran.status == 2
    assert "--quick 不求解，不能同时用 --turning-points。去掉其中一个" in ran.err


def test_why_not_a_unit(run: Program, solved: Path) -> None:
    round_ = read_round(solved / "round.json")
    ran = run(
        "why-not", solved / "round.json", solved / "result.json", "--unit", round_.units[0].name, "--village",
        round_.villages[0].name, "--quick", "--lang", "en",
    )  # fmt: skip
    assert ran.status == 0
    assert ran.out.strip()
    refused = run("why-not", solved / "round.json", solved / "result.json", "--unit", round_.units[0].id)
    assert refused.status == 2
    assert "没有写明问的是谁" in refused.err


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "可以，总分不变"), ("en", "Possible at no cost: a plan of the same score")]
)
def test_a_pairing_that_costs_nothing_is_no_range(
    capsys: pytest.CaptureFixture[str], solved: Path, language: Language, said: str
) -> None:
    """Nothing is proven of a better plan with the pairing, but one of the same score was found: not “0 to 0 points”."""
    result = Result.from_document(read(solved / "result.json"))
    material = Material.checked(Background.of(read_round(solved / "round.json"), language), result.plans[0])
    asked = demand(Holds(), HoldsParams(place="V1", cadre="C1"))
    capsys.readouterr()
    show_why_not(Desk(language), material, WhyNot(asked, "cost", 100, at_least=-3, at_most=0))
    out = capsys.readouterr().out
    assert said in out
    assert "至" not in out
