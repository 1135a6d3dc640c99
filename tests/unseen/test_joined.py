"""Rules that the code has never seen join by their file and a line in a registry; nothing else knows them.

Engine, checker, rules table, rule catalogue and workbook take them as if they had always been there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matcher import InvalidInput, Round, RuleBook, Settings, check, constraints, scoring, solve
from matcher.rulebook import catalogue
from matcher.tables import read_round, vocabulary, write_csv, write_template, write_workbook
from tests.outside.small import Row, rule
from tests.rulekit.readings import Table, model_alone
from tests.unseen.enterprise_leads import EnterpriseLeads
from tests.unseen.familiar_faces import FamiliarFaces
from tests.unseen.tiny import best_by_the_checker, tiny_round
from tests.unseen.two_seniors import TwoSeniors

NEW = ("two_seniors", "enterprise_leads", "familiar_faces")
SEEDS = range(8)
HARD: tuple[Row, ...] = (rule("two_seniors", "hard"), rule("enterprise_leads", "hard", most=0))
SOFT: tuple[Row, ...] = (
    rule("two_seniors", "soft", 11, above=45),
    rule("enterprise_leads", "soft", 23, most=0),
    rule("familiar_faces", "on", 9),
)
MIXED: tuple[Row, ...] = (
    rule("two_seniors", "hard", above=45),
    rule("enterprise_leads", "soft", 17, kind="政府机关", most=0),
    rule("familiar_faces", "on", 3, peoples={"苗语": "汉族", "布依语": "汉族"}),
)
OFF: tuple[Row, ...] = (rule("familiar_faces", "off"),)


@pytest.fixture(autouse=True)
def joined(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(constraints, "RULES", (*constraints.RULES, TwoSeniors(), EnterpriseLeads()))
    monkeypatch.setattr(scoring, "TERMS", (*scoring.TERMS, FamiliarFaces()))
    vocabulary.rule_names.cache_clear()  # names are looked up once a process, and this one has begun
    yield
    vocabulary.rule_names.cache_clear()


@pytest.mark.parametrize("rules", [HARD, SOFT, MIXED, OFF], ids=["hard", "soft", "mixed", "off"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_plan_is_the_best_of_all_plans(seed: int, rules: tuple[Row, ...]) -> None:
    """The solver's optimum is the highest score that the checker counts over every plan there is."""
    table = Table.of(tiny_round(seed, *rules))
    best = best_by_the_checker(table)
    assert model_alone(table.instance) == model_alone(table.instance, prune=True) == best
    result = solve(table.round, Settings(effort=5))
    if best is None:
        assert result.status == "infeasible"
        return
    assert result.status == "optimal"
    assert result.best is not None
    assert result.best.score == result.bound == best
    assert check(table.round, result.best, attainable=True).ok
    assert {village.village: village.attainable for village in result.best.villages} == table.attainable


def test_each_of_them_matters() -> None:
    """Over the tiny rounds, each of the rules and the term changes the best plan or forbids all plans."""
    for new, on in (
        ("two_seniors", rule("two_seniors", "hard")),
        ("enterprise_leads", rule("enterprise_leads", "hard", most=0)),
        ("two_seniors", rule("two_seniors", "soft", 5, above=30)),
        ("enterprise_leads", rule("enterprise_leads", "soft", 5, most=0)),
        ("familiar_faces", rule("familiar_faces", "on", 40)),
    ):
        plain = [_best_posts(seed, rule(new, "off")) for seed in SEEDS]
        ruled = [_best_posts(seed, on) for seed in SEEDS]
        assert plain != ruled, new


def _best_posts(seed: int, *rules: Row) -> Any:
    found = solve(Round.from_document(tiny_round(seed, *rules)), Settings(effort=2)).best
    return found and (found.score, found.posts)


def test_an_unmet_soft_rule_is_a_violation_with_words() -> None:
    rows = [
        rule("two_seniors", "soft", 1, above=20),
        rule("enterprise_leads", "soft", 1, kind="国企", most=0),
    ]
    round_ = Round.from_document(tiny_round(1, *rows))
    plan = solve(round_, Settings(effort=2)).best
    assert plan is not None
    report = check(round_, plan)
    assert report.ok
    broken = {item.rule: item.breach for item in report.recount.soft_breaches}
    assert broken["two_seniors"].amount == 1
    assert TwoSeniors().say(broken["two_seniors"].data, "zh") in ("V有2名年长干部", "W有2名年长干部")
    assert EnterpriseLeads().say(broken["enterprise_leads"].data, "en").endswith("of 国企, at most 0")
    assert {row.rule for row in plan.violations} == {"two_seniors", "enterprise_leads"}


def test_impossible_rules_are_named_in_the_conflict() -> None:
    rows = [rule("enterprise_leads", "hard", kind=kind, most=0) for kind in ("国企",)]
    document = tiny_round(2, *rows)
    for row in document["cadres"]:
        row["unit"] = "U1"
    result = solve(Round.from_document(document), Settings(effort=2))
    assert result.status == "infeasible"
    assert result.infeasibility is not None
    assert "enterprise_leads" in result.infeasibility.conflict.rules


def test_the_catalogue_and_the_rules_in_effect_list_them() -> None:
    assert set(NEW) <= catalogue().keys()
    echoed = {
        row["id"]: row for row in RuleBook.of(Round.from_document(tiny_round(0, *SOFT)).rules).document()
    }
    assert echoed["two_seniors"]["params"] == {"above": 45}
    assert echoed["enterprise_leads"]["params"] == {"most": 0, "kind": "国企"}
    assert (echoed["familiar_faces"]["mode"], echoed["familiar_faces"]["weight"]) == ("on", 9)


def test_the_rules_table_checks_their_parameters() -> None:
    rows = [
        rule("two_seniors", "hard", above="old"),
        rule("enterprise_leads", "soft", most=1),
        rule("familiar_faces", "hard", people={}),
    ]
    for row in rows:
        row.pop("weight")
    with pytest.raises(InvalidInput) as found:
        Round.from_document(tiny_round(0, *rows))
    assert [(problem.row, problem.code) for problem in found.value.problems] == [
        (0, "bad_param"),
        (1, "soft_without_weight"),
        (2, "mode_not_allowed"),
        (2, "unknown_param"),
    ]


def test_a_workbook_carries_them(tmp_path: Path) -> None:
    round_ = Round.from_document(tiny_round(3, *SOFT))
    for language in ("zh", "en"):
        write_workbook(round_, tmp_path / "round.xlsx", language)
        assert read_round(tmp_path / "round.xlsx") == round_
        write_csv(round_, tmp_path / "csv", language)
        assert read_round(tmp_path / "csv") == round_


def test_the_rules_sheet_knows_them_by_name(tmp_path: Path) -> None:
    round_ = Round.from_document(tiny_round(3, *SOFT))
    write_workbook(round_, tmp_path / "round.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "round.xlsx")
    cells = {str(cell.value) for row in book["规则表"].iter_rows() for cell in row}
    assert {TwoSeniors.name.zh, EnterpriseLeads.name.zh, FamiliarFaces.name.zh} <= cells


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_lists_them(tmp_path: Path, language: Any) -> None:
    """The sheet of codes names every rule with its parameters and its sentence."""
    write_template(tmp_path / "template.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    for new in (TwoSeniors(), EnterpriseLeads(), FamiliarFaces()):
        assert {new.id, new.name.in_(language), new.sentence.in_(language)} <= cells
    assert any("most" in cell and "kind" in cell for cell in cells)
