"""``core``: which posts are firm, what giving one up costs, and what is said where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matcher import Result
from matcher.cli.desk import Desk
from matcher.cli.views.answers import show_core
from matcher.exports import Background, Material
from matcher.questions import Firm
from matcher.tables import read_round
from tests.cli.ran import read

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.codes import Language
    from tests.cli.ran import Program


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
