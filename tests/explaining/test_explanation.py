"""Reasons are counted: what a post brings is what the score would lose without it."""

import pytest

from matcher import Plan, Settings, explain_post, explain_team, solve
from matcher.check.recount import recount
from matcher.explaining import explanation_of
from matcher.problems import InvalidInput
from matcher.rulebook import RuleBook
from tests.properties.judged import EFFORT, best_of, round_of
from tests.properties.tiny_rounds import seeded_round
from tests.solving.county import county


def plan_of(seed: int) -> Plan:
    plan = solve(round_of(seeded_round(seed)), Settings(method="columns", effort=EFFORT)).best
    assert plan is not None
    return plan


def test_what_a_post_brings_is_what_its_team_would_lose() -> None:
    compared = 0
    for number in range(120):
        feature = ("", "keep_unit", "min_change", "township_captain")[number % 4]
        doc = seeded_round(number, feature) if feature else seeded_round(number)
        if not best_of(doc).feasible:
            continue
        round_ = round_of(doc)
        plan = solve(round_, Settings(method="columns", effort=EFFORT)).best
        assert plan is not None
        book = RuleBook.of(round_.rules)
        reach = {row.village: row.attainable for row in plan.villages}
        whole = recount(round_.facts, book, plan.posts, reach)
        reasons = explanation_of(round_, plan).posts
        assert [reason.cadre for reason in reasons] == [post.cadre for post in plan.posts]
        for post, reason in zip(plan.posts, reasons, strict=True):
            rest = [other for other in plan.posts if other is not post]
            without = {term.id: term.weighted for term in recount(round_.facts, book, rest, reach).terms}
            lost = {
                term.id: term.weighted - without.get(term.id, 0)
                for term in whole.terms
                if term.weighted != without.get(term.id, 0)
            }
            assert {brought.id: brought.weighted for brought in reason.brings} == lost
            compared += 1
    assert compared > 100


def test_a_team_has_and_lacks_what_its_members_can() -> None:
    plan = solve(county(), Settings(gap=0.02, effort=60)).best
    assert plan is not None
    assert plan.explanation is not None
    for team in plan.explanation.teams:
        members = [post.cadre for post in plan.posts if post.village == team.village]
        for need in team.needs:
            able = {c for c in members if need.specialty in county().facts.people[c].competent}
            assert set(need.by) == able
        assert all(not need.by for need in team.uncovered)
        alone = {k for post in plan.explanation.posts if post.village == team.village for k in post.alone}
        assert alone == {need.specialty for need in team.needs if len(need.by) == 1}
    names = {person.record.name for person in county().facts.people.values()}
    assert all(any(name in post.sentence["zh"] for name in names) for post in plan.explanation.posts)


def test_alternatives_are_named_with_what_they_do() -> None:
    plan = solve(county(), Settings(gap=0.005, effort=60, method="columns")).best
    assert plan is not None
    answer = explain_post(county(), plan, plan.posts[0].cadre)
    assert answer.for_seat
    for other in (*answer.for_seat, *answer.for_person):
        assert other.at_least is not None
        if other.change is not None:
            assert -other.change >= other.at_least  # an exchange costs at least what the prices prove
    team = explain_team(county(), plan, plan.posts[0].village or "")
    assert {member.cadre for member in team.members} == {
        post.cadre for post in plan.posts if post.village == plan.posts[0].village
    }


def test_nobody_to_explain() -> None:
    plan = solve(county(), Settings(gap=0.05, effort=60)).best
    assert plan is not None
    with pytest.raises(InvalidInput, match="has no post in the plan"):
        explain_post(county(), plan, "X9")
    with pytest.raises(InvalidInput, match="there is no “X9”"):
        explain_team(county(), plan, "X9")
