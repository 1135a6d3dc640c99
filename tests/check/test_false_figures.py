"""A plan that states a false figure is refused, whatever the figure."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from matcher import InvalidInput, Plan, Round, Settings, check, solve
from matcher.synth.stress import stress

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def solved() -> tuple[Round, dict[str, Any]]:
    round_ = Round.from_document(stress("recalled_unit").build())
    plan = solve(round_, Settings(effort="quick")).best
    assert plan is not None
    assert check(round_, plan, attainable=True, reserves=True).ok
    return round_, plan.document()


def _set(path: str, value: Any) -> Change:
    """Return a change of one figure, ``path`` being its keys and indices."""

    def change(document: dict[str, Any]) -> None:
        *keys, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        part: Any = document
        for key in keys:
            part = part[key]
        part[last] = value

    return change


def _twice(table: str, **changes: Any) -> Change:
    return lambda document: document[table].insert(0, {**document[table][0], **changes})


def _swap_substitutes(document: dict[str, Any]) -> None:
    reserve = next(row for row in document["reserves"] if len(row["substitutes"]) > 1)
    reserve["substitutes"].reverse()


FALSE: dict[str, Change] = {
    "score": _set("score", 9999),
    "term weight": _set("terms.0.weight", 1),
    "term points": _set("terms.0.points", 1),
    "a term twice": _twice("terms", points=9999),
    "a village twice": _twice("villages", points=9999),
    "village points": _set("villages.0.points", 1),
    "attainable below the points": _set("villages.0.attainable", 1),
    "attainable below nothing": _set("villages.0.attainable", -5),
    "index": _set("villages.0.index", 0.5),
    "floor": _set("floor.index", 0.1),
    "villages at the floor": _set("floor.villages", ["nobody"]),
    "gap": _set("gap", 0.5),
    "proof": _set("proof", "gap"),
    "bound": _set("bound", 1),
    "bundle": _set("bundles.0.people", 9),
    "a village post elsewhere": _set("posts.0.township", "火星镇"),
    "a village post in another county": _set("posts.0.county", "月球县"),
    "an unknown substitute": _set("reserves.0.substitutes", [{"cadre": "zzz", "change": 9}]),
    "reserves of a seat elsewhere": _set("reserves.0.county", "月球县"),
    "reserves twice": _twice("reserves"),
    "substitutes out of order": _swap_substitutes,
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_figure_is_refused(solved: tuple[Round, dict[str, Any]], name: str) -> None:
    round_, document = solved
    false = copy.deepcopy(document)
    FALSE[name](false)
    assert not check(round_, Plan.from_document(false)).ok


def test_a_false_change_of_a_substitute_is_found_when_asked(solved: tuple[Round, dict[str, Any]]) -> None:
    round_, document = solved
    false = copy.deepcopy(document)
    best = next(row for row in false["reserves"] if row["substitutes"])["substitutes"][0]
    best["change"] += 1000
    assert not check(round_, Plan.from_document(false), reserves=True).ok


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("gap", float("nan")),
        ("villages.0.index", float("inf")),
        ("bound", 10**400),
        ("score", "739"),
        ("rank", 0),
    ],
)
def test_what_is_no_figure_at_all_is_refused(
    solved: tuple[Round, dict[str, Any]], path: str, value: Any
) -> None:
    false = copy.deepcopy(solved[1])
    _set(path, value)(false)
    with pytest.raises(InvalidInput) as refused:
        Plan.from_document(false)
    assert refused.value.problems[0].field == path


def test_a_hard_village_floor_is_not_believed_from_the_plan() -> None:
    round_ = Round.from_document(stress("rare_names").build())
    plan = solve(round_).best
    assert plan is not None
    strict = round_.patched(rules=[{"id": "village_floor", "mode": "hard", "params": {"min_index": 1}}])
    false = plan.document()
    for row in false["villages"]:
        row.update(attainable=row["points"], index=1.0)
    false["floor"] = {
        "index": 1.0,
        "villages": [row["village"] for row in false["villages"]],
        "proven": False,
    }
    report = check(strict, Plan.from_document(false))
    assert report.attainable_checked
    assert "village_floor" in {item.rule for item in report.recount.broken}
