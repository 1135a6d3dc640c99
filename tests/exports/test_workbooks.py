"""The roster workbook, read back: its sheets, its figures, its looks on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from matcher import check
from matcher.exports import PlanRefused, roster_workbook, screening_workbook

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from tests.exports.conftest import Solved

SHEETS = {
    "zh": ["花名册", "单位包村一览表", "选派理由", "资格审查表", "得分表", "各村得分", "规则与依据"],
    "en": ["Roster", "Units and villages", "Reasons", "Screening", "Scores", "Village scores", "Rules"],
}
HEADER = 3


def _book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def _table(book: Any, title: str, header: int = HEADER) -> list[dict[str, Any]]:
    """Return the rows of the table whose header stands in a row, up to the first blank one."""
    rows = list(book[title].iter_rows(min_row=header, values_only=True))
    found = []
    for row in rows[1:]:
        if row[0] is None:
            break
        found.append(dict(zip(rows[0], row, strict=True)))
    return found


def _margin(item: Any, side: str) -> str:
    """Return one part of a header or footer."""
    return str(getattr(item, side).text)


def _all_text(book: Any) -> str:
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    return "\n".join(map(str, cells))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheets(plain: Solved, language: Any) -> None:
    data = roster_workbook(plain.round, plain.plan, language, provenance=plain.result.provenance)
    assert _book(data).sheetnames == SHEETS[language]
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names == SHEETS[language]


def test_the_roster_has_every_post(plain: Solved) -> None:
    rows = _table(_book(roster_workbook(plain.round, plain.plan)), "花名册")
    facts = plain.round.facts
    assert [row["序号"] for row in rows] == list(range(1, len(plain.plan.posts) + 1))
    posts = {
        (facts.people[p.cadre].record.name, facts.places[p.village or ""].village.name)
        for p in plain.plan.posts
    }
    assert {(row["姓名"], row["村"]) for row in rows} == posts
    ages = {person.record.name: person.age for person in facts.people.values()}
    assert all(row["年龄"] == ages[row["姓名"]] for row in rows)
    villages = [row["村"] for row in rows]
    assert villages == sorted(villages, key=[place.village.name for place in facts.places.values()].index)
    first = [row["岗位"] for row in rows if row["村"] == villages[0]]
    assert first == ["第一书记", "驻村工作队员", "驻村工作队员"]


def test_remarks_say_who_stays_who_was_picked_and_what_was_decided(plain: Solved, odd: Solved) -> None:
    rows = {
        row["姓名"]: row["备注"] for row in _table(_book(roster_workbook(plain.round, plain.plan)), "花名册")
    }
    assert "已定" in rows[plain.round.cadres[0].name]
    assert "点名抽派" in rows[plain.round.cadres[1].name]
    stays = {row.cadre for row in odd.round.incumbents} & {post.cadre for post in odd.plan.posts}
    remarks = [row["备注"] or "" for row in _table(_book(roster_workbook(odd.round, odd.plan)), "花名册")]
    assert any("留任" in remark for remark in remarks) == bool(stays)


def test_the_units_with_their_villages(plain: Solved) -> None:
    rows = _table(_book(roster_workbook(plain.round, plain.plan)), "单位包村一览表")
    bundles = check(plain.round, plain.plan).recount.bundles
    names = {unit.id: unit.name for unit in plain.round.units}
    assert {row["单位"] for row in rows} == {names[bundle.unit] for bundle in bundles}
    assert sum(row["派出人数"] for row in rows) == len(plain.plan.posts)
    led = [village for row in rows if row["包村"] for village in row["包村"].split("、")]
    assert len(led) == len(plain.round.villages)


def test_the_scores_are_the_recounts(odd: Solved) -> None:
    book = _book(roster_workbook(odd.round, odd.plan, provenance=odd.result.provenance))
    counted = check(odd.round, odd.plan).recount
    sheet = book["得分表"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    lines = {row[0]: row[1] for row in cells if row[0]}
    assert lines["总分"] == str(counted.score)
    assert lines["已证明的上界"] == str(odd.plan.bound)
    start = next(i for i, row in enumerate(cells) if row[0] == "计分项") + 1
    terms = cells[start : start + len(counted.terms)]
    assert [(row[1], row[2], row[3]) for row in terms] == [
        (t.points, t.weight, t.weighted) for t in counted.terms
    ]
    start = next(i for i, row in enumerate(cells) if row[0] == "规则") + 1
    violations = cells[start : start + len(counted.violations)]
    assert counted.violations
    assert [(row[1], row[3]) for row in violations] == [(v.amount, v.penalty) for v in counted.violations]
    assert all(row[4] for row in violations)


def test_the_villages_points_are_the_recounts(plain: Solved) -> None:
    rows = _table(_book(roster_workbook(plain.round, plain.plan)), "各村得分")
    counted = check(plain.round, plain.plan).recount.villages
    assert [(r["得分"], r["可达分"], r["指数"]) for r in rows] == [
        (v.points, v.attainable, v.index) for v in counted
    ]
    terms = [name for name in rows[0] if name not in ("序号", "乡镇", "村", "得分", "可达分", "指数")]
    assert all(sum(row[term] for term in terms) == row["得分"] for row in rows)


def test_rules_and_provenance(odd: Solved) -> None:
    sheet = _book(roster_workbook(odd.round, odd.plan, provenance=odd.result.provenance))["规则与依据"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    lines = {row[0]: row[1] for row in rows}
    assert lines["选派数据摘要(SHA-256)"] == odd.round.digest
    assert lines["可否重现"] == "是"
    rules = {row[1]: row for row in rows}
    assert rules["team_units"][3:7] == ("软性", 3, "max_units = 1", "=文件")
    assert rules["township_captain"][3] == "停用"


def test_the_screening_has_every_candidate_and_reason(odd: Solved) -> None:
    rows = _table(_book(screening_workbook(odd.round)), "资格审查表")
    assert {row["序号"] for row in rows} == set(range(1, len(odd.round.cadres) + 1))
    refused = [row for row in rows if row["审查结果"] == "不合格"]
    assert refused
    assert all(
        row["理由"] and row["规则"] and not row["可任岗位"]
        for row in refused
        if row["适用范围"] == "所有岗位"
    )
    passed = [row for row in rows if row["审查结果"] == "合格"]
    assert all(row["可任岗位"] and not row["理由"] for row in passed)
    assert not any("总队长" in (row["适用范围"] or "") for row in rows)


def test_captains_and_counties(with_captains: Solved) -> None:
    book = _book(roster_workbook(with_captains.round, with_captains.plan))
    rows = _table(book, "花名册")
    captains = [row for row in rows if row["岗位"] == "总队长"]
    assert len(captains) == len(with_captains.round.facts.townships)
    assert all(row["村"] is None and row["乡镇"] and row["县(市、区)"] for row in captains)
    units = _table(book, "单位包村一览表")
    assert sum(row["派出人数"] for row in units) == len(with_captains.plan.posts)
    assert any("含总队长" in (row["备注"] or "") for row in units)
    assert any("总队长" in (row["可任岗位"] or "") for row in _table(book, "资格审查表"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_becomes_a_formula(odd: Solved, language: Any) -> None:
    book = _book(roster_workbook(odd.round, odd.plan, language))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert "=村" in _all_text(book)
    assert "+1+1" in _all_text(book)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sheet_is_a_draft_with_a_place_to_sign(odd: Solved, language: Any) -> None:
    draft, sign = {"zh": ("建议稿", "审批："), "en": ("Draft", "Approved by:")}[language]
    for sheet in _book(roster_workbook(odd.round, odd.plan, language)):
        text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        assert draft in str(sheet["A1"].value)
        assert sign in text
        assert draft in _margin(sheet.oddHeader, "right")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_says_that_a_machine_decided(plain: Solved, language: Any) -> None:
    text = _all_text(
        _book(roster_workbook(plain.round, plain.plan, language, provenance=plain.result.provenance))
    )
    for word in ("机器", "系统决定", "自动决定", "算法", "machine", "computer", "algorithm", "automatic"):
        assert word not in text.lower()


def test_the_set_up_for_printing(odd: Solved) -> None:
    book = _book(roster_workbook(odd.round, odd.plan))
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in _margin(sheet.oddFooter, "right")
        assert _margin(sheet.oddFooter, "left") == "=A1&&B1 && 某县 [选派]"
    assert book["花名册"].print_title_rows == "$3:$3"
    assert book["花名册"].freeze_panes == "A4"


def test_columns_are_wide_enough_for_their_longest_word(plain: Solved) -> None:
    sheet = _book(roster_workbook(plain.round, plain.plan))["花名册"]
    for header in sheet[HEADER]:
        width = sheet.column_dimensions[get_column_letter(header.column or 1)].width
        assert 1.9 * len(str(header.value)) <= width


def test_one_plan_gives_one_file(plain: Solved) -> None:
    provenance = plain.result.provenance
    files = [roster_workbook(plain.round, plain.plan, provenance=provenance) for _ in range(2)]
    assert files[0] == files[1]


def test_a_plan_that_does_not_stand_is_not_exported(plain: Solved) -> None:
    false = plain.plan.model_copy(update={"score": plain.plan.score + 1})
    with pytest.raises(PlanRefused, match="score"):
        roster_workbook(plain.round, false)
    broken = plain.plan.model_copy(update={"posts": plain.plan.posts[1:]})
    with pytest.raises(PlanRefused, match="team_structure"):
        roster_workbook(plain.round, broken)


def test_long_texts_are_cut_and_odd_characters_survive(plain: Solved) -> None:
    document = plain.round.document()
    cadre = plain.plan.posts[0].cadre
    for row in document["cadres"]:
        if row["id"] == cadre:
            row.update(name="𠮷野\u0001家", position="长" * 1999)
    round_ = plain.round.patched(cadres=document["cadres"])
    rows = _table(_book(roster_workbook(round_, plain.plan)), "花名册")
    assert any(str(row["姓名"]).startswith("𠮷野") for row in rows)
