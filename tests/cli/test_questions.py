"""``roster``, ``sensitivity``, ``repair``, several plans, and plans of another round: what they say and write."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from matcher import Plan, Result, Round, check, solve
from matcher.cli.desk import Desk
from matcher.cli.views.ranking import show_ranking
from matcher.edits import drop, edited
from matcher.exports import Background, Material
from matcher.questions import sensitivity
from matcher.tables import read_round
from tests.cli.ran import read, round_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


def test_a_roster_of_the_second_plan(run: Program, solved: Path, tmp_path: Path) -> None:
    second = Result.from_document(read(solved / "result.json")).plans[1]
    out = tmp_path / "second.xlsx"
    ran = run("roster", solved / "round.json", solved / "result.json", out, "--rank", 2)
    assert ran.status == 0
    cells = {
        str(cell) for row in CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python() for cell in row
    }
    names = {cadre.id: cadre.name for cadre in read_round(solved / "round.json").cadres}
    assert {names[post.cadre] for post in second.posts} <= cells
    refused = run(
        "roster", solved / "round.json", solved / "result.json", tmp_path / "third.xlsx", "--rank", 3
    )
    assert refused.status == 2
    assert "没有第3名" in refused.err
    assert not (tmp_path / "third.xlsx").exists()


def test_two_plans_side_by_side(run: Program, solved: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    ran = run("solve", solved / "round.json", "--plans", 2, "--min-distance", 0.3, "--json", out)
    assert ran.status == 0
    assert "各方案比较" in ran.out
    result = Result.from_document(read(out))
    assert [plan.rank for plan in result.plans] == [1, 2]
    round_ = read_round(solved / "round.json")
    assert check(round_, result.plans[1], better=result.plans[:1]).ok
    assert run("check", solved / "round.json", solved / "result.json", "--bound").status == 0


def test_fewer_plans_than_asked_for_say_why(run: Program, solved: Path) -> None:
    ran = run("solve", solved / "round.json", "--plans", 3, "--min-distance", 1, "--lang", "en")
    assert ran.status == 0
    assert "no plan differs so much from all" in ran.out


def test_a_distance_that_is_no_share(run: Program, solved: Path) -> None:
    ran = run("solve", solved / "round.json", "--plans", 2, "--min-distance", 2)
    assert ran.status == 2
    assert "--min-distance" in ran.err


def test_sensitivity_is_told(run: Program, solved: Path, tmp_path: Path) -> None:
    """What the file says is what Python says, and the screen shows the dearest of it."""
    told = tmp_path / "sensitivity.json"
    ran = run(
        "sensitivity", solved / "round.json", solved / "result.json", "--weights", "--posts", "--json", told
    )
    assert ran.status == 0
    answer, round_ = read(told), Round.from_document(read(solved / "round.json"))
    plan = Plan.from_document(read(solved / "result.json")["plans"][0])
    assert answer["worths"] == sensitivity.worths(round_, plan).to_dict("records")
    assert len(answer["seats"]) == len(round_.villages)
    assert answer["seats"][0]["points"] > 0
    assert f"{answer['seats'][0]['points']}" in ran.out
    for one in answer["weights"]:
        assert one["lowest"] <= one["weight"] <= one["highest"]
    steady = sum(post["kept"] == 1 for post in answer["posts"])
    assert f"{len(plan.posts)}个岗位中有{steady}个每次都不变" in ran.out


def test_sensitivity_needs_prices(run: Program, solved: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.json"
    assert run("solve", solved / "round.json", "--method", "one_piece", "--json", bare).status == 0
    ran = run("sensitivity", solved / "round.json", bare)
    assert ran.status == 2
    assert "没有上界证书" in ran.err


def test_sensitivity_is_of_the_round_of_the_plan(run: Program, solved: Path, tmp_path: Path) -> None:
    """A plan under a lock is possible in the round without it, but its prices are of another round."""
    plan = Plan.from_document(read(solved / "result.json")["plans"][0])
    post, locked = next(one for one in plan.posts if one.village), tmp_path / "locked.json"
    lock = f"{post.cadre}={post.village}:{post.role}"
    assert (
        run("solve", solved / "round.json", "--method", "columns", "--lock", lock, "--json", locked).status
        == 0
    )
    ran = run("sensitivity", solved / "round.json", locked)
    assert ran.status == 2
    assert "价格不适用" in ran.err


@pytest.mark.parametrize("command", ["why", "why-not", "core", "sensitivity", "compare", "roster", "what-if"])
def test_a_plan_of_another_round_is_refused(run: Program, solved: Path, tmp_path: Path, command: str) -> None:
    """Whoever changed the workbook after the solve is told so, and not that the product has failed."""
    plan = Plan.from_document(read(solved / "result.json")["plans"][0])
    round_ = Round.from_document(read(solved / "round.json"))
    post, other = next(one for one in plan.posts if one.village), tmp_path / "other.json"
    other.write_text(json.dumps(edited(round_, [drop(post.cadre)]).document(), ensure_ascii=False), "utf-8")
    options: dict[str, list[object]] = {
        "why": ["--village", post.village],
        "why-not": ["--village", post.village, "--cadre", post.cadre],
        "roster": [tmp_path / "out.xlsx"],
        "what-if": ["--set", "need_fit.weight=2"],
    }
    ran = run(command, other, solved / "result.json", *options.get(command, []))
    assert ran.status == 2
    assert "在这份选派数据里通不过复核" in ran.err
    assert "重新求解" in ran.err
    assert not (tmp_path / "out.xlsx").exists()


def test_without_a_solve_no_post_is_called_shaky(run: Program, solved: Path, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    ran = run(
        "sensitivity",
        solved / "round.json",
        solved / "result.json",
        "--posts",
        "--limit",
        0.001,
        "--json",
        told,
    )
    assert ran.status == 0
    assert "没有完成任何一次求解" in ran.out
    assert read(told)["posts"] is None


def test_sensitivity_that_runs_out_of_time_says_so(run: Program, solved: Path) -> None:
    ran = run(
        "sensitivity",
        solved / "round.json",
        solved / "result.json",
        "--weights",
        "--limit",
        "0.001",
        "--lang",
        "en",
    )
    assert ran.status == 0
    assert "Stopped early" in ran.out


def test_repair_and_apply(run: Program, tmp_path: Path) -> None:
    twins = round_file(tmp_path)
    document = read(twins)
    units = [{**unit, "quota": 0} for unit in document["units"]]
    broken = round_file(tmp_path, units=units)
    ran = run("repair", broken)
    assert ran.status == 3
    assert "怎样改就能求得方案" in ran.out
    assert "没有满足的硬性规则：" in ran.out
    assert "结果文件" not in ran.out
    mended = tmp_path / "mended.json"
    assert run("repair", broken, "--apply", 1, "--out", mended).status == 0
    assert run("solve", mended, "--effort", "quick").status == 0
    assert run("repair", mended).status == 0
    alone = run("repair", broken, "--apply", 1)
    assert alone.status == 2
    assert "--apply 和 --out 要同时写" in alone.err
    told = tmp_path / "told.json"
    ran = run("repair", broken, "--json", told)
    assert ran.status == 3
    assert "部分方案写在结果文件中" in ran.out
    assert Result.from_document(read(told)).infeasibility == solve(read_round(broken)).infeasibility
    assert run("repair", mended, "--json", told).status == 0
    assert Result.from_document(read(told)).best is not None
    twice = run("repair", broken, "--apply", 1, "--out", told, "--json", told)
    assert twice.status == 2
    assert "写了两次" in twice.err
    missing = run("repair", broken, "--apply", 99, "--out", tmp_path / "x.json")
    assert missing.status == 2
    assert "没有第99种办法" in missing.err


def test_plans_that_do_not_stand_by_their_ranks(run: Program, solved: Path, tmp_path: Path) -> None:
    document, other = read(solved / "result.json"), tmp_path / "other.json"
    document["plans"].reverse()
    other.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    ran = run("core", solved / "round.json", other)
    assert ran.status == 2
    assert "“other.json”里的方案不是按名次排的：第1个写的名次是2。请用求解写出的原文件" in ran.err


def test_how_many_plans_may_be_asked_for(run: Program, solved: Path) -> None:
    for many in (0, 101):
        ran = run("solve", solved / "round.json", "--plans", many)
        assert ran.status == 2
        assert "“--plans”的值不能用，应为：1至100的整数" in ran.err


def test_ranks_that_are_not_by_score_and_what_substance_costs_are_said(
    capsys: pytest.CaptureFixture[str], solved: Path
) -> None:
    background = Background.of(read_round(solved / "round.json"), "zh")
    first, second = Result.from_document(read(solved / "result.json")).plans
    one = Material.checked(background, first)
    above = second.model_copy(update={"score": first.score + 1, "floor": first.floor})
    show_ranking(Desk("zh"), [one, replace(one, plan=above)], None)
    out = capsys.readouterr().out
    assert "第2名得分高于第1名：从第1名一侧数，两者相差不到规定的岗位数，所以不能对调名次。" in out
    dear = second.model_copy(update={"substance": "met", "substance_bound": second.score + 3})
    show_ranking(Desk("zh"), [one, replace(one, plan=dear)], None)
    out = capsys.readouterr().out
    assert f"真正不同的方案，没有超过{second.score + 3}分的（已证明）" in out
    assert "得分高于" not in out
