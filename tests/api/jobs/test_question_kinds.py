"""Questions: what a child answers is believed only as far as its plans and figures stand."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from api.jobs.kinds import KINDS
from api.jobs.kinds.solve import time_left
from matcher.plan import Plan
from matcher.questions import firm_core
from matcher.solving import Stop
from tests.api.jobs.asked import answer, answered, asks, county, plans, task_of
from tests.api.jobs.test_kinds import row, saved

if TYPE_CHECKING:
    from collections.abc import Callable

KIND_NAMES = ("why_not", "prices", "core", "what_ifs", "mend")


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_an_honest_answer_is_taken(kind: str) -> None:
    outcome = KINDS[kind].outcome(task_of(kind), answer(kind))
    assert (outcome.state, outcome.code, outcome.is_whole) == ("done", None, True)
    assert outcome.result is not None
    assert outcome.result["schema"] == f"{kind}/1"
    assert outcome.result["provenance"]["versions"]["matcher"]
    assert outcome.plans == ()


def _why_not(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda found: found.update({name: value})


def _better_plan(found: dict[str, Any]) -> None:
    found["plan"]["score"] += 1
    found["at_most"] -= 1


def _another_plan(found: dict[str, Any]) -> None:
    found["plan"] = plans()[0].document()
    found.update(at_most=0, moves=[])


def _false_turn(found: dict[str, Any]) -> None:
    turn = {
        "kind": "weight",
        "edit": {"op": "rule", "table": "rules", "key": "need_fit", "values": {"weight": 2}},
    }
    found["turns"] = [{**turn, "before": 1, "after": 2, "next_fails": True, "plan": plans()[0].document()}]


def _first(found: dict[str, Any], name: str, value: Any) -> None:
    found["posts"][0][name] = value


def _swapped_scenarios(found: dict[str, Any]) -> None:
    base, other = found["scenarios"][0], found["scenarios"][2]
    other["result"] = base["result"]
    other["figures"] = {
        **other["figures"],
        "score": base["figures"]["score"],
        "bound": base["figures"]["bound"],
    }
    other["moved"] = []


def _renamed(found: dict[str, Any]) -> None:
    found["scenarios"][1]["name"] = "另一个"


def _better_scenario(found: dict[str, Any]) -> None:
    found["scenarios"][2]["result"]["plans"][0]["score"] += 1
    found["scenarios"][2]["figures"]["score"] += 1


FALSE: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("why_not", _better_plan),
    ("why_not", _another_plan),
    ("why_not", _false_turn),
    ("why_not", _why_not("at_most", 5)),
    ("why_not", _why_not("score", 1)),
    ("why_not", _why_not("moves", [])),
    ("why_not", _why_not("plan", None)),
    ("why_not", _why_not("answer", "held")),
    ("prices", lambda found: found.update(score=1)),
    ("prices", lambda found: found["weights"][0].update(weight=77)),
    ("prices", lambda found: found["seats"][0].update(village="nowhere")),
    ("core", lambda found: found.update(score=1)),
    ("core", lambda found: _first(found, "plans", 9)),
    ("core", lambda found: _first(found, "cadre", "nobody")),
    ("core", lambda found: _first(found, "firm", not found["posts"][0]["firm"])),
    ("what_ifs", _swapped_scenarios),
    ("what_ifs", _renamed),
    ("what_ifs", _better_scenario),
    ("what_ifs", lambda found: found["scenarios"][1].update(digest="0" * 64)),
    ("what_ifs", lambda found: found["scenarios"][1].update(moved=[])),
    ("what_ifs", lambda found: found["scenarios"][1]["figures"].update(score=1)),
    ("mend", lambda found: found.update(digest="0" * 64)),
    ("mend", lambda found: found["result"]["plans"][0].update(score=1)),
]


@pytest.mark.parametrize(("kind", "falsify"), FALSE)
def test_a_false_answer_is_not_released(kind: str, falsify: Callable[[dict[str, Any]], Any]) -> None:
    found = deepcopy(answer(kind))
    falsify(found)
    outcome = KINDS[kind].outcome(task_of(kind), found)
    assert (outcome.state, outcome.code, outcome.result) == ("failed", "recount_differs", None)


def test_why_not_says_what_it_found_without_a_fact_of_a_person() -> None:
    result = KINDS["why_not"].outcome(task_of("why_not"), answer("why_not")).result
    assert result is not None
    asked = asks("why_not")
    assert result["names"] == {
        "cadre": county().facts.people[asked["cadre"]].record.name,
        "village": county().facts.places[asked["village"]].village.name,
    }
    assert set(result["sentence"]) == {"zh", "en"}


def test_core_is_that_of_the_library() -> None:
    rows = [(post.cadre, post.place, post.cost, post.firm) for post in firm_core(county(), plans(), 10)]
    assert [(row["cadre"], row["place"], row["cost"], row["firm"]) for row in answer("core")["posts"]] == rows


def test_worths_say_what_they_are_about() -> None:
    result = KINDS["prices"].outcome(task_of("prices"), answer("prices")).result
    assert result is not None
    facts = county().facts
    for worth in result["worths"]:
        assert (worth["about"] == "cadre") == any(part in facts.people for part in worth["what"].split("/"))
    assert {worth["about"] for worth in result["worths"]} & {"unit", "rule"}


def test_a_batch_that_was_stopped_is_no_whole_answer() -> None:
    stop = Stop()
    stop.request()
    nothing = answered(task_of("what_ifs"), stop)
    outcome = KINDS["what_ifs"].outcome(task_of("what_ifs"), nothing)
    assert (outcome.state, outcome.code) == ("cancelled", "stopped_before_plan")
    found = deepcopy(answer("what_ifs"))
    found["scenarios"][2] |= {"result": None, "figures": {}, "moved": []}
    found["interrupted"] = True
    outcome = KINDS["what_ifs"].outcome(task_of("what_ifs"), found)
    assert (outcome.state, outcome.is_whole) == ("done", False)


def test_finished_scenarios_are_taken_up_and_false_ones_done_anew() -> None:
    base, first, _ = answer("what_ifs")["scenarios"]
    parts = [
        {"scenario": one["name"], "round_digest": one["digest"], "result": deepcopy(one["result"])}
        for one in (base, first)
    ]
    task = task_of("what_ifs").model_copy(update={"finished": deepcopy(parts)})
    found = answered(task)
    assert [one["result"] for one in found["scenarios"][:2]] == [base["result"], first["result"]]
    assert (found["provenance"]["continued"], found["provenance"]["reproducible"]) == (2, False)
    assert KINDS["what_ifs"].outcome(task, found).state == "done"
    parts[1]["result"]["plans"][0]["score"] += 1
    anew = answered(task.model_copy(update={"finished": parts}))
    assert anew["provenance"]["continued"] == 1
    assert Plan.from_document(anew["scenarios"][1]["result"]["plans"][0]).score == first["figures"]["score"]


def test_a_batch_has_what_is_left_of_its_time_and_all_of_its_effort() -> None:
    left = time_left(row(spent_ms=20_000), saved(1, 5.0))
    assert (left["time_limit"], left["effort"]) == (40.0, 8.0)
