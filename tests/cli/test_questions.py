"""``why``, ``why-not``, ``compare``, ``what-if``, ``repair`` and several plans: what they say and write."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from matcher import Plan, Result, Round, check, explain_post, solve, why_not
from matcher.cli import main
from matcher.cli.desk import Desk
from matcher.cli.problem_table import show_problems
from matcher.cli.views.answers import show_core, show_why_not
from matcher.demands import Holds, HoldsParams
from matcher.demands.book import demand
from matcher.edits import drop, edited, weight
from matcher.exports import Background, Material
from matcher.problems import InvalidInput
from matcher.questions import Firm, WhyNot, sensitivity
from matcher.solving.once import bounded
from matcher.study.changes import recounted
from matcher.tables import read_round
from matcher.words.problems import line
from tests.cli.ran import read, round_file

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.codes import Language
    from tests.cli.ran import Program


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a round, ``round.json``, and two ranked plans of it, ``result.json``."""
    folder = tmp_path_factory.mktemp("questions")
    twins = round_file(folder)
    shutil.move(twins, folder / "round.json")
    arguments = ["--plans", "2", "--min-distance", "0.3", "--method", "columns"]
    assert main(["solve", str(folder / "round.json"), *arguments, "--json", str(folder / "result.json")]) == 0
    return folder


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


def test_the_core_is_told(run: Program, solved: Path, tmp_path: Path) -> None:
    ran = run(
        "core", solved / "round.json", solved / "result.json", "--within", 0, "--json", tmp_path / "core.json"
    )
    assert ran.status == 0
    posts = read(tmp_path / "core.json")["posts"]
    plans = Result.from_document(read(solved / "result.json")).plans
    assert len(posts) == len(plans[0].posts)
    firm = sum(post["firm"] for post in posts)
    assert f"{len(posts)}个岗位中{firm}个是稳的" in ran.out
    for post in posts:  # what is in every plan as good is in the second one where that is as good
        if post["firm"] and plans[1].score == plans[0].score:
            assert post["plans"] == 2


def test_the_core_of_another_plan(run: Program, solved: Path, tmp_path: Path) -> None:
    told = tmp_path / "core.json"
    second = Result.from_document(read(solved / "result.json")).plans[1]
    ran = run("core", solved / "round.json", solved / "result.json", "--rank", 2, "--json", told)
    assert ran.status == 0
    assert "以下是第2名方案的岗位" in ran.out
    assert {post["cadre"] for post in read(told)["posts"]} == {post.cadre for post in second.posts}
    english = run("core", solved / "round.json", solved / "result.json", "--rank", 2, "--lang", "en").out
    assert "These are the posts of plan 2" in english
    refused = run("core", solved / "round.json", solved / "result.json", "--rank", 3)
    assert refused.status == 2
    assert "没有第3名" in refused.err


@pytest.mark.parametrize(
    ("language", "word", "notes"),
    [
        ("zh", "不能换", ("没有任何方案能不由其任职（已证明）", "没有证明换掉会降低总分")),
        ("en", "no plan without", ("no plan at all can do without", "it is not proven")),
    ],
)
def test_the_core_says_what_no_cost_means(
    capsys: pytest.CaptureFixture[str], solved: Path, language: Language, word: str, notes: tuple[str, str]
) -> None:
    """A post that every plan has, one that may cost nothing, and one that costs something."""
    plan = Result.from_document(read(solved / "result.json")).plans[0]
    material = Material.checked(Background.of(read_round(solved / "round.json"), language), plan)
    posts = [
        Firm(post.cadre, post.village or "", post.role, cost, firm=cost != 0, plans=1)
        for post, cost in zip(plan.posts, (None, 0, 9), strict=False)
    ]
    capsys.readouterr()
    show_core(Desk(language), material, posts, 5, plan)
    out = capsys.readouterr().out
    rows = [shown.split() for shown in out.splitlines()]
    assert sum(word in shown for shown in out.splitlines()) == 2  # the row, and the note on it
    assert all(note in out for note in notes)
    assert any(row[-2:] == ["9", "1"] for row in rows if row)
    show_core(Desk(language), material, posts[2:], 5, plan)
    out = capsys.readouterr().out
    assert not any(note in out for note in notes)


def test_the_core_needs_prices(run: Program, solved: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.json"
    assert run("solve", solved / "round.json", "--method", "one_piece", "--json", bare).status == 0
    ran = run("core", solved / "round.json", bare)
    assert ran.status == 2
    assert "没有上界证书" in ran.err


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


def test_compare_ranks(run: Program, solved: Path) -> None:
    ran = run("compare", solved / "round.json", solved / "result.json", "--lang", "en")
    assert ran.status == 0
    assert "Whose post differs" in ran.out
    assert "Whose post that changes" not in ran.out  # nothing was changed
    chinese = run("compare", solved / "round.json", solved / "result.json").out
    assert "岗位不同的人员" in chinese
    assert "因此变动的人员" not in chinese
    assert "Teams that change" in ran.out
    same = run("compare", solved / "round.json", solved / "result.json", solved / "result.json")
    assert "两个方案的岗位完全相同" in same.out


def test_what_if_somebody_drops_out(run: Program, solved: Path, tmp_path: Path) -> None:
    plan = Plan.from_document(read(solved / "result.json")["plans"][0])
    gone, changed = plan.posts[0].cadre, tmp_path / "changed.json"
    ran = run(
        "what-if", solved / "round.json", solved / "result.json", "--drop", gone, "--round-out", changed
    )
    assert ran.status == 0
    assert "因此变动的人员" in ran.out
    assert {"kind": "drop", "cadre": gone}.items() <= read(changed)["decisions"][-1].items()
    nothing = run("what-if", solved / "round.json", solved / "result.json")
    assert nothing.status == 2
    assert "没有写明改动什么" in nothing.err


def test_what_if_compares_by_the_changed_weights(run: Program, solved: Path, tmp_path: Path) -> None:
    """Both plans are counted by the weights of the what-if, and nothing is said of a bound that was of other weights."""
    own = Plan.from_document(read(solved / "result.json")["plans"][0])
    changed, out = tmp_path / "changed.json", tmp_path / "out.json"
    gone = own.posts[0].cadre
    for more in ([], ["--drop", gone]):
        asked = ["--set", "need_fit.weight=3", *more, "--round-out", changed, "--json", out]
        ran = run("what-if", solved / "round.json", solved / "result.json", *asked)
        assert ran.status == 0
        here = check(read_round(changed), own).recount.score
        after = Result.from_document(read(out)).plans[0]
        assert here != own.score
        assert f"原方案按改动后的规则和权重重新计分：由{own.score}分变为{here}分" in ran.out
        total = next(line for line in ran.out.splitlines() if line.strip().startswith("总分"))
        assert total.split()[1:] == [str(here), str(after.score), f"{after.score - here:+d}"]
        assert ("不满足改动后的硬性规则（已定事项）" in ran.out) == bool(more)
        assert "0分：" not in ran.out
    english = run("what-if", solved / "round.json", solved / "result.json", *asked, "--lang", "en").out
    assert f"counted by the changed rules and weights: {here} points in place of {own.score}" in english
    assert "breaks hard rules of the changed round (Decisions)" in english


def test_what_if_says_what_is_open(run: Program, solved: Path, tmp_path: Path) -> None:
    """What either plan lacks to its bound is said where it lacks something, in points of the right weights."""
    document, out = read(solved / "result.json"), tmp_path / "out.json"
    plan = Plan.from_document(document["plans"][0])
    open_, unproven = tmp_path / "open.json", tmp_path / "unproven.json"
    for path, bound in ((open_, plan.score + 7), (unproven, None)):
        path.write_text(bounded(plan.model_copy(update={"certificate": None}), bound).json_text(), "utf-8")
    asked = ["--set", "need_fit.weight=3", "--gap", 0.5, "--json", out]
    said = run("what-if", solved / "round.json", open_, *asked).out
    assert "原方案在改动前离上界还有7分：变化中可能有一部分由此而来。" in said
    after = Result.from_document(read(out)).plans[0]
    assert after.bound is not None
    here = recounted(
        edited(read_round(solved / "round.json"), [weight("need_fit", 3)]),
        plan,
        read_round(solved / "round.json"),
        after,
    )
    least, most = after.score - here.plan.score, after.bound - here.plan.score
    assert (f"改动后最好的方案与原方案相差{least:+d}至{most:+d}分" in said) == (most > least)
    assert "原方案没有证明上界" in run("what-if", solved / "round.json", unproven, *asked).out
    english = run("what-if", solved / "round.json", open_, *asked, "--lang", "en").out
    assert "Before the change the plan was 7 points below its bound" in english
    english = run("what-if", solved / "round.json", unproven, *asked, "--lang", "en").out
    assert "No bound was proven of the plan before" in english


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
