"""Files made of a plan: internal ones with personal data, and the public notice without."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from matcher.exports import notice_of
from tests.api.plans.solved import round_, solved
from tests.api.server import refused

if TYPE_CHECKING:
    from matcher.codes import Language
    from tests.api.plans.conftest import World


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_in_its_three_forms(world: World, language: Language) -> None:
    notice = notice_of(round_(), solved(), language)
    query = {"lang": language}
    text = world.planner.get(f"{world.path}/exports/notice.txt", params=query)
    assert text.text == notice.text()
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    page = world.planner.get(f"{world.path}/exports/notice.html", params=query)
    assert page.text == notice.html()
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    workbook = world.planner.get(f"{world.path}/exports/notice.xlsx", params=query)
    assert workbook.content == notice.workbook()
    assert workbook.headers["content-disposition"] == 'attachment; filename="notice.xlsx"'


def test_the_roster_is_a_workbook_with_everybody(world: World) -> None:
    answer = world.planner.get(f"{world.path}/exports/roster.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["花名册"]
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {round_().facts.people[post.cadre].record.name for post in solved().posts} <= told


def test_the_posts_as_a_table(world: World) -> None:
    answer = world.planner.get(f"{world.path}/exports/posts.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["cadre"], row["role"], row["village"]) for row in rows] == [
        (post.cadre, post.role, post.village) for post in solved().posts
    ]


def test_the_plan_itself(world: World) -> None:
    answer = world.planner.get(f"{world.path}/exports/plan.json")
    assert json.loads(answer.content) == solved().document()


def test_what_is_no_export(world: World) -> None:
    refused(world.planner.get(f"{world.path}/exports/notice.doc"), "request_invalid")
    refused(world.planner.get(f"{world.path}/exports/everything.zip"), "request_invalid")


def test_a_plan_that_does_not_stand_has_no_notice_and_no_roster(world: World) -> None:
    body = {"removed": [solved().posts[-1].cadre], "save": True, "reason": "x"}
    partial = world.planner.post(f"{world.path}/edit", json=body).json()["plan"]["id"]
    for file in ("notice.txt", "roster.xlsx"):
        refused(world.planner.get(f"/plans/{partial}/exports/{file}"), "plan_not_publishable")
