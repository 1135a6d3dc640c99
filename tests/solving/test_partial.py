"""The partial plan of an infeasible round: what it breaks stands in it as the checker counts it, and nothing is proven of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matcher import Plan, Settings, check, notebook, read_round, solve
from matcher.edits import cell, edited
from matcher.rulebook import RuleBook
from tests.outside.small import Row, cadre, only_terms, rule, unit, village
from tests.properties.judged import best_of, result_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.test_repairs import infeasibility_of, small_round

#: Words of score and proof, which nothing says of a partial plan.
CLAIMS = re.compile(r"分数|得分|总分|上界|证明|差距|软性|score|bound|proven|proof|gap|soft", re.IGNORECASE)


def partial_of(doc: Row) -> Plan:
    partial = infeasibility_of(doc).partial
    assert partial is not None
    return partial


def sentences_of(plan: Plan, language: str) -> tuple[str, ...]:
    assert plan.explanation is not None
    return plan.explanation.summary[language]


def stands_as_counted(doc: Row, plan: Plan) -> None:
    """The checker finds nothing wrong with the plan but the hard rules that the plan itself names."""
    report = check(round_of(doc), plan, attainable=True)
    assert report.differences == ()
    assert plan.violations == (*report.recount.left_aside, *report.recount.violations)
    assert report.recount.broken
    assert not report.ok
    assert plan.kind == "partial"
    assert (plan.bound, plan.gap, plan.proof, plan.certificate, plan.reserves) == (
        None,
        None,
        "none",
        None,
        (),
    )


def claims(plan: Plan) -> list[str]:
    """Return what is said of score or proof, the terms' and rules' own names left out."""
    assert plan.explanation is not None
    texts = [line for lines in plan.explanation.summary.values() for line in lines]
    texts += [text for post in plan.explanation.posts for text in post.sentence.values()]
    names = {item.rule.name for item in RuleBook.of(()).plan}
    for name in names:
        texts = [text.replace(name.zh, "").replace(name.en, "") for text in texts]
    return [text for text in texts if CLAIMS.search(text)]


def test_empty_seats_are_named() -> None:
    doc = small_round(
        [village("V1"), village("V2")], [cadre("A"), cadre("B"), cadre("C")], rules=only_terms()
    )
    partial = partial_of(doc)
    stands_as_counted(doc, partial)
    short = next(row.subjects["village"] for row in partial.violations)
    assert sentences_of(partial, "zh") == (
        "暂时可派3个岗位，空缺1个（部分方案，不得发布）。",
        "没有满足的硬性规则：队伍结构1处。",
        f"空缺的岗位：{short}驻村工作队员1名。",
    )
    assert sentences_of(partial, "en") == (
        "Posts that can be filled meanwhile: 3; seats left empty: 1 (a partial plan, not to be published).",
        "Hard rules that it breaks: Team structure (1).",
        f"Empty seats: 1 × resident team member at {short}.",
    )
    assert claims(partial) == []


def test_a_decision_left_aside_is_named() -> None:
    locks = [{"kind": "lock", "cadre": "A", "village": place} for place in ("V1", "V2")]
    doc = small_round(
        [village("V1", residents=0), village("V2", residents=0)],
        [cadre("A"), cadre("B")],
        decisions=locks,
        rules=only_terms(),
    )
    partial = partial_of(doc)
    stands_as_counted(doc, partial)
    broken = [row.subjects["decision"] for row in partial.violations if "decision" in row.subjects]
    assert broken in ([1], [2])
    assert f"已定事项第{broken[0]}条（锁定）未落实" in sentences_of(partial, "zh")[-1]
    assert f"decision {broken[0]} (lock) does not hold" in sentences_of(partial, "en")[-1]
    assert "没有满足的硬性规则：已定事项2处。" in sentences_of(partial, "zh")
    assert "Decisions: A does not pass screening" in sentences_of(partial, "en")[-1]
    assert claims(partial) == []


def test_soft_rules_of_the_round_cost_what_they_cost() -> None:
    """A soft rule that is not met stands behind the hard ones, with its own penalty; the score counts that alone."""
    rules = [*only_terms()[3:], rule("young_share", "soft", weight=7, min_share=0.5), rule("keep_one", "off")]
    doc = small_round(
        [village("V1")], [cadre("A"), cadre("B"), cadre("C")], units=[unit("U1", quota=1)], rules=rules
    )
    partial = partial_of(doc)
    stands_as_counted(doc, partial)
    assert [(row.rule, row.penalty) for row in partial.violations] == [
        ("team_structure", 0),
        ("young_share", 7),
    ]
    assert partial.score == sum(term.weighted for term in partial.terms) - 7
    assert "年轻干部比例" not in "".join(sentences_of(partial, "zh"))


def test_many_empty_seats_are_counted() -> None:
    doc = small_round([village(f"V{n}", residents=0) for n in range(1, 20)], [cadre("A")], rules=only_terms())
    partial = partial_of(doc)
    assert "另有6处" in sentences_of(partial, "zh")[-1]
    assert sentences_of(partial, "en")[-1].endswith(", 6 more.")


@pytest.mark.parametrize("start", range(0, 120, 40))
def test_every_partial_plan_stands_as_it_says(start: int) -> None:
    tried = 0
    for seed in range(start, start + 40):
        doc = seeded_round(seed)
        if best_of(doc).feasible:
            continue
        found = result_of(doc).infeasibility
        assert found is not None
        if found.partial is not None:
            stands_as_counted(doc, found.partial)
            assert claims(found.partial) == []
            tried += 1
    assert tried > 3


def test_the_gap_of_a_plan_is_none_of_an_answer_without_one() -> None:
    """Who asks whether a plan is possible at all takes any gap; repairs and partial plan are as good as ever."""
    doc = seeded_round(next(seed for seed in range(40) if not best_of(seeded_round(seed)).feasible))
    assert infeasibility_of(doc, gap=1.0) == infeasibility_of(doc)


def test_a_breach_that_is_not_one_is_no_part_of_a_plan() -> None:
    """A plan that lists a hard rule as broken which it keeps states what the recount does not confirm."""
    doc = small_round(
        [village("V1")], [cadre("A"), cadre("B"), cadre("C")], units=[unit("U1", quota=1)], rules=only_terms()
    )
    partial = partial_of(doc)
    wrong = partial.violations[0].model_copy(update={"amount": 2})
    report = check(round_of(doc), partial.model_copy(update={"violations": (wrong,)}))
    assert "violations" in {difference.figure for difference in report.differences}


def test_a_plan_that_breaks_nothing_is_not_partial() -> None:
    """Where the round is mended so that the posts keep every rule, they are a plan and have to say so."""
    doc = small_round(
        [village("V1"), village("V2")], [cadre("A"), cadre("B"), cadre("C")], rules=only_terms()
    )
    partial = partial_of(doc)
    short = next(row.subjects["village"] for row in partial.violations)
    mended = edited(round_of(doc), [cell("villages", short, residents=0)])
    figures = {difference.figure for difference in check(mended, partial).differences}
    assert {"kind of plan", "violations"} <= figures


def test_a_notebook_shows_a_partial_plan_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = small_round(
        [village("V1"), village("V2")], [cadre("A"), cadre("B"), cadre("C")], rules=only_terms()
    )
    shown = partial_of(doc)._repr_html_()
    assert "部分方案，不得发布" in shown
    assert "没有满足的硬性规则：队伍结构1处" in shown
    assert not CLAIMS.search(shown)
    monkeypatch.setattr(notebook, "language", "en")
    shown = partial_of(doc)._repr_html_()
    assert "Hard rules that it breaks: Team structure" in shown
    assert not CLAIMS.search(shown)


def test_of_two_locks_on_one_seat_one_is_kept() -> None:
    """A plan of a repair keeps it; to leave both aside would break more than has to be."""
    round_ = read_round(Path("data/samples/stress/two_for_one_seat/round.json"))
    found = solve(round_, Settings(effort="quick")).infeasibility
    assert found is not None
    assert found.partial is not None
    aside = [
        one for one in found.partial.violations if one.rule == "decisions" and "decision" in one.subjects
    ]
    assert len(aside) == 1
    assert len(found.partial.posts) == sum(1 + (village.residents or 2) for village in round_.villages)
