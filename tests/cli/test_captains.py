"""Questions about a township's general captain: why not, comparisons and the core name the township."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from matcher import Plan, Round
from tests.cli.ran import read
from tests.exports.captains import document_with_captains

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.ran import Program


@pytest.fixture
def captains(run: Program, tmp_path: Path) -> Path:
    """Return a folder with a round in which there are captains, and its two best plans."""
    (tmp_path / "round.json").write_text(json.dumps(document_with_captains(), ensure_ascii=False), "utf-8")
    ran = run(
        "solve", tmp_path / "round.json", "--plans", 2, "--min-distance", 0.01, "--method", "columns",
        "--json", tmp_path / "result.json",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    return tmp_path


def test_why_not_as_a_captain(run: Program, captains: Path) -> None:
    round_ = Round.from_document(read(captains / "round.json"))
    plan = Plan.from_document(read(captains / "result.json")["plans"][0])
    held = next(post for post in plan.posts if post.role == "captain")
    other = next(c.id for c in round_.cadres if c.id.startswith("X") and c.id != held.cadre)
    answer = captains / "answer.json"
    asked = ("why-not", captains / "round.json", captains / "result.json", "--township", held.township)
    ran = run(*asked, "--cadre", other, "--json", answer)
    assert ran.status == 0, ran.err
    told = read(answer)
    assert told["asked"]["place"] == f"{held.county}/{held.township}"
    assert told["answer"] in ("cost", "better", "impossible", "refused")
    if told["moves"]:
        assert f"{held.county}{held.township} 总队长" in ran.out
    same = run(*asked, "--cadre", held.cadre, "--role", "captain", "--json", answer)
    assert same.status == 0, same.err
    assert read(answer)["answer"] == "held"


def test_a_township_without_a_captain(run: Program, captains: Path) -> None:
    asked = ("why-not", captains / "round.json", captains / "result.json", "--cadre", "X0")
    nowhere = run(*asked, "--township", "无此乡")
    assert nowhere.status == 2
    assert "在设总队长的乡镇里没有“无此乡”" in nowhere.err
    both = run(*asked, "--township", "无此乡", "--village", "V1")
    assert both.status == 2
    assert "问总队长写 --cadre 加 --township" in both.err


def test_a_township_of_several_counties_is_named_with_its_county(run: Program, tmp_path: Path) -> None:
    """Where two counties have a township of one name, its name alone is not enough."""
    document = document_with_captains()
    for village in document["villages"]:
        village["township"] = "同名镇"  # the counties stay apart
    (tmp_path / "same.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    out = tmp_path / "same_result.json"
    assert run("solve", tmp_path / "same.json", "--method", "columns", "--json", out).status == 0
    asked = ("why-not", tmp_path / "same.json", out, "--cadre", "X0", "--township")
    several = run(*asked, "同名镇")
    assert several.status == 2
    assert "个设总队长的乡镇叫“同名镇”" in several.err
    assert "写“县/乡镇”" in several.err
    county = document["villages"][0]["county"]
    assert run(*asked, f"{county}/同名镇").status == 0


def test_where_captains_stand_is_named(run: Program, captains: Path) -> None:
    """Neither the core nor a comparison takes a township for a village."""
    for command in ("core", "compare"):
        ran = run(command, captains / "round.json", captains / "result.json")
        assert ran.status == 0, ran.err
        assert "/" not in "".join(line for line in ran.out.splitlines() if "总队长" in line)


def test_who_may_not_be_a_captain_hears_why(run: Program, captains: Path) -> None:
    """The rule of captains asks for a rank and a unit; that the village has no such seat would be a wrong reason."""
    document = read(captains / "round.json")
    document["cadres"] += [
        {
            **document["cadres"][0],
            "id": "junior",
            "name": "资历尚浅",
            "rank": "section_staff",
            "spouse": None,
        },
        {**document["cadres"][0], "id": "unknown", "name": "未填职级", "rank": None, "spouse": None},
    ]
    (captains / "more.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    out = captains / "more_result.json"
    assert run("solve", captains / "more.json", "--method", "columns", "--json", out).status == 0
    held = next(p for p in Plan.from_document(read(out)["plans"][0]).posts if p.role == "captain")
    asked = ("why-not", captains / "more.json", out, "--township", f"{held.county}/{held.township}")
    ran = run(*asked, "--cadre", "junior")
    assert "乡镇总队长：不具备总队长的条件：现任“四至一级主任科员”，单位为“" in ran.out
    assert "这个村没有这种岗位" not in ran.out
    assert "现任“未填”" in run(*asked, "--cadre", "unknown").out
