"""A block counts a team as the solver does, and its limits are limits."""

from collections.abc import Iterator

import pytest
from ortools.sat.python import cp_model

import matcher.model.encode
from matcher.model.block import Block
from matcher.model.definitions import AnyOf, Product, Reaches
from matcher.model.encode import ModelEncoder
from matcher.rulekit import Linear
from tests.outside.small import cadre, round_of, rule, unit, village
from tests.properties.judged import instance_of

from .teams import Team, blocks, instances, some_teams

SEEDS = range(2000, 2060)


@pytest.fixture
def both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Define every helper variable from above and from below, needed or not."""

    def everything(block: Block, *_arguments: object) -> tuple[set[int], set[int]]:
        return set(block.definitions), set(block.definitions)

    monkeypatch.setattr(matcher.model.encode, "senses", everything)


def solver_values(block: Block, team: Team) -> list[int]:
    """The value of every variable of the block that the solver finds when the team is given."""
    encoder = ModelEncoder()
    encoded = encoder.add_block(block, Linear(), rows=[])
    for variable, (person, role) in enumerate(block.seats):
        encoder.model.add(encoded.variables[variable] == ((person.id, role) in team))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(encoder.model) == cp_model.OPTIMAL
    return [solver.value(encoded.variables[v]) if v in encoded.variables else 0 for v in range(block.size)]


@pytest.mark.usefixtures("both_sides")
def test_helpers_follow_from_the_team() -> None:
    kinds = {AnyOf: 0, Reaches: 0, Product: 0}
    for block in blocks(SEEDS):
        for definition in block.definitions.values():
            kinds[type(definition)] += 1
        for team in some_teams(block):
            assert solver_values(block, team) == block.values(team), (block.place.id, team)
    assert min(kinds.values()) > 20, kinds


def expressions(block: Block) -> Iterator[Linear]:
    yield block.objective
    yield from (row.row.expression for row in block.rows)
    yield from block.loads.values()


def test_values_lie_within_bounds() -> None:
    for block in blocks(SEEDS):
        for team in some_teams(block):
            values = block.values(team)
            assert all(
                low <= v <= high for low, v, high in zip(block.lower, values, block.upper, strict=True)
            )
            for expression in expressions(block):
                low, high = expression.bounds(block.lower, block.upper)
                assert low <= expression.value(values) <= high
            for definition in block.definitions.values():
                if isinstance(definition, Reaches):
                    assert definition.low <= definition.expression.value(values) <= definition.high


def test_helpers_read_only_what_is_worked_out_before_them() -> None:
    for block in blocks(SEEDS):
        for helper, definition in block.definitions.items():
            if isinstance(definition, AnyOf):
                read = set(definition.members)
            elif isinstance(definition, Product):
                read = definition.flag.terms.keys() | definition.amount.terms.keys()
            else:
                read = set(definition.expression.terms)
            assert max(read, default=-1) < helper


def test_a_village_by_hand() -> None:
    people = [cadre("a"), cadre("b", birth_month="1995-01"), cadre("c", unit="U2", political_status="群众")]
    rows = [village("V", residents=1, support_max=1, hardship=2)]
    rules = [rule("young_share", "off"), rule("keep_one", "off"), rule("team_units", "off")]
    doc = round_of(rows, people, units=[unit("U1", strength=3), unit("U2")], rules=rules) | {"id": "one"}
    block = instance_of(doc).blocks["V"]
    assert [(person.id, role) for person, role in block.seats] == [
        ("a", "first_secretary"), ("b", "first_secretary"),
        ("a", "resident"), ("b", "resident"), ("c", "resident"),
        ("a", "support"), ("b", "support"), ("c", "support"),
    ]  # fmt: skip
    assert block.can_hold([("a", "first_secretary"), ("c", "resident")])
    assert not block.can_hold([("c", "first_secretary")])
    # Two bands x 8, strength 3 x hardship 2, and b comes from the unit that leads: 4.
    assert block.points.value(block.values([("a", "first_secretary"), ("b", "resident")])) == 16 + 6 + 4
    assert block.points.value(block.values([("a", "first_secretary"), ("c", "resident")])) == 8 + 6
    with pytest.raises(KeyError):
        block.values([("c", "first_secretary")])


def test_captains_have_blocks_of_one_seat() -> None:
    found = 0
    for instance in instances(range(30), "township_captain"):
        for id_, block in instance.blocks.items():
            if not block.place.is_village:
                found += 1
                assert id_ == "/".join(block.place.township)
                assert {role for _, role in block.seats} <= {"captain"}
                assert block.points.terms == {}  # a captain's points are the plan's
    assert found > 20
