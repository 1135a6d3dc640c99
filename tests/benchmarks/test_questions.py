"""Questions and troubles: what is drawn is what it says, and the judging sees what is late or wrong."""

from __future__ import annotations

from math import inf
from random import Random
from typing import TYPE_CHECKING

import pytest

from benchmarks import infeasible, questions
from benchmarks.experiments import Answer
from benchmarks.infeasible import Helped, troubled, wrong
from benchmarks.questions import Replies, changes, pairings
from benchmarks.report.page import write_report
from benchmarks.targets import judge_infeasible, judge_questions
from benchmarks.troubles import TROUBLES
from matcher import Round, Settings, check, solve
from matcher.edits import edited, lock
from matcher.model.instance import Instance
from matcher.result import Conflict, Infeasibility
from matcher.solving.cpsat import run
from matcher.solving.one_piece import encode
from matcher.solving.stopping import Stop
from matcher.synth import county
from tests.solving.county import county as small_county

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = Replies(
    "yuzhong", 1, one=4.0, ranked=11.0, plans=5, at_once=(0.02, 0.03), pairings=(2.0, 9.0, 12.0),
    widths=(0.0, 3.0, 5.0), answers=("cost",) * 3, batch=60.0, solved=20,
)  # fmt: skip


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_every_trouble_leaves_no_plan(trouble: Callable[..., list[object]]) -> None:
    base = Round.from_document(county("huaxi", 1))
    round_ = edited(base, trouble(base, Random(3)))  # type: ignore[arg-type]
    outcome = run(encode(Instance(round_), points=False), Stop())
    assert outcome.status == "infeasible"


def test_every_third_round_has_two_troubles() -> None:
    base = Round.from_document(county("huaxi", 1))
    assert [len(troubled(base, number)[0]) for number in range(6)] == [2, 1, 1, 2, 1, 1]
    assert troubled(base, 4)[1].digest == troubled(base, 4)[1].digest


def test_a_false_answer_is_seen() -> None:
    round_ = small_county()
    village, cadres = next(iter(round_.facts.places)), list(round_.facts.people)[:2]
    locks = [lock(cadre, village, "first_secretary").model_dump(exclude_defaults=True) for cadre in cadres]
    false = Infeasibility(
        conflict=Conflict(rules=("young_share",), minimal=True),
        repairs=({"steps": [{"edit": edit} for edit in locks]},),
    )
    found = list(wrong(round_, false, 1))
    assert found[0] == "young_share alone have a plan"
    assert found[-1] == "repair 1 does not work"


def test_what_is_drawn_can_be_asked() -> None:
    round_ = small_county()
    plan = solve(round_, Settings(gap=0.02, effort="quick")).best
    assert plan is not None
    held = {(post.cadre, post.village) for post in plan.posts}
    drawn = pairings(round_, plan, Random(1))
    assert len(set(drawn)) == len(drawn) > 10
    assert not held & set(drawn)
    edits = changes(round_, plan, Random(1))
    assert len(edits) == questions.WHAT_IFS
    assert [edit.op for edit in edits] == ["decide"] * 15 + ["rule"] * 5
    assert check(round_, plan).ok


def test_questions_are_judged() -> None:
    assert all(finding.met for finding in judge_questions([GOOD]))
    bad = Replies(
        "yuzhong", 1, one=1.0, ranked=4.0, plans=5, at_once=(0.5,), pairings=(20.0, 11.0), widths=(inf, 8.0),
        answers=("open", "cost"), batch=10.0, solved=19,
    )  # fmt: skip
    findings = {finding.what.split(": ")[1]: finding for finding in judge_questions([bad])}
    assert not any(finding.met for finding in findings.values())
    assert findings["5 ranked plans against one"].missed_by == "1.0"
    assert findings["why not, at once"].missed_by == "400.0"
    assert findings["why not, points between them"].missed_by == "not reached at all"
    assert findings["why not, not settled"].missed_by == "40.0"
    assert findings["20 what-ifs"].missed_by == "not reached at all"
    assert Replies("yuzhong", 1, one=1.0, ranked=2.0, plans=4).ratio == inf


def test_rounds_without_a_plan_are_judged() -> None:
    fine = Helped("huaxi-1", ("too_old",), 3.0, 40.0, ("mean_age",), 1, minimal=True)
    assert all(finding.met for finding in judge_infeasible([fine]))
    late = Helped("huaxi-1", ("too_old",), 31.0, 40.0, ("mean_age",), 1)
    assert [finding.met for finding in judge_infeasible([fine, late])] == [False, True]
    false = Helped("huaxi-1", ("too_old",), 3.0, 40.0, ("mean_age",), 1, why="repair 1 does not work")
    assert [finding.met for finding in judge_infeasible([false])] == [True, False]
    assert not any(finding.met for finding in judge_infeasible([]))
    assert len(infeasible.BASES) == 5


def test_some_rounds_without_a_plan_can_be_chosen() -> None:
    assert infeasible.numbers_of((), range(1, 4)) == list(range(50))
    assert infeasible.numbers_of({"huaxi", "yuzhong"}, range(1, 3)) == [0, 3, 5, 8]
    assert infeasible.numbers_of({"qiannan"}, range(1, 4)) == []


def test_both_are_reported(tmp_path: Path) -> None:
    page = write_report(
        Answer("questions", replies=[GOOD]), tmp_path / "questions", "matcher bench questions"
    )
    assert "9.0; 12.0" in page.read_text("utf-8")
    helped = [Helped("huaxi-1", ("too_old", "too_many_posts"), 3.0, 40.0, ("mean_age",), 1, minimal=True)]
    page = write_report(
        Answer("infeasible", helped=helped), tmp_path / "infeasible", "matcher bench infeasible"
    )
    assert "too old, too many posts" in page.read_text("utf-8")
