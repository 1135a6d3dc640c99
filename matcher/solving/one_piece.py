"""The one-piece model: the whole round as one CP-SAT model."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from matcher.model.encode import ModelEncoder
from matcher.model.reduce import dominance
from matcher.solving.cpsat import Outcome, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.solving.stopping import Stop


def encode(instance: Instance, *, prune: bool = True, points: bool = True) -> ModelEncoder:
    """Return the model of the whole round.

    Parameters
    ----------
    prune
        Leave out people who are never needed, and order dominated ones behind those who dominate them;
        safe under every rule in force (:func:`matcher.model.reduce.dominance`).
    points
        False leaves the score aside: only the hard rules, to see whether they can be met.
    """
    order, idle = dominance(instance) if prune else ([], set())
    links = [link for link in instance.links if points or link.mode == "hard"]
    loads = {link.name: (link.row.at_least, link.row.at_most) for link in links if link.rule != "one_post"}
    encoder = ModelEncoder()
    for block in instance.blocks.values():
        rows = [row for row in block.rows if points or row.mode == "hard"]
        objective = block.objective if points else block.objective * 0
        encoder.add_block(block, objective, rows=rows, loads=loads, absent=idle)
    for link in links:
        encoder.add_link(link)
    encoder.add_order(order)
    encoder.maximize(instance.constant)
    return encoder


def solve_one_piece(
    instance: Instance,
    stop: Stop,
    *,
    start: Mapping[str, Team] | None,
    work: float,
    seed: int,
    gap: float = 0.0,
    on_solution: Callable[[dict[str, Team], int], None] | None = None,
) -> tuple[Outcome, int | None]:
    """Solve the whole round as one model.

    Returns
    -------
    outcome
        How the search ended.
    bound
        The proven upper bound on the score, rounded down (scores are whole numbers); None without one.
    """
    encoder = encode(instance)
    if start is not None:
        encoder.hint(start)

    def pass_on(teams: dict[str, Team], bound: float) -> None:
        if on_solution is not None:
            on_solution(teams, whole(bound))

    outcome = run(encoder, stop, work=work, seed=seed, gap=gap, on_solution=pass_on)
    usable = outcome.bound is not None and abs(outcome.bound) < 1e15  # noqa: PLR2004 - unproven is infinite
    return outcome, whole(outcome.bound) if usable and outcome.bound is not None else None


def whole(bound: float) -> int:
    """Return a bound on a whole number, rounded down (a hair above a whole number is that number)."""
    return floor(bound + 1e-6)
