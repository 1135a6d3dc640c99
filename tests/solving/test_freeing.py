"""Rules that can't be bent as they stand: decisions are taken back first."""

from random import Random

from benchmarks import troubles
from matcher import Settings, check, solve
from matcher.edits import Edit, bind, edited
from matcher.giving import giving
from matcher.model.instance import Instance
from matcher.solving.infeasible.elastic import cheapest_bend
from matcher.solving.stopping import Stop
from tests.properties.judged import EFFORT
from tests.solving.county import county


def test_a_unit_with_one_leader_is_bound_to_two_villages() -> None:
    """No rule that gives brings a second leader, and besides there are too few young: both are mended together."""
    base = county()
    leaders: dict[str, set[str]] = {unit: set() for unit in base.facts.units}
    where: dict[str, list[str]] = {unit: [] for unit in base.facts.units}
    for place, block in Instance(base).blocks.items():
        for person, role in block.seats:
            if role == "first_secretary":
                leaders[person.unit_id].add(person.id)
                where[person.unit_id].append(place)
    unit = next(unit for unit, who in leaders.items() if len(who) == 1 and len(where[unit]) > 1)
    wrong = [bind(unit, village) for village in where[unit][:2]]
    round_ = edited(base, [*wrong, *troubles.too_few_young(base, Random(1))])
    assert cheapest_bend(Instance(round_), giving(Settings()), (), Stop(), work=EFFORT, seed=1) is None
    found = solve(round_).infeasibility
    assert found is not None
    assert found.repairs
    for repair in found.repairs:
        edits = [Edit.model_validate(step["edit"]) for step in repair["steps"]]
        assert {edit.op for edit in edits} >= {"release", "rule"}
        assert sum(edit.op == "release" for edit in edits) == 1
        assert repair["cost"] == sum(step["price"] * step["amount"] for step in repair["steps"])
        best = solve(edited(round_, edits), Settings(gap=1.0)).best
        assert best is not None
        assert check(edited(round_, edits), best).ok
