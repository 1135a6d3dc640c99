"""The integer master takes the best choice out of a list: every choice is tried."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from matcher.model.instance import Link
from matcher.rulekit import LinkRow
from matcher.solving.columns.column import Column
from matcher.solving.columns.integer import Chosen, best_choice
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.state import amount_of
from matcher.solving.stopping import Aborted, Stop

Listed = tuple[Market, list[Column], dict[int, int]]
BLOCKS = (4, 0, 7)  # their numbers need not be in order


def listed(seed: int) -> Listed:
    """Rows of every kind, a few columns for each of three blocks, and what other blocks load."""
    chance = Random(f"integer {seed}")
    market = Market([_link(chance, number) for number in range(5)])
    columns = [_column(chance, block, number) for block in BLOCKS for number in range(chance.randint(1, 4))]
    base = {row: chance.randint(-1, 3) for row in range(5) if chance.random() < 0.4}
    return market, columns, base


def _link(chance: Random, number: int) -> Link:
    low, high = sorted((chance.randint(-1, 3), chance.randint(1, 4)))
    least, most = chance.choice([(low, None), (None, high), (None, high), (low, high)])
    hard = chance.random() < 0.4
    row = LinkRow(number, least, most, step=chance.choice([1, 1, 2, 3]), flat=chance.random() < 0.35)
    return Link("rule", row, "hard" if hard else "soft", 0 if hard else chance.randint(0, 9))


def _column(chance: Random, block: int, number: int) -> Column:
    rows = sorted(chance.sample(range(5), chance.randint(0, 4)))
    amounts = tuple(chance.choice([1, 1, 2, 3, -1]) for _ in rows)
    return Column(block, ((f"c{number}", "resident"),), chance.randint(-5, 30) * SCALE, tuple(rows), amounts)


def value(market: Market, chosen: tuple[Column, ...], base: dict[int, int], rows: set[int]) -> int | None:
    """The points of a choice, penalties of the rows in play taken off; None where it breaks a hard one."""
    worth = sum(column.worth for column in chosen) // SCALE
    for row in rows:
        load = base.get(row, 0) + sum(dict(zip(c.rows, c.amounts, strict=True)).get(row, 0) for c in chosen)
        amount = amount_of(load, market.links[row].row)
        if amount and market.links[row].mode == "hard":
            return None
        worth -= market.links[row].weight * amount
    return worth


def best_of(market: Market, columns: list[Column], base: dict[int, int]) -> int | None:
    rows = {row for column in columns for row in column.rows} | base.keys()
    lists = [[column for column in columns if column.block == block] for block in BLOCKS]
    values = (value(market, chosen, base, rows) for chosen in product(*lists))
    return max((one for one in values if one is not None), default=None)


def cases() -> Iterator[tuple[Listed, int | None]]:
    for seed in range(400):
        made = listed(seed)
        yield made, best_of(*made)


def test_the_best_choice_is_the_best_of_all() -> None:
    none = 0
    for (market, columns, base), best in cases():
        chosen = best_choice(columns, BLOCKS, market, Stop(), base=base)
        assert chosen.complete
        assert chosen.work > 0
        if best is None:
            assert chosen.columns is None
            none += 1
            continue
        assert chosen.columns is not None
        assert [column.block for column in sorted(chosen.columns, key=lambda c: BLOCKS.index(c.block))] == [
            *BLOCKS
        ]
        rows = {row for column in columns for row in column.rows} | base.keys()
        assert value(market, tuple(chosen.columns), base, rows) == best
    assert 20 < none < 200


def test_a_block_without_columns_has_no_choice() -> None:
    market, columns, base = listed(0)
    few = [column for column in columns if column.block != BLOCKS[1]]
    chosen = best_choice(few, BLOCKS, market, Stop(), base=base)
    assert (chosen.columns, chosen.complete) == (None, True)


def test_a_known_choice_to_start_from_changes_nothing() -> None:
    """Nor do teams that are no choice at all."""
    chance = Random(1)
    for (market, columns, base), best in list(cases())[:150]:
        start = {chance.choice([c for c in columns if c.block == block]).team for block in BLOCKS}
        found = best_choice(columns, BLOCKS, market, Stop(), base=base, start=start)
        assert found.complete
        assert (found.columns is None) == (best is None)
        if found.columns is not None:
            rows = {row for column in columns for row in column.rows} | base.keys()
            assert value(market, tuple(found.columns), base, rows) == best


def test_worth_is_counted_as_the_rows_count() -> None:
    for (market, columns, base), best in list(cases())[:150]:
        found = best_choice(columns, BLOCKS, market, Stop(), base=base)
        if found.columns is not None:
            assert best is not None
            everywhere = value(
                market, tuple(found.columns), base, set(range(len(market))) - unkept(market, found, base)
            )
            assert found.worth == (everywhere or 0) * SCALE


def unkept(market: Market, chosen: Chosen, base: dict[int, int]) -> set[int]:
    """Hard rows that neither the list nor others load: a choice can't help them."""
    loaded = {row for column in chosen.columns or () for row in column.rows} | base.keys()
    return {row for row in range(len(market)) if row not in loaded and market.links[row].mode == "hard"}


def hard_to_choose(blocks: int = 30, rows: int = 4) -> tuple[Market, list[Column]]:
    """Two teams a block, whose loads must add up exactly in several rows: nothing that is quickly searched."""
    chance = Random(1)
    loads = [[chance.randint(1, 99) for _ in range(rows)] for _ in range(blocks)]
    middle = [sum(load[row] for load in loads) // 2 for row in range(rows)]
    market = Market([Link("rule", LinkRow(row, least, least), "hard", 0) for row, least in enumerate(middle)])
    columns = [Column(block, ((f"c{block}", "resident"),), 0, (), ()) for block in range(blocks)]
    columns += [
        Column(block, ((f"d{block}", "resident"),), 0, tuple(range(rows)), tuple(load))
        for block, load in enumerate(loads)
    ]
    return market, columns


def test_few_nodes_leave_it_open() -> None:
    market, columns = hard_to_choose()
    chosen = best_choice(columns, range(30), market, Stop(), nodes=3)
    assert (chosen.columns, chosen.complete) == (None, False)


def test_a_stop_leaves_it_open() -> None:
    market, columns = hard_to_choose()
    stop = Stop()
    stop.request()
    chosen = best_choice(columns, range(30), market, stop, nodes=10**6)
    assert (chosen.columns, chosen.complete) == (None, False)


def test_a_second_request_aborts() -> None:
    market, columns = hard_to_choose()
    stop = Stop()
    stop.request()
    stop.request()
    with pytest.raises(Aborted):
        best_choice(columns, range(30), market, stop, nodes=10**6)
