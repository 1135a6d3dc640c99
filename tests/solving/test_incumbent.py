"""Plans are counted by the checker before they are kept; one that it counts differently stops everything."""

import pytest

from matcher.model.instance import Instance
from matcher.rulekit import Linear, Load
from matcher.scoring.need_fit import NeedFit
from matcher.settings import Settings
from matcher.solving import Stop, solve
from matcher.solving.incumbent import Incumbent, RecountDiffers
from tests.outside.small import cadre, only_terms, rule, unit, village
from tests.outside.small import round_of as document
from tests.properties.judged import round_of


def two_villages(**tables: object) -> Instance:
    """One post each; need_fit alone counts: in V a 60 and b 36, in W a 30 and b 18."""
    people = [cadre("a", specialties={"law": 5}), cadre("b", specialties={"law": 3}), cadre("c")]
    rows = [village("V", residents=0, needs={"law": 4}), village("W", residents=0, needs={"law": 2})]
    rules = {"rules": only_terms("need_fit")}
    return Instance(round_of(document(rows, people, **(rules | tables)) | {"id": "two"}))


def team(cadre_id: str) -> list[tuple[str, str]]:
    return [(cadre_id, "first_secretary")]


def test_the_better_plan_is_kept() -> None:
    incumbent = Incumbent(two_villages(), {}, Stop())
    assert incumbent.offer({"V": team("b"), "W": team("a")})
    assert incumbent.score == 66
    assert not incumbent.offer({"V": team("b"), "W": team("c")})
    assert not incumbent.offer({"V": team("a"), "W": team("a")})  # one_post
    assert not incumbent.offer({"V": team("a"), "W": []})  # team_structure
    assert incumbent.teams == {"V": team("b"), "W": team("a")}
    assert incumbent.offer({"V": team("a"), "W": team("b")})
    assert incumbent.score == 78
    assert [point.score for point in incumbent.trace] == [66, 78]


def test_the_better_bound_is_kept() -> None:
    incumbent = Incumbent(two_villages(), {}, Stop())
    for bound in (90, None, 95, 80):
        incumbent.prove(bound)
    assert incumbent.bound == 80
    incumbent.offer({"V": team("a"), "W": team("b")})
    assert not incumbent.optimal
    incumbent.prove(78)
    assert incumbent.optimal


def test_a_plan_counted_differently_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    points = NeedFit.points
    monkeypatch.setattr(NeedFit, "points", lambda self, team, params: points(self, team, params) * 2)
    incumbent = Incumbent(two_villages(), {}, Stop())
    with pytest.raises(RecountDiffers, match="156"):
        incumbent.offer({"V": team("a"), "W": team("b")})
    assert (incumbent.teams, incumbent.trace) == (None, [])
    with pytest.raises(RecountDiffers):
        solve(incumbent.instance.round, Settings(effort=1))


def test_a_plan_that_breaks_a_rule_unseen_by_the_model_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    quota = two_villages(units=[unit("U1", quota=1)])
    assert solve(quota.round).status == "infeasible"
    rule_class = type(quota.book.plan_rule("unit_quota").rule)
    monkeypatch.setattr(rule_class, "rows", lambda *_arguments: ())
    with pytest.raises(RecountDiffers, match="unit_quota"):
        solve(quota.round)


def test_a_wrong_penalty_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [*only_terms("need_fit"), rule("section_rank_share", "soft", 7, min_share=1)]
    shares = two_villages(rules=rules)
    best = solve(shares.round).best
    assert best is not None
    assert best.score == 78 - 2 * 7
    rule_class = type(shares.book.plan_rule("section_rank_share").rule)
    monkeypatch.setattr(rule_class, "load", lambda *_arguments: [Load("rank", Linear())])
    with pytest.raises(RecountDiffers):
        solve(shares.round)
