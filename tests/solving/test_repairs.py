"""Repairs: each is proven to work, none is cheaper than the first, and what may not give does not."""

import pytest

from matcher import Round, Settings, check, solve
from matcher.edits import Edit, edited
from matcher.problems import InvalidInput
from matcher.result import Infeasibility
from tests.outside.small import Row, cadre, only_terms, rule, unit, village
from tests.outside.small import round_of as bare_round
from tests.properties.judged import best_of, result_of, round_of
from tests.properties.tiny_rounds import seeded_round


def small_round(villages: list[Row], cadres: list[Row], **tables: object) -> Row:
    return bare_round(villages, cadres, id="small", **tables)


def infeasibility_of(doc: Row, **settings: object) -> Infeasibility:
    found = solve(round_of(doc), Settings.model_validate({"method": "one_piece", **settings})).infeasibility
    assert found is not None
    return found


def repaired(doc: Row, repair: Row) -> Round:
    return edited(round_of(doc), [Edit.model_validate(step["edit"]) for step in repair["steps"]])


@pytest.mark.parametrize("start", range(0, 120, 40))
def test_every_repair_works(start: int) -> None:
    tried = 0
    for seed in range(start, start + 40):
        doc = seeded_round(seed)
        if best_of(doc).feasible:
            continue
        found = result_of(doc).infeasibility
        assert found is not None
        for repair in found.repairs:
            result = solve(repaired(doc, repair), Settings(method="one_piece"))
            assert result.best is not None
            assert check(repaired(doc, repair), result.best).ok
            assert repair["cost"] == sum(step["price"] * step["amount"] for step in repair["steps"])
            assert all(step["sentence"]["zh"] and step["sentence"]["en"] for step in repair["steps"])
            tried += 1
        costs = [repair["cost"] for repair in found.repairs]
        assert costs == sorted(costs)
    assert tried > 3


def short_of_quota() -> Row:
    """Two seats, and the unit may send one person."""
    return small_round(
        [village("V1")], [cadre("A"), cadre("B"), cadre("C")], units=[unit("U1", quota=1)], rules=only_terms()
    )


def test_one_more_post_from_the_unit() -> None:
    found = infeasibility_of(short_of_quota())
    first = found.repairs[0]
    assert first["cheapest"]
    assert first["cost"] == 30
    (step,) = first["steps"]
    assert step["edit"] == {"op": "cell", "table": "units", "key": "U1", "values": {"quota": 2}}
    assert step["sentence"] == {"zh": "U1的可派人数由1改为2", "en": "quota of U1 from 1 to 2"}


def test_what_may_not_give_does_not() -> None:
    found = infeasibility_of(short_of_quota(), relax={"unit_quota": {"allowed": False}})
    assert all(step["rule"] != "unit_quota" for repair in found.repairs for step in repair["steps"])
    dear = infeasibility_of(short_of_quota(), relax={"unit_quota": {"price": 500}})
    assert [step["rule"] for step in dear.repairs[0]["steps"]] == ["team_structure"]
    assert dear.repairs[0]["cost"] == 100
    short = infeasibility_of(short_of_quota(), relax={"unit_quota": {"most": 0}})
    assert all(step["rule"] != "unit_quota" for repair in short.repairs for step in repair["steps"])


def test_a_lock_is_released() -> None:
    doc = small_round(
        [village("V1", residents=0), village("V2", residents=0)],
        [cadre("A"), cadre("B")],
        decisions=[
            {"kind": "lock", "cadre": "A", "village": "V1"},
            {"kind": "lock", "cadre": "A", "village": "V2"},
        ],
        rules=only_terms(),
    )
    found = infeasibility_of(doc)
    assert {repair["steps"][0]["edit"]["op"] for repair in found.repairs} == {"release"}
    assert {repair["steps"][0]["edit"]["key"] for repair in found.repairs} == {"1", "2"}


def test_a_share_gives_down_to_what_is_held() -> None:
    people = [cadre("A"), cadre("B"), cadre("C", birth_month="1995-01")]
    doc = small_round(
        [village("V1", residents=2)],
        people,
        rules=[*only_terms()[3:], rule("young_share", "hard", min_share=0.5), rule("keep_one", "off")],
    )
    found = infeasibility_of(doc)
    (step,) = found.repairs[0]["steps"]
    assert step["edit"]["values"] == {"params": {"min_share": 0.333333}}
    assert step["sentence"]["zh"] == "规则“年轻干部比例”的最低比例由50%改为33.3%"
    assert step["sentence"]["en"] == "least share of the rule “Share of young cadres” from 50 % to 33.3 %"


def test_the_best_partial_plan_leaves_seats_empty() -> None:
    doc = small_round(
        [village("V1"), village("V2")], [cadre("A"), cadre("B"), cadre("C")], rules=only_terms()
    )
    found = infeasibility_of(doc)
    assert found.partial is not None
    assert len(found.partial.posts) == 3
    assert sum(v.amount for v in found.partial.violations if v.rule == "team_structure") == 1
    assert not check(round_of(doc), found.partial).ok
    assert found.partial.explanation is not None


def test_settings_that_ask_for_what_can_not_give() -> None:
    with pytest.raises(InvalidInput, match=r"one_post.*gives way in no repair"):
        solve(round_of(short_of_quota()), Settings.model_validate({"relax": {"one_post": {}}}))
    with pytest.raises(InvalidInput, match="no_such"):
        solve(round_of(short_of_quota()), Settings.model_validate({"relax": {"no_such": {}}}))


@pytest.mark.parametrize("seed", [36, 87, 99, 116, 193, 275, 298])
def test_no_step_of_a_repair_is_spare(seed: int) -> None:
    doc = seeded_round(seed)
    for repair in infeasibility_of(doc).repairs:
        edits = [Edit.model_validate(step["edit"]) for step in repair["steps"]]
        assert len({edit.model_dump_json() for edit in edits}) == len(edits)
        for spare in edits if len(edits) > 1 else ():
            rest = edited(round_of(doc), [edit for edit in edits if edit is not spare])
            assert solve(rest, Settings(method="one_piece")).best is None


def test_decisions_at_odds_in_two_places_are_taken_back_together() -> None:
    """Two people are locked into two villages each: no one decision taken back is enough."""
    seats = [("A", "V1"), ("A", "V2"), ("B", "V3"), ("B", "V4")]
    locks = [
        {"kind": "lock", "cadre": who, "village": where, "role": "first_secretary"} for who, where in seats
    ]
    people = [cadre(name) for name in "ABCDEF"]
    doc = small_round(
        [village(f"V{n}", residents=0) for n in range(1, 5)], people, decisions=locks, rules=only_terms()
    )
    found = infeasibility_of(doc)
    (first,) = (one for one in found.repairs if all(step["edit"]["op"] == "release" for step in one["steps"]))
    numbers = sorted(int(step["edit"]["key"]) for step in first["steps"])
    assert [(number - 1) // 2 for number in numbers] == [0, 1]
    assert first["cost"] == 2 * 80
    result = solve(repaired(doc, first), Settings(method="one_piece"))
    assert result.best is not None
    assert check(repaired(doc, first), result.best).ok


def test_a_step_that_another_does_away_with_is_left_out() -> None:
    """Without its seat nobody is picked by name for it: that the pick gives way need not be asked for as well."""
    people = [cadre("A"), cadre("B", political_status="群众", named_pick=True)]
    rules = [*only_terms(), rule("party_membership", "hard", months=0)]
    doc = small_round([village("V1")], people, units=[unit("U1", quota=1)], rules=rules)
    found = infeasibility_of(doc, relax={"unit_quota": {"allowed": False}})
    (first, *_) = found.repairs
    assert [step["edit"]["values"] for step in first["steps"]] == [{"residents": 0}]
    assert first["cost"] == 100
    assert first["cheapest"]
