"""What the service knows by itself: rules, terms and codes with help, an empty workbook, samples."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from matcher import codes
from matcher.rulebook import RuleBook
from tests.api.server import made_round, refused, sample

if TYPE_CHECKING:
    from tests.api.server import Server


def test_every_rule_and_term_with_its_default_and_help(server: Server) -> None:
    client, book = server.person(), RuleBook.of(())
    rules = client.get("/catalogue/rules").json()["items"]
    terms = client.get("/catalogue/terms").json()["items"]
    ids = [item.rule.id for item in book.screening] + [item.rule.id for item in book.plan]
    assert [row["id"] for row in rules] == ids
    assert [(row["id"], row.get("weight")) for row in terms] == [(t.rule.id, t.weight) for t in book.terms]
    for row in (*rules, *terms):
        for text in ("name", "sentence", "why", "allowed", "refused"):
            assert row[text]["zh"], row["id"]
            assert row[text]["en"], row["id"]
    age = next(row for row in rules if row["id"] == "age_limit")
    assert age["params"]["max_age"] == 55
    assert "max_age" in age["params_schema"]["properties"]


def test_every_code(server: Server) -> None:
    lists = {row["name"]: row for row in server.person().get("/catalogue/codes").json()["items"]}
    assert [code["code"] for code in lists["role"]["codes"]] == list(codes.ROLES)
    assert lists["role"]["codes"][0]["zh"] == "第一书记"
    assert [code["code"] for code in lists["specialty"]["codes"]] == list(codes.SPECIALTIES)


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    client = server.person()
    tag = client.get("/catalogue/rules").headers["etag"]
    again = client.get("/catalogue/rules", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("language", "sheet"), [("zh", "村情表"), ("en", "Villages")])
def test_the_empty_workbook(server: Server, language: str, sheet: str) -> None:
    answer = server.person().get("/templates/round.xlsx", params={"lang": language})
    assert sheet in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames


def test_the_samples_are_rounds(server: Server) -> None:
    planner = server.planner()
    heads = planner.get("/demos").json()["items"]
    assert [head["name"] for head in heads] == ["huaxi", "louxing", "qinyang", "yuzhong"]
    document = planner.get("/demos/huaxi").json()
    assert document == sample("huaxi")
    (huaxi,) = [head for head in heads if head["name"] == "huaxi"]
    assert (huaxi["villages"], huaxi["cadres"]) == (len(document["villages"]), len(document["cadres"]))
    made_round(planner, document)
    refused(planner.get("/demos/nowhere"), "not_found")
    refused(planner.get("/demos/stress"), "not_found")
