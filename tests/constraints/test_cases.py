"""Every plan rule against its cases: what the checker says, what the model says, and that they agree.

Each case is read in every mode of its rule, with all other rules switched off unless the case names them.
"""

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from matcher import constraints
from matcher.codes import Language
from matcher.rulekit import Breach, PlanRule
from tests.rulekit.case_files import Case, as_list, cases_in
from tests.rulekit.readings import Table, audited, can_be_modelled, judged, model_alone, model_with, rows_with
from tests.rulekit.rounds import document_of, posts_of

CASES = cases_in(Path(__file__).parent / "cases")
RULES: dict[str, PlanRule[Any]] = {rule.id: rule for rule in constraints.RULES}
#: The price of a unit of amount in soft mode: a number that nothing else gives.
PRICE = 7
MODES = ("hard", "soft", "off")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def in_every_mode(which: Callable[[str], bool] = bool, modes: Collection[str] = MODES) -> list[Any]:
    return [
        pytest.param(case, mode, id=f"{case}-{mode}")
        for case in CASES
        for mode in RULES[case.rule].modes
        if which(case.rule) and mode in modes
    ]


@cache
def table_of(case: Case, mode: str) -> Table:
    weight = PRICE if mode == "soft" else None
    return Table.of(document_of(case, mode=mode, weight=weight))


def expected(case: Case) -> list[tuple[Any, bool]]:
    """The breaches of a case as it writes them: the subjects, ``amount`` (1) and ``always`` (no)."""
    found = []
    for row in case.data.get("breaches") or []:
        subjects = {key: value for key, value in row.items() if key not in ("amount", "always")}
        breach = Breach(subjects, row.get("amount", 1))
        found.append((judged(case.rule, breach), row.get("always", False)))
    assert bool(found) == (case.verdict == "refused"), f"{case}: refused, and only then, with breaches"
    return sorted(found)


def penalized(case: Case) -> list[Any]:
    return [row for row, always in expected(case) if not always]


def never_allowed(case: Case) -> list[Any]:
    return [row for row, always in expected(case) if always]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_check_finds_the_breaches(case: Case) -> None:
    table = table_of(case, RULES[case.rule].modes[0])
    item = table.book.plan_rule(case.rule)
    breaches = list(item.rule.breaches(table.view(posts_of(case)), item.params))
    assert sorted((judged(case.rule, breach), breach.always) for breach in breaches) == expected(case)
    for language in LANGUAGES:
        sentences = [item.rule.say(breach.data, language) for breach in breaches]
        assert all(sentences)
        if "says" in case.data:
            assert sentences == as_list(case.data["says"][language])


@pytest.mark.parametrize(("case", "mode"), in_every_mode())
def test_the_recount_honours_the_mode(case: Case, mode: str) -> None:
    counted = table_of(case, mode).recount(posts_of(case))
    by_rule = [row for row in counted.broken if row.rule == case.rule and not _is_screening(row.breach)]
    hard = [] if _unknown_captains(case, mode) else never_allowed(case)
    hard += penalized(case) if mode == "hard" else []
    assert sorted(judged(row.rule, row.breach) for row in by_rule) == sorted(hard)
    soft = penalized(case) if mode == "soft" else []
    penalties = [(row.amount, row.penalty) for row in counted.violations if row.rule == case.rule]
    assert sorted(penalties) == sorted((amount, PRICE * amount) for _, _, amount in soft)


def _is_screening(breach: Breach) -> bool:
    """Whether a breach is of the screening rule of the same name (``decisions``): it names cadre and role."""
    return {"cadre", "role"} <= breach.subjects.keys()


def _unknown_captains(case: Case, mode: str) -> bool:
    """Whether the round has no captains, so that a captain's post is none, whoever holds it."""
    return case.rule == "township_captain" and mode == "off"


@pytest.mark.parametrize(("case", "mode"), in_every_mode())
def test_the_model_reads_it_alike(case: Case, mode: str) -> None:
    """Feasible fixed right, infeasible fixed wrong; the objective is the recounted score."""
    table, posts = table_of(case, mode), posts_of(case)
    counted = table.recount(posts)
    instance = table.instance
    assert model_with(instance, posts) == (counted.score if counted.feasible else None)
    if can_be_modelled(instance, posts) and "one_post" not in {row.rule for row in counted.broken}:
        amount, score = rows_with(instance, posts)
        assert score == counted.score
        assert amount == sum(row.breach.amount for row in counted.broken)


@pytest.mark.parametrize(("case", "mode"), in_every_mode(modes=("hard", "soft")))
def test_the_model_is_feasible_alone(case: Case, mode: str) -> None:
    """Left free, the model finds a plan, no worse than that of the case and the same without needless people."""
    table = table_of(case, mode)
    best = model_alone(table.instance)
    assert (best is None) == (bool(case.data.get("hopeless")) and mode == "hard")
    assert model_alone(table.instance, prune=True) == best
    counted = table.recount(posts_of(case))
    assert not counted.feasible or best is None or best >= counted.score


@pytest.mark.parametrize(("case", "mode"), in_every_mode(audited))
def test_the_outside_auditor_agrees(case: Case, mode: str) -> None:
    table, posts = table_of(case, mode), posts_of(case)
    counted, found = table.recount(posts), table.outside(posts)
    assert found["score"] == counted.score
    assert bool(found["violations_hard"]) == bool(counted.broken)
    assert sum(row["penalty"] for row in found["violations"]) == sum(v.penalty for v in counted.violations)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_village_can_attain_alone(case: Case) -> None:
    """The hard rule limits a team by itself equally for engine, checker and outside auditor."""
    document = document_of(case, mode="hard")
    terms = {"competence", "need_fit", "suitability"}
    document["rules"] = [row for row in document["rules"] if row["id"] not in terms]
    document["suitability"] = document["suitability"] or _scores(document)
    table = Table.of(document)
    assert table.engines_attainable() == table.attainable


def _scores(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Scores that tell every pairing of people and villages from every other."""
    pairs = [(cadre["id"], village["id"]) for cadre in document["cadres"] for village in document["villages"]]
    return [{"cadre": c, "village": v, "score": n * 37 % 101} for n, (c, v) in enumerate(pairs)]
