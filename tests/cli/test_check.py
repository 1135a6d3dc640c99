"""``matcher check``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from matcher.exports import Names
from matcher.exports.findings import figure
from matcher.tables import read_round
from tests.cli.ran import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.ran import Document, Program

Change = "Callable[[Document], Any]"


def _changed(path: Path, change: Callable[[Document], Any]) -> Path:
    document = read(path)
    change(document)
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_a_result_stands(run: Program, twins: Path, result_file: Path) -> None:
    ran = run("check", twins, result_file, "--json", twins.with_name("report.json"))
    assert ran.status == 0
    assert "方案成立" in ran.out
    assert "可达分采用方案所列数值" in ran.out
    report = read(twins.with_name("report.json"))
    assert (report["plans"][0]["ok"], report["plans"][0]["attainable"]) == (True, "taken from the plan")


def test_a_plan_stands_with_attainable_points_searched(run: Program, twins: Path, result_file: Path) -> None:
    plan = twins.with_name("plan.json")
    plan.write_text(json.dumps(read(result_file)["plans"][0]), "utf-8")
    ran = run("check", twins, plan, "--attainable", "--lang", "en")
    assert ran.status == 0
    assert "The plan stands" in ran.out
    assert "searched again, village by village" in ran.out


def test_every_plan_of_a_result_is_checked(run: Program, twins: Path, result_file: Path) -> None:
    def double(document: Document) -> None:
        second = json.loads(json.dumps(document["plans"][0]))
        second.update(rank=2, score=second["score"] + 1)
        document["plans"].append(second)

    ran = run("check", twins, _changed(result_file, double))
    assert ran.status == 1
    assert "第1个方案" in ran.out
    assert "第2个方案" in ran.out
    assert "方案成立" in ran.out
    assert "方案不成立" in ran.out


def _swap(document: Document) -> None:
    posts = document["plans"][0]["posts"]
    posts[0]["cadre"], posts[1]["cadre"] = posts[1]["cadre"], posts[0]["cadre"]


FALSE: list[tuple[Callable[[Document], Any], str]] = [
    (lambda d: d["plans"][0].update(score=1), "总分"),
    (lambda d: d["plans"][0]["terms"][0].update(weighted=1), "加权分"),
    (lambda d: d["plans"][0]["terms"][0].update(points=1), "的分值"),
    (lambda d: d["plans"][0]["villages"][0].update(points=1), "的得分"),
    (lambda d: d["plans"][0]["villages"][0].update(index=0.123), "的指数"),
    (lambda d: d["plans"][0]["bundles"][0].update(people=9), "单位包村"),
    (lambda d: d["plans"][0]["violations"].append({"rule": "spouses", "subjects": {}, "amount": 1, "penalty": 1}), "夫妻"),
    (lambda d: d["plans"][0].update(gap=0.5), "与上界的差距"),
    (lambda d: d["plans"][0].update(bound=1), "上界低于得分"),
    (lambda d: d["plans"][0].update(proof="gap"), "证明"),
    (lambda d: d["plans"][0]["floor"].update(index=0.1), "最低指数"),
    (lambda d: d["plans"][0]["reserves"][0].update(cadre="X"), "替补对应的岗位无人担任"),
    (lambda d: d["plans"][0]["posts"].pop(), "队伍结构"),
    (lambda d: d["plans"][0]["posts"][0].update(cadre="X"), "干部表中没有这名干部"),
    (lambda d: d["plans"][0]["posts"][0].update(village="X"), "村情表中没有这个村"),
    (lambda d: d["plans"][0]["posts"][0].update(role="captain"), "本轮没有这种岗位"),
    (lambda d: d["plans"][0]["posts"].append(dict(d["plans"][0]["posts"][0])), "一人一岗"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), FALSE, ids=[said for _, said in FALSE])
def test_what_is_false_is_named(
    run: Program, twins: Path, result_file: Path, change: Callable[[Document], Any], said: str
) -> None:
    ran = run("check", twins, _changed(result_file, change))
    assert (ran.status, said in ran.out) == (1, True)
    english = run("check", twins, result_file, "--lang", "en")
    assert english.status == 1
    assert "does not stand" in english.out


DAMAGED: list[tuple[Callable[[Document], Any], str]] = [
    (lambda d: d["plans"][0].pop("score"), "plans.0.score"),
    (lambda d: d["plans"][0].update(more=1), "plans.0.more"),
    (lambda d: d["plans"][0]["posts"][2].update(cadre=7), "plans.0.posts.2.cadre"),
    (lambda d: d["plans"][0]["terms"][1].update(points="many"), "plans.0.terms.1.points"),
    (lambda d: d.update(plans=[]), "里没有方案"),
    (lambda d: d.update(plans=["x"]), "plans.0"),
    (lambda d: d.update(status="maybe"), "status"),
    (lambda d: d.update(more=1), "more"),
    (lambda d: d.update(schema="round/1"), "不是方案文件"),
]


@pytest.mark.parametrize(("change", "said"), DAMAGED, ids=[said for _, said in DAMAGED])
def test_a_damaged_document_is_located(
    run: Program, twins: Path, result_file: Path, change: Callable[[Document], Any], said: str
) -> None:
    ran = run("check", twins, _changed(result_file, change))
    assert (ran.status, said in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"[1]", "不是方案文件"), (b'{"a":', "语法错误"), (b"\xff\xfe", "UTF-8"), (b"", "空的")],
)
def test_a_file_that_is_no_document(run: Program, twins: Path, content: bytes, said: str) -> None:
    path = twins.with_name("plan.json")
    path.write_bytes(content)
    ran = run("check", twins, path)
    assert (ran.status, said in ran.err) == (2, True)


def test_another_version_of_the_round_is_noted(run: Program, twins: Path, result_file: Path) -> None:
    ran = run("check", twins, result_file, "--set", "need_fit.weight=2")
    assert "另一份选派数据" in ran.err
    assert ran.status == 1
    assert "需求契合" in ran.out


def test_screening_that_refuses_a_post_is_told(run: Program, twins: Path, result_file: Path) -> None:
    document = read(twins)
    posted = read(result_file)["plans"][0]["posts"][0]["cadre"]
    cadre = next(row for row in document["cadres"] if row["id"] == posted)
    cadre["flags"] = ["probation"]
    twins.write_text(json.dumps(document), "utf-8")
    ran = run("check", twins, result_file)
    assert ran.status == 1
    assert "负面清单" in ran.out
    assert f"{cadre['name']}（" in ran.out


# ---------------------------------------------------------------- the bound


def _certify(above: int = 0) -> Callable[[Document], None]:
    """Give the plan a certificate without prices: no village has more than its attainable points."""

    def change(document: Document) -> None:
        plan = document["plans"][0]
        blocks = [{"village": row["village"], "bound": row["attainable"] + above} for row in plan["villages"]]
        plan["certificate"] = {
            "round_digest": document["provenance"]["round_digest"],
            "scale": 1,
            "prices": [],
            "blocks": blocks,
            "bound": sum(row["bound"] for row in blocks),
        }

    return change


def test_a_bound_is_shown_by_its_certificate(run: Program, twins: Path, result_file: Path) -> None:
    changed = _changed(result_file, _certify())
    ran = run("check", twins, changed, "--bound", "--json", twins.with_name("report.json"))
    stated = read(changed)["plans"][0]
    assert ran.status == 0
    assert "上界成立" in ran.out
    assert f"超过{stated['certificate']['bound']}" in ran.out
    assert "这里没有复核" in ran.out
    bound = read(twins.with_name("report.json"))["plans"][0]["bound"]
    assert bound == {
        "ok": True, "proven": stated["certificate"]["bound"], "stated": stated["bound"], "floor": None, "problems": [],
    }  # fmt: skip
    english = run("check", twins, changed, "--bound", "--lang", "en")
    assert "The bound stands" in english.out
    assert "was not checked here" in english.out


def test_a_false_certificate_is_named(run: Program, twins: Path, result_file: Path) -> None:
    changed = _changed(result_file, _certify(above=-1))
    ran = run("check", twins, changed, "--bound")
    assert ran.status == 1
    assert "上界未得到证明" in ran.out
    assert "certificate.blocks[0].bound" in ran.out
    assert "超出1" in ran.out
    assert "方案成立" in ran.out
    english = run("check", twins, changed, "--bound", "--lang", "en")
    assert (english.status, "1 more (in points × 1)" in english.out) == (1, True)
    assert run("check", twins, changed).status == 0


def test_a_bound_without_a_certificate_is_not_shown(run: Program, twins: Path, result_file: Path) -> None:
    ran = run("check", twins, result_file, "--bound", "--lang", "en")
    assert (ran.status, "has no certificate" in ran.out) == (1, True)


def test_every_figure_of_the_checker_has_its_words(twins: Path) -> None:
    """No figure that a check can name stands in English on a Chinese page."""
    names = Names(read_round(twins).facts, "zh")
    folder = Path(__file__).parents[2] / "matcher" / "check"
    found = {
        begin
        for path in folder.glob("*.py")
        for begin in re.findall(r'Difference\(\s*f?"([^"{]+)', path.read_text("utf-8"))
    }
    assert len(found) > 20
    assert [begin for begin in found if re.search(r"[a-z]{3}", figure(names, begin))] == []
