"""What a rules table may say, and how what it may not say is reported: located, all of it, nothing half-loaded."""

from typing import Any

import pytest

from matcher import InvalidInput, Round, RuleBook
from matcher.problems import Problem
from matcher.round import RuleOverride
from matcher.rulebook import InForce
from tests.outside.small import cadre, round_of, village
from tests.rulekit.case_files import Data
from tests.rulekit.registries import Entry, entries

ENTRIES = entries()


def each(verdict: str) -> list[Any]:
    return [
        pytest.param(entry.rule.id, name, value, id=f"{entry}.{name}={value}")
        for entry in ENTRIES
        for name, values in entry.case_file.values.items()
        for value in values[verdict]
    ]


def problems_of(*rows: Data) -> tuple[Problem, ...]:
    """The problems with a rules table, the same from the book of rules and from a whole round."""
    with pytest.raises(InvalidInput) as by_book:
        RuleBook.of([RuleOverride.model_validate(row) for row in rows])
    with pytest.raises(InvalidInput) as by_round:
        Round.from_document(round_with(*rows))

    def written(problems: tuple[Problem, ...]) -> list[str]:
        return sorted(str(problem) for problem in problems)

    assert written(by_book.value.problems) == written(by_round.value.problems)
    return by_round.value.problems


def round_with(*rows: Data) -> Data:
    return {"id": "r", **round_of([village("V")], [cadre("a"), cadre("b")])} | {"rules": list(rows)}


def book_with(*rows: Data) -> RuleBook:
    round_ = Round.from_document(round_with(*rows))
    return RuleBook.of(round_.rules)


def in_force(book: RuleBook, rule: str) -> InForce[Any]:
    items: list[InForce[Any]] = [*book.screening, *book.plan, *book.terms]
    return next(item for item in items if item.rule.id == rule)


def where(problem: Problem) -> tuple[str, str, int | None, str]:
    """What is wrong, and where it stands."""
    return problem.code, problem.table, problem.row, problem.field


@pytest.mark.parametrize(("rule", "param", "value"), each("right"))
def test_a_right_value_takes_effect(rule: str, param: str, value: Any) -> None:
    book = book_with({"id": rule, "params": {param: value}})
    item = in_force(book, rule)
    assert item.params == item.rule.Params.model_validate({param: value})
    echoed = item.document()["params"]
    assert item.params.model_dump(mode="json", exclude_none=True) == echoed
    again = in_force(book_with({"id": rule, "params": echoed}), rule)
    assert again.params == item.params, "the echo of the rules in effect reads as the same rule"


@pytest.mark.parametrize(("rule", "param", "value"), each("wrong"))
def test_a_wrong_value_is_a_problem(rule: str, param: str, value: Any) -> None:
    problems = problems_of({"id": rule, "params": {param: value}})
    right = {(code, "rules", 0, "params") for code in ("bad_param", "unknown_param")}
    assert {where(problem) for problem in problems} <= right
    assert all(problem.details["rule"] == rule for problem in problems)
    assert all(_named(problem).split(".")[0] == param for problem in problems)


def _named(problem: Problem) -> str:
    """The parameter that a problem is about, and where in it."""
    return str(problem.value if problem.code == "unknown_param" else problem.details["param"])


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_an_unknown_parameter_is_a_problem(entry: Entry) -> None:
    (problem,) = problems_of({"id": entry.rule.id, "params": {"no_such": 1}})
    assert where(problem) == ("unknown_param", "rules", 0, "params")
    assert problem.value == "no_such"
    assert problem.details["known"] == list(entry.rule.Params.model_fields)


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_the_modes_that_a_rule_may_have(entry: Entry) -> None:
    rule: Any = entry.rule
    allowed = {
        "screening": {"on", "hard", "off"},
        "constraints": set(getattr(rule, "modes", ())),
        "scoring": {"on", "off"},
    }[entry.package]
    if rule.id == "decisions":
        allowed = {"hard"}
    for mode in ("hard", "soft", "off", "on"):
        row = {"id": rule.id, "mode": mode, "weight": 5} if mode == "soft" else {"id": rule.id, "mode": mode}
        if mode in allowed:
            assert book_with(row) is not None
        else:
            (problem,) = [problem for problem in problems_of(row) if problem.field == "mode"]
            assert where(problem) == ("mode_not_allowed", "rules", 0, "mode")
            assert problem.value == mode
            assert problem.details["modes"]


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.package == "constraints"], ids=str)
def test_soft_asks_for_a_weight(entry: Entry) -> None:
    rule: Any = entry.rule
    if "soft" not in rule.modes:
        return
    row = {"id": rule.id, "mode": "soft"}
    if rule.default_weight is not None:
        assert book_with(row).plan_rule(rule.id).weight == rule.default_weight
    else:
        (problem,) = problems_of(row)
        assert where(problem) == ("soft_without_weight", "rules", 0, "weight")
    assert book_with(row | {"weight": 0}).plan_rule(rule.id).weight == 0
    assert book_with(row | {"weight": 9}).plan_rule(rule.id).weight == 9


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.package == "screening"], ids=str)
def test_screening_takes_no_weight(entry: Entry) -> None:
    if entry.rule.id == "decisions":
        return
    (problem,) = problems_of({"id": entry.rule.id, "weight": 3})
    assert where(problem) == ("weight_not_allowed", "rules", 0, "weight")
    assert problem.value == "3"


def test_an_unknown_rule_names_the_nearest() -> None:
    (problem,) = problems_of({"id": "young_shares"})
    assert where(problem) == ("unknown_rule", "rules", 0, "id")
    assert problem.value == "young_shares"
    assert problem.details["nearest"] == "young_share"


@pytest.mark.parametrize(
    ("field", "value"), [("weight", -1), ("weight", 1.5), ("weight", True), ("mode", "x"), ("params", [1])]
)
def test_a_row_that_does_not_stand_by_itself(field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as found:
        Round.from_document(round_with({"id": "young_share", field: value}))
    (problem,) = found.value.problems
    assert where(problem)[1:] == ("rules", 0, field)


def test_all_problems_at_once_each_in_its_row() -> None:
    problems = problems_of(
        {"id": "age_limit", "mode": "soft", "weight": 2, "params": {"max_age": "old", "min_age": 3}},
        {"id": "nobody"},
        {"id": "team_units"},
        {"id": "spouses", "mode": "soft"},
        {"id": "one_post", "mode": "off"},
        {"id": "team_structure", "params": {"by_type": {"lifted": {"residents": -1, "support_max": 99}}}},
        {"id": "retain", "mode": "hard"},
    )
    found = sorted((problem.row or 0, problem.field, problem.code) for problem in problems)
    assert found == [
        (0, "mode", "mode_not_allowed"),
        (0, "params", "bad_param"),
        (0, "params", "unknown_param"),
        (0, "weight", "weight_not_allowed"),
        (1, "id", "unknown_rule"),
        (3, "weight", "soft_without_weight"),
        (4, "mode", "mode_not_allowed"),
        (5, "params", "bad_param"),
        (5, "params", "bad_param"),
        (6, "mode", "mode_not_allowed"),
    ]


def test_a_bad_row_before_them_does_not_move_the_rows() -> None:
    rows: list[Data] = [{"id": "young_share", "weight": -1}, {"id": "spouses", "mode": "soft"}]
    with pytest.raises(InvalidInput) as found:
        Round.from_document(round_with(*rows))
    assert [where(problem)[2:] for problem in found.value.problems] == [(0, "weight"), (1, "weight")]


def test_a_number_of_young_posts_counts_in_place_of_the_share() -> None:
    item = in_force(
        book_with({"id": "young_share", "params": {"min_share": 0.5, "min_posts": 3}}), "young_share"
    )
    assert item.params.share is None
    assert item.params.min_posts == 3


def test_a_range_is_in_order() -> None:
    (problem,) = problems_of({"id": "total_posts", "params": {"min": 5, "max": 4}})
    assert problem.code == "bad_param"
    assert "above" in problem.details["message"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, -1e300])
def test_no_number_is_too_odd_to_be_refused(value: float) -> None:
    for rule, param in (("young_share", "min_share"), ("mean_age", "max_age"), ("recall", "min_days")):
        (problem,) = problems_of({"id": rule, "params": {param: value}})
        assert problem.code == "bad_param"
