"""Attainable points: the exact best of every village considered alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.garbage_collection import paused
from matcher.model.encode import ModelEncoder
from matcher.model.reduce import best_alone
from matcher.pricing.pricer import Pricer
from matcher.rulekit import Row
from matcher.solving.cpsat import run
from matcher.solving.state import amount_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.model.block import Block, BlockRow
    from matcher.model.instance import Instance, Link
    from matcher.solving.stopping import Stop

#: Limits over several villages that are added for one team before it is left to the search.
LAZY = 4


def attainable_points(instance: Instance, stop: Stop) -> dict[str, int]:
    """Return each village's attainable points: the most that a team of this village alone can have.

    Under screening, decisions and hard team-level rules; rules over the round count only where they
    say something of one team (couples, a quota of 0), soft rules not at all. 0 where no team exists.
    """
    alone = links_alone(instance)
    with paused():
        return {
            id_: attainable_at(block, alone, stop)
            for id_, block in instance.blocks.items()
            if block.place.is_village
        }


def links_alone(instance: Instance) -> list[Link]:
    """Return the link rows that say something of a single team."""
    return [link for link in instance.links if link.row.alone and link.mode == "hard"]


def bound_alone(instance: Instance, attainable: Mapping[str, int]) -> int:
    """Return a bound on the score of any plan that needs no search: every village at its most, no penalty.

    Every team of a plan keeps the rules under which its village's attainable points are the most, and
    penalties only take away.
    """
    places = instance.blocks.items()
    return instance.constant + sum(
        attainable.get(id_, 0) + block.range(block.plan_points)[1] for id_, block in places
    )


def attainable_at(block: Block, alone: list[Link], stop: Stop, pricer: Pricer | None = None) -> int:
    """Return the most points of a team of one village's block, by the dynamic program where it reads the block exactly.

    Parameters
    ----------
    alone
        The link rows that say something of a single team.
    pricer
        One that was made for the block with all its rows, where there is one.
    """
    rows = [row for row in block.rows if row.mode == "hard" and row.rule != "village_floor"]
    links = [link for link in alone if link.name in block.loads]
    limits = [Row(block.loads[link.name], link.row.at_least, link.row.at_most) for link in links]
    needed: list[Row] = []
    if any(row.rule == "village_floor" for row in block.rows):
        pricer = None  # it reads what is not to count here
    while True:
        shared = pricer is not None and not needed
        if pricer is not None and shared:
            pricer = pricer.alone(block.points)
        else:
            pricer = Pricer(
                block, [(row, None) for row in (*(r.row for r in rows), *needed)], block.points, {}
            )
        best = pricer.best(np.zeros(0, np.int64))
        if best.bound is None:
            return 0
        values = block.values(best.team or ())
        # Limits over several villages seldom say anything of one team: they are looked at when they do.
        broken = [row for row in limits if amount_of(row.expression.value(values), row)]
        if not broken and block.points.value(values) == best.bound and _keeps(rows, values):
            return best.bound
        if shared:
            pricer = None
        elif not broken or not pricer.exact or len(needed) >= LAZY:
            return _by_search(block, rows, links, stop)
        needed += broken


def _keeps(rows: list[BlockRow], values: list[int]) -> bool:
    return not any(amount_of(row.row.expression.value(values), row.row) for row in rows)


def _by_search(block: Block, rows: list[BlockRow], links: list[Link], stop: Stop) -> int:
    """Return the most points of a team of one block by CP-SAT."""
    expressions = [row.row.expression for row in rows] + [block.loads[link.name] for link in links]
    size = sum(most for _, most in block.limits.values())
    keep = best_alone(block, expressions, block.points, size)
    encoder = ModelEncoder()
    loads = {link.name: (link.row.at_least, link.row.at_most) for link in links}
    encoder.add_block(block, block.points, rows=rows, loads=loads, keep=keep)
    for link in links:
        encoder.add_link(link)
    encoder.maximize()
    outcome = run(encoder, stop)
    if outcome.teams is None:
        return 0
    return block.points.value(block.values(outcome.teams[block.place.id]))
