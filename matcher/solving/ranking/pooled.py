"""A further plan out of teams that are known already: one integer program, no new prices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.model.instance import Link
from matcher.rulekit import LinkRow
from matcher.solving.columns.column import Column
from matcher.solving.columns.integer import best_choice
from matcher.solving.columns.market import SCALE, Market
from matcher.solving.columns.rounding import quick_choice
from matcher.solving.incumbent import Incumbent
from matcher.solving.once import plan_of
from matcher.solving.ties import keep_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matcher.demands import Better
    from matcher.model.encode import Team
    from matcher.model.instance import Instance
    from matcher.plan import Plan
    from matcher.round import Facts
    from matcher.solving.incumbent import Progress
    from matcher.solving.once import Found
    from matcher.solving.pool import Pool
    from matcher.solving.stopping import Stop

#: Nodes of branch and bound for one plan.
NODES = 200


def plan_from_pool(
    first: Found,
    pool: Pool,
    better: Sequence[Better],
    stop: Stop,
    on_progress: Callable[[Progress], None],
    *,
    sizes_vary: bool,
    within: float,
    enough: float,
) -> tuple[Plan | None, float]:
    """Return the best plan out of the teams that the first solve left, with every figure; and the work spent.

    Parameters are those of :func:`best_in_pool`; ``first`` is what the first solve found, ``enough`` a score of the plan.
    """
    incumbent = Incumbent(first.run.instance, first.run.incumbent.attainable, stop, on_progress)
    incumbent.prove(first.bound)
    incumbent.enter("plan")
    instance = first.run.instance
    enough -= instance.constant
    teams, work = best_in_pool(
        pool, instance.facts, better, stop, sizes_vary=sizes_vary, within=within, enough=enough
    )
    if teams is None or not incumbent.offer(_settled(instance, teams, better)):
        return None, work
    run = replace(first.run, incumbent=incumbent, certificate=None, reserves=None)
    return plan_of(run, settled=True), work


def _settled(instance: Instance, teams: dict[str, Team], better: Sequence[Better]) -> dict[str, Team]:
    """Return teams in which people keep their roles, wherever that changes no distance."""
    kept = keep_roles(instance, teams, instance.blocks.__getitem__)

    def apart(place: str, team: Team) -> tuple[int, ...]:
        column = Column(0, tuple(team), 0, (), ())
        found = loaded(column, place, instance.facts, better, 0, sizes_vary=True)
        return (*found.rows, *found.amounts)

    return {
        place: kept[place] if apart(place, kept[place]) == apart(place, team) else team
        for place, team in teams.items()
    }


def best_in_pool(
    pool: Pool,
    facts: Facts,
    better: Sequence[Better],
    stop: Stop,
    *,
    sizes_vary: bool,
    within: float,
    enough: float,
) -> tuple[dict[str, Team] | None, float]:
    """Return the teams of the best plan out of a pool that differs from better plans, in substance too; and the work.

    Of whole teams the demand for substance can be counted exactly, which an encoding over single posts can't.

    Parameters
    ----------
    better
        The plans to differ from.
    sizes_vary
        Whether plans may differ in how many posts they have.
    within
        Points that the plan may be behind the best out of the pool.
    enough
        Points of the teams with which a plan found at once is good enough, however far behind that it is.
    """
    rows = [row for plan in better for row in _rows(plan, sizes_vary=sizes_vary)]
    market = Market([*pool.links, *rows])
    counted = [
        loaded(column, pool.places[column.block], facts, better, len(pool.links), sizes_vary=sizes_vary)
        for column in pool.columns
    ]
    blocks = range(len(pool.places))
    chosen = quick_choice(counted, blocks, market, stop, within=within)
    good = chosen.worth is not None and chosen.worth >= enough * SCALE
    if not (chosen.complete or good or stop.now):
        start = {column.team for column in chosen.columns or ()}
        exact = best_choice(counted, blocks, market, stop, nodes=NODES, start=start, within=within)
        chosen = exact if exact.columns is not None else chosen
    if chosen.columns is None:
        return None, chosen.work
    return {pool.places[column.block]: list(column.team) for column in chosen.columns}, chosen.work


def _rows(plan: Better, *, sizes_vary: bool) -> Iterator[Link]:
    """Yield the rows of one better plan: posts shared, posts that are new, and teams that differ in substance."""
    yield Link("distance", LinkRow(("shared", plan.name), at_most=plan.posts - plan.least), "hard", 0)
    if sizes_vary:
        yield Link("distance", LinkRow(("new", plan.name), at_least=plan.least), "hard", 0)
    yield Link("substance", LinkRow(plan.name, at_least=0), "hard", 0)


def loaded(
    column: Column, place: str, facts: Facts, better: Sequence[Better], first: int, *, sizes_vary: bool
) -> Column:
    """Return a column of a place with its loads on the rows of the better plans, which begin at number ``first``."""
    row, rows, amounts = first, list(column.rows), list(column.amounts)
    for plan in better:
        shared = sum(plan.has(place, role, cadre) for cadre, role in column.team)
        loads = [shared, len(column.team) - shared] if sizes_vary else [shared]
        loads.append(_substance(column, place, facts, plan, shared))
        for load in loads:
            if load:
                rows.append(row)
                amounts.append(load)
            row += 1
    return column._replace(rows=tuple(rows), amounts=tuple(amounts))


def _substance(column: Column, place: str, facts: Facts, plan: Better, shared: int) -> int:
    """Return 1 for a team that differs in substance, −1 for one that differs without it, 0 for the same team."""
    if place not in facts.places or shared == max(len(column.team), plan.sizes.get(place, 0)):
        return 0
    secretary = next((cadre for cadre, role in column.team if role == "first_secretary"), None)
    if secretary is None or not plan.has(place, "first_secretary", secretary):
        return 1
    needs = facts.places[place].needs
    covered = {k for cadre, _ in column.team for k in facts.people[cadre].competent if needs.get(k)}
    return 1 if covered != plan.covered.get(place, frozenset()) else -1
