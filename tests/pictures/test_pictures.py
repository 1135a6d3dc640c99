"""Every picture is drawn, in both languages, and neither it nor what notebooks show loads anything."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from matcher import Plan, Round, Settings, solve
from matcher.codes import Language
from matcher.edits import edited, lock, weight
from matcher.notebook import NamedPlan
from matcher.pictures import (
    Picture,
    bundles,
    coverage,
    mix,
    movements,
    pareto,
    score_over_time,
    terms_by_plan,
    villages_by_index,
)
from matcher.pictures.labels import village_names
from matcher.result import Result
from matcher.study import Study
from tests.solving.county import county

PNG = b"\x89PNG"


@cache
def result() -> Result:
    return solve(county(), Settings(plans=2, gap=0.01, effort=60, method="columns"))


MADE: dict[str, Callable[[Language], Picture]] = {
    "score over time": lambda language: score_over_time(result(), language),
    "terms": lambda language: terms_by_plan(county(), result().plans, language),
    "villages": lambda language: villages_by_index(county(), result().plans[0], language),
    "coverage": lambda language: coverage(county(), result().plans[0], language),
    "bundles": lambda language: bundles(county(), result().plans[0], language),
    "mix": lambda language: mix(county(), result().plans[0], language),
    "movements": lambda language: movements(county(), result().plans[0], result().plans[1], language),
    "pareto": lambda language: pareto(county(), {str(p.rank): p for p in result().plans}, language),
}


def loads_nothing(html: str) -> bool:
    """Whether no part of it is fetched: names of namespaces are no addresses to load."""
    fetched = re.findall(r'(?:src|href|data|url)\s*[=(]\s*["\']?(?!#|data:)([^"\')\s>]+)', html)
    return not fetched and "<script" not in html and "@import" not in html


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_is_drawn(name: str, language: Language, tmp_path: Path) -> None:
    picture = MADE[name](language)
    svg = picture.svg()
    assert svg.startswith("<svg")
    assert picture.title in svg
    assert loads_nothing(picture._repr_html_())
    picture.save(tmp_path / "it.png")
    assert (tmp_path / "it.png").read_bytes().startswith(PNG)
    picture.save(tmp_path / "it.svg")
    assert (tmp_path / "it.svg").read_text("utf-8") == svg


def test_pictures_show_what_is_there() -> None:
    village = county().villages[0].name
    assert village in villages_by_index(county(), result().plans[0]).svg()
    assert village in coverage(county(), result().plans[0]).svg()


def test_changes_are_counted_against_the_first_where_nobody_is_in_office() -> None:
    first, second = result().plans
    held = [{(post.cadre, post.village, post.role) for post in plan.posts} for plan in (first, second)]
    nobody = county().patched(incumbents=[])
    points = pareto(nobody, {"a": first, "b": second}).chart.data
    assert list(points["changes"]) == [0, len(held[0] - held[1])]
    assert len(held[0] - held[1]) > 0
    fit = [sum(t.weighted for t in p.terms if t.id in ("need_fit", "need_coverage")) for p in (first, second)]
    assert list(points["fit"]) == fit
    office = {(row.cadre, row.village, row.role) for row in county().incumbents}
    points = pareto(county(), {"a": first, "b": second}).chart.data
    assert list(points["changes"]) == [len(office - one) for one in held]


def test_no_plan_hides_another() -> None:
    """Plans in one spot, or as good as in one, are a disc and rings around it, each wider than the one before."""
    first, second = result().plans

    def with_fit(plan: Plan, more: int) -> Plan:
        terms = [
            term.model_copy(update={"points": term.points + more * (term.id == "need_fit")})
            for term in plan.terms
        ]
        return plan.model_copy(update={"terms": tuple(terms)})

    named = {"a": first, "same": first, "far": with_fit(first, -1000), "b": with_fit(second, -500)}
    named |= {"near": with_fit(second, -499), "again": first}
    picture = pareto(county(), named)
    points = picture.chart.data.set_index("name")
    assert points["ring"].to_dict() == {"a": 0, "same": 1, "far": 0, "b": 0, "near": 1, "again": 2}
    assert points["around"]["a"] < points["around"]["same"] < points["around"]["again"]
    drawn = picture.svg()
    assert drawn.count('aria-roledescription="point"') == len(named)
    assert all(f"name: {name}" in drawn or f">{name}<" in drawn for name in named)
    assert "圆环：与所围圆点位置相同" in drawn
    assert "a ring lies where its disc does" in pareto(county(), named, "en").svg()
    apart = pareto(county(), {"a": first, "b": second})
    assert "圆环" not in apart.svg()
    alone = pareto(county(), {"a": first, "same": first})
    assert list(alone.chart.data["ring"]) == [0, 1]
    assert alone.svg().startswith("<svg")


def test_another_ending(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"written as \.svg or \.png, not as \.pdf"):
        MADE["terms"]("zh").save(tmp_path / "it.pdf")


def test_what_notebooks_show() -> None:
    plan = result().plans[0]
    assert plan.explanation is not None
    study = Study(county(), Settings(gap=0.05, effort=60))
    study.run()
    shown = [county()._repr_html_(), result()._repr_html_(), plan._repr_html_(), plan.explanation._repr_html_(),
             study._repr_html_()]  # fmt: skip
    assert all(loads_nothing(html) and html.startswith("<") for html in shown)
    assert str(plan.score) in result()._repr_html_()
    assert county().villages[0].name in plan.explanation._repr_html_()
    study.add("not yet", weight("need_fit", 2))
    html = study._repr_html_()
    assert all(head in html for head in ("情景", "改动处数", "状态", "比基准", "岗位变动人数"))
    assert f"<td>{study.plan().score}</td>" in html
    assert "<td>没有求解</td>" in html
    village, cadre = county().villages[0].id, plan.posts[0].cadre
    twice = edited(county(), [lock(cadre, village), lock(cadre, county().villages[1].id)])
    conflict = solve(twice, Settings(effort=60))._repr_html_()
    assert "不能同时满足的规则：" in conflict
    assert "已定事项" in conflict
    assert "decisions" not in conflict


def test_a_plan_is_shown_with_names_where_its_round_is_given() -> None:
    """A plan alone has ids only; with its round it names people and villages."""
    plan = result().plans[0]
    alone, named = plan._repr_html_(), NamedPlan(county(), plan)._repr_html_()
    facts = county().facts
    for post in plan.posts:
        assert post.cadre in alone
        assert facts.people[post.cadre].record.name in named
        assert post.cadre not in named
    assert facts.places[plan.posts[0].village or ""].village.name in named
    assert loads_nothing(named)
    unproven = plan.model_copy(update={"bound": None, "gap": None, "proof": "none"})._repr_html_()
    assert "没有证明上界" in unproven
    assert "—" not in unproven


def test_villages_of_one_name_are_told_apart() -> None:
    document = county().document()
    one, other, third = document["villages"][:3]
    one["name"] = other["name"] = third["name"] = "红旗村"
    third["township"] = one["township"]
    other["township"] = "另一镇"
    same = Round.from_document(document)
    labels = village_names(same)
    assert len(set(labels.values())) == len(same.villages)
    assert labels[other["id"]].endswith("另一镇红旗村")
    assert {labels[one["id"]], labels[third["id"]]} == {
        f"{labels[one['id']].removesuffix(' ' + one['id'])} {village['id']}" for village in (one, third)
    }
    plan = solve(same, Settings(gap=0.02, effort=60)).plans[0]
    rows = villages_by_index(same, plan).chart.to_dict()["datasets"]
    assert len({row["village"] for row in next(iter(rows.values()))}) == len(same.villages)
