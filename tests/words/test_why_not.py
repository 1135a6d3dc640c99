"""Why not, in a sentence: each kind of answer, and of which plans it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from matcher.demands import DEMANDS
from matcher.rulebook import catalogue
from matcher.words.why_not import why_not_sentence

if TYPE_CHECKING:
    from matcher.codes import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
RULES = {**catalogue(), **DEMANDS}


def sentence(answer: dict[str, Any], language: Language, *, solved: bool = True) -> str:
    return why_not_sentence(answer, lambda rule: RULES[rule].name.in_(language), language, solved=solved)


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"answer": "held"}, "方案中已是如此。", "The plan has it so."),
        ({"answer": "refused"}, "未通过资格审查。", "Screening refuses it."),
        ({"answer": "impossible"}, "没有任何方案能这样安排（已证明）。", "No plan can have it (proven)."),
        (
            {"answer": "impossible", "conflict": {"rules": ["unit_quota"]}},
            "不能同时满足：单位派出名额",
            "it can't be met together with",
        ),
        ({"answer": "cost", "at_least": 3, "at_most": 3}, "要降低3分", "at a cost of 3 points"),
        ({"answer": "cost", "at_least": 1, "at_most": 3}, "要降低1至3分", "at a cost of 1 to 3 points"),
        ({"answer": "cost", "at_least": -2, "at_most": 0}, "总分不变", "at no cost"),
        ({"answer": "better", "at_most": -4}, "高4分", "scores 4 points more"),
        ({"answer": "open", "at_least": 5}, "至少要降低5分", "at least 5 points"),
        ({"answer": "open", "at_least": None}, "没有找到", "No plan with it was found"),
    ],
)
def test_every_answer_has_its_sentence(changes: dict[str, Any], zh: str, en: str) -> None:
    answer = {"at_least": None, "at_most": None, "conflict": None, "kind": "best", **changes}
    said = {language: sentence(answer, language) for language in LANGUAGES}
    assert zh in said["zh"]
    assert en in said["en"]


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        (
            "fewest_changes",
            "以下只就变动不多于本方案的方案而言：没有任何方案",
            "with no more changes: No plan can have it",
        ),
        (
            "strongest_bundles",
            "以下只就捆绑不弱于本方案的方案而言：没有任何方案",
            "with bundles as strong: No plan can have it",
        ),
        (
            "fairest",
            "以下只就最低村指数不低于本方案的方案而言：没有任何方案",
            "worst village is no worse: No plan can have it",
        ),
    ],
)
def test_an_answer_about_a_kind_of_plan_says_so(kind: str, zh: str, en: str) -> None:
    rules = {"rules": ["terms_at_least", "holds"]}
    answer = {"answer": "impossible", "at_least": None, "at_most": None, "conflict": rules, "kind": kind}
    assert zh in sentence(answer, "zh")
    assert en in sentence(answer, "en")
    for language in LANGUAGES:
        assert "terms_at_least" not in sentence(answer, language)
        assert "holds" not in sentence(answer, language)


def test_what_was_not_solved_says_that_a_solve_says_more() -> None:
    answer = {"answer": "open", "at_least": 0, "at_most": None, "conflict": None, "kind": "best"}
    assert "求解（不加 --quick）" in sentence(answer, "zh", solved=False)
    assert "没有找到" in sentence(answer, "zh")
