"""``compare`` and ``what-if``: what differs, counted by the same weights, and what either plan leaves open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from matcher import Plan, Result, check
from matcher.edits import edited, weight
from matcher.solving.once import bounded
from matcher.study.changes import by_team, recounted
from matcher.tables import read_round
from tests.cli.ran import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


def test_compare_ranks(run: Program, solved: Path) -> None:
    ran = run("compare", solved / "round.json", solved / "result.json", "--lang", "en")
    assert ran.status == 0
    assert "Whose post differs" in ran.out
    assert "Whose post that changes" not in ran.out  # nothing was changed
    chinese = run("compare", solved / "round.json", solved / "result.json").out
    assert "岗位不同的人员" in chinese
    assert "因此变动的人员" not in chinese
    assert all(head in chinese for head in ("前者包村单位", "前一方案", "后一方案"))
    assert not any(head in chinese for head in ("原方案", "新方案"))
    assert "Lead unit of the second" in " ".join(ran.out.split())
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
    assert "原方案" in ran.out
    twice = run(
        "what-if", solved / "round.json", solved / "result.json", "--drop", gone, "--round-out", changed, "--force",
        "--json", changed,
    )  # fmt: skip
    assert twice.status == 2
    assert "写了两次" in twice.err
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


def test_the_same_plan_is_not_compared(run: Program, solved: Path) -> None:
    ran = run("compare", solved / "round.json", solved / "result.json", "--rank", 1)
    assert ran.status == 2
    assert "要比较的是同一个方案。写 --rank 2 或更后的名次" in ran.err


def test_the_plan_in_force_is_compared_with_its_successor(run: Program, solved: Path, tmp_path: Path) -> None:
    """Somebody of it has dropped out since: it breaks a rule of the round now, and is counted by that round."""
    before = Plan.from_document(read(solved / "result.json")["plans"][0])
    document = read(solved / "round.json")
    document["baseline"] = [post.model_dump(mode="json", exclude_none=True) for post in before.posts]
    document["decisions"] = [*document.get("decisions", []), {"kind": "drop", "cadre": before.posts[0].cadre}]
    now, after = tmp_path / "now.json", tmp_path / "after.json"
    now.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    assert run("solve", now, "--json", after).status == 0
    ran = run("compare", now, solved / "result.json", after)
    assert ran.status == 0, ran.err
    assert "因此变动的人员" in ran.out
    assert "原方案不满足改动后的硬性规则（已定事项），只用来比较分值" in ran.out
    later = Plan.from_document(read(after)["plans"][0])
    here = recounted(read_round(now), before, read_round(now), later)
    assert f"{here.plan.score}" in ran.out


def test_who_only_changes_the_role_neither_comes_nor_goes(solved: Path) -> None:
    round_ = read_round(solved / "round.json")
    plan = Plan.from_document(read(solved / "result.json")["plans"][0])
    village = next(post.village for post in plan.posts if post.role == "first_secretary")
    team = [post for post in plan.posts if post.village == village]
    one, other = team[0], next(post for post in team if post.role != team[0].role)
    swapped = [post for post in plan.posts if post not in (one, other)]
    swapped += [one.model_copy(update={"role": other.role}), other.model_copy(update={"role": one.role})]
    rows = by_team(round_, plan, plan.model_copy(update={"posts": tuple(swapped)})).to_dict("records")
    assert [(row["village"], row["came"], row["left"]) for row in rows] == [(village, 0, 0)]
