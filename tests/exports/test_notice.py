"""The public notice shows four fields of everybody posted, and nothing else of anybody."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from matcher.exports import PlanRefused, notice_of
from tests.api.plans.solved import round_, solved

if TYPE_CHECKING:
    from matcher.codes import Language


@pytest.mark.parametrize(
    ("language", "headers"),
    [("zh", ("姓名", "单位", "岗位", "村")), ("en", ("Name", "Unit", "Post", "Village"))],
)
def test_four_fields_of_everybody_posted(language: Language, headers: tuple[str, ...]) -> None:
    sample, plan = round_(), solved()
    notice = notice_of(sample, plan, language)
    assert notice.headers == headers
    people, places = sample.facts.people, sample.facts.places
    assert sorted((row[0], row[1]) for row in notice.rows) == sorted(
        (people[post.cadre].record.name, people[post.cadre].unit.name) for post in plan.posts
    )
    villages = [places[post.village or ""].village.name for post in plan.posts]
    assert sorted(row[3] for row in notice.rows if not any(name in row[3] for name in villages)) == []


def test_the_three_forms_say_the_same() -> None:
    notice = notice_of(round_(), solved())
    text, page = notice.text(), notice.html()
    sheet = openpyxl.load_workbook(io.BytesIO(notice.workbook())).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == notice.title
    assert rows[1:] == [notice.headers, *notice.rows]
    lines = text.split("\n")
    assert [tuple(line.split("\t")) for line in lines if "\t" in line] == [notice.headers, *notice.rows]
    assert page.count("<tr>") == len(notice.rows) + 1
    assert notice.workbook() == notice.workbook()


def test_nothing_else_of_a_person_changes_it() -> None:
    # Whatever else is known of the people posted, the notice is the same to the byte.
    sample, plan = round_(), solved()
    document = sample.document()
    for cadre in document["cadres"]:
        cadre |= {"position": "科员甲乙丙", "ethnicity": "回族", "education": "博士", "grassroots_years": 0}
    other = type(sample).from_document(document)
    assert [notice_of(other, plan.model_copy(update={"explanation": None, "certificate": None})).text()] == [
        notice_of(sample, plan).text()
    ]


def test_what_is_written_like_markup_or_a_formula_stays_text() -> None:
    document = round_().document()
    for cadre in document["cadres"]:
        cadre["name"] = f"=1+1<b>{cadre['name']}</b>"
    sample = type(round_()).from_document(document)
    notice = notice_of(sample, solved().model_copy(update={"explanation": None}))
    assert "<b>" not in notice.html()
    sheet = openpyxl.load_workbook(io.BytesIO(notice.workbook())).active
    assert sheet is not None
    assert sheet.cell(3, 1).data_type == "s"


def test_a_partial_plan_has_no_notice() -> None:
    plan = solved()
    with pytest.raises(PlanRefused, match="team_structure"):
        notice_of(round_(), plan.model_copy(update={"posts": plan.posts[1:]}))
