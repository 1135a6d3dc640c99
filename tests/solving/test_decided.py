"""Decisions in conflict: seen in one model, they are those that solving every part of the table would name."""

import pytest

from matcher.model.instance import Instance
from matcher.solving.infeasible.conflict import find_conflict
from matcher.solving.infeasible.decided import decisions_in_conflict
from matcher.solving.infeasible.oracle import Oracle
from matcher.solving.stopping import Stop
from tests.outside.small import Row, cadre, only_terms, round_of, unit, village
from tests.properties import judged
from tests.properties.tiny_rounds import seeded_round


def oracle_of(doc: Row, numbers: list[int] | None = None) -> Oracle:
    """Return what answers for the round, with some of its decisions (from 0); points count as in the whole round."""
    part = doc if numbers is None else {**doc, "decisions": [doc["decisions"][number] for number in numbers]}
    return Oracle(Instance(judged.round_of(part), None, judged.attainable_of(doc)), Stop(), 1)


def assert_minimal(doc: Row, rules: tuple[str, ...]) -> int:
    numbers, settled = decisions_in_conflict(oracle_of(doc), rules, Stop(), 1)
    assert settled
    assert oracle_of(doc, numbers).collide(rules)
    for spared in numbers:
        assert not oracle_of(doc, [number for number in numbers if number != spared]).collide(rules)
    return len(numbers)


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_they_are_minimal_in_the_round_itself(start: int) -> None:
    found = 0
    for seed in range(start, start + 100):
        doc = seeded_round(seed)
        if not doc.get("decisions") or judged.best_of(doc).feasible:
            continue
        conflict = find_conflict(oracle_of(doc).instance, Stop())
        if "decisions" in conflict.rules and conflict.minimal:
            found += assert_minimal(doc, conflict.rules)
    assert found > 3


KINDS = {
    "a lock closes every other seat": [
        {"kind": "lock", "cadre": "A", "village": "V1"},
        {"kind": "lock", "cadre": "A", "village": "V2"},
    ],
    "a drop closes every seat": [{"kind": "pick", "cadre": "A"}, {"kind": "drop", "cadre": "A"}],
    "a bind closes the lead to other units": [
        {"kind": "bind", "unit": "U2", "village": "V1"},
        {"kind": "lock", "cadre": "A", "village": "V1", "role": "first_secretary"},
    ],
    "an unbind closes the lead to a unit": [
        {"kind": "unbind", "unit": "U1", "village": "V1"},
        {"kind": "lock", "cadre": "A", "village": "V1", "role": "first_secretary"},
    ],
    "a ban closes a seat": [
        {"kind": "forbid", "cadre": "A", "village": "V1"},
        {"kind": "lock", "cadre": "A", "village": "V1"},
    ],
}


@pytest.mark.parametrize("name", KINDS)
def test_what_a_decision_closes_is_open_without_it(name: str) -> None:
    spare = {"kind": "pick", "cadre": "C"}
    people = [*(cadre(one) for one in "ABC"), *(cadre(one, unit="U2") for one in "DEF")]
    doc = round_of(
        [village("V1", residents=0), village("V2", residents=0)],
        people,
        units=[unit("U1"), unit("U2")],
        decisions=[spare, *KINDS[name]],
        rules=only_terms(),
        id="small",
    )
    assert assert_minimal(doc, ("decisions",)) == 2
