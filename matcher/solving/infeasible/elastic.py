"""The elastic model: hard rules may be broken at a price, and the cheapest way is looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from matcher.check.recount import recount
from matcher.model.encode import ModelEncoder
from matcher.rulekit import Linear
from matcher.settings import Settings
from matcher.solving.cpsat import run
from matcher.solving.infeasible.bending import DEAR, LESS, Bending, BendingMethod
from matcher.solving.infeasible.reach import ONE_POST, Reach
from matcher.solving.methods import SMALL, decisions_of
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from matcher.check.recount import Broken
    from matcher.giving import Giving
    from matcher.model.block import BlockRow
    from matcher.model.encode import Team
    from matcher.model.instance import Instance, Link
    from matcher.rulekit import LinkRow, Row
    from matcher.solving.stopping import Stop

    _Row = TypeVar("_Row", Link, BlockRow)

#: Deterministic work for the cheapest way.
ONE_BEND = 12.0
#: The rules that say how many seats there are.
SEATS = frozenset({"team_structure", "township_captain"})
#: What a breach is about: the rule and its subjects. None of the subjects stands for the rule as a whole.
Subject = tuple[str, frozenset[tuple[str, Any]]]


@dataclass(frozen=True)
class Bend:
    """The cheapest way found to bend the rules.

    Attributes
    ----------
    teams
        The teams of a plan that bends them so.
    broken
        Which hard rules it breaks, and by how much.
    cost
        The sum of price × amount.
    proven
        Whether no way is cheaper.
    """

    teams: dict[str, Team]
    broken: tuple[Broken, ...]
    cost: int
    proven: bool


def cheapest_bend(
    instance: Instance,
    giving: Mapping[str, Giving],
    firm: Collection[Subject],
    stop: Stop,
    *,
    work: float,
    seed: int,
    most: int | None = None,
    workers: int | None = None,
) -> Bend | None:
    """Return the cheapest way to break hard rules so that a plan is possible; None where none was found.

    Parameters
    ----------
    giving
        The rules that may give.
    firm
        What may not be broken for all that.
    most
        What costs more is of no use.
    workers
        Processor cores; all where not given.
    """
    links = [_bent_link(link, giving, firm) for link in instance.links if link.mode == "hard"]
    rows = {place: _bent_rows(block.rows, giving, firm) for place, block in instance.blocks.items()}
    capped = any(gives.most is not None for gives in giving.values())
    if capped or decisions_of(instance) <= SMALL:
        return _by_one_model(instance, giving, links, rows, stop, work=work, seed=seed)
    dear = {place: [_dear(row) for row in found] for place, found in rows.items()}
    bent = instance.with_rows(
        [_dear(link) for link in links], dear, seats_give=not giving.keys().isdisjoint(SEATS)
    )
    for place, block in bent.blocks.items():
        points, plan_points = _less(block.points), _less(block.plan_points)
        bent.blocks[place] = replace(block, points=points, plan_points=plan_points)
    return _by_columns(
        bent,
        giving,
        stop,
        _likely(instance, giving, {link.name for link in links if link.mode == "soft"}),
        most=most,
        settings=Settings(effort=work, seed=seed, workers=workers),
    )


def _by_one_model(
    instance: Instance,
    giving: Mapping[str, Giving],
    links: list[Link],
    rows: Mapping[str, list[BlockRow]],
    stop: Stop,
    *,
    work: float,
    seed: int,
) -> Bend | None:
    encoder = ModelEncoder()
    loads = {link.name: (link.row.at_least, link.row.at_most) for link in links if link.rule != "one_post"}
    for place, block in instance.blocks.items():
        encoder.add_block(block, block.objective * 0, rows=rows[place], loads=loads)
    for link in links:
        encoder.add_link(link)
    for rule, gives in giving.items():
        if gives.most is not None:
            encoder.limit_shortfall(rule, gives.most)
    encoder.maximize()
    outcome = run(encoder, stop, work=work, seed=seed)
    if outcome.teams is None:
        return None
    return _bend(instance, giving, outcome.teams, proven=outcome.status == "optimal")


def _by_columns(
    bent: Instance,
    giving: Mapping[str, Giving],
    stop: Stop,
    likely: Mapping[Any, float],
    *,
    most: int | None,
    settings: Settings,
) -> Bend | None:
    """Return the bend of a large round: a plan of whole teams in which a breach counts more than any points."""
    incumbent = Bending(bent, giving, stop, most=most)
    BendingMethod(bent, incumbent, settings, likely).run()
    if incumbent.teams is None:
        return None
    bend = _bend(bent, giving, incumbent.teams, proven=False)
    return replace(bend, proven=incumbent.least >= bend.cost)


def _likely(instance: Instance, giving: Mapping[str, Giving], soft: Collection[Any]) -> dict[Any, float]:
    """Return what link rows are likely to cost, in points: what a breach costs where there is going to be one.

    Where too few people may be sent, everybody has the same price: what the cheapest way out costs for one seat.

    Parameters
    ----------
    soft
        The rows that may give, by name.
    """
    reach = Reach(instance)
    sides = {link.name: reach.side(link) for link in instance.links if link.name in soft}
    found: dict[Any, float] = {name: side * inf for name, side in sides.items() if side}
    for rule in {rule for rule, _ in found}:
        supply = reach.supply(rule)
        if supply is not None:
            price = DEAR * min(giving[way].price for way in (rule, "team_structure") if way in giving)
            found |= dict.fromkeys((name for name in supply.binding if name in found), price)
            found |= {(ONE_POST, cadre): price for cadre in supply.others}
    return found


def _less(points: Linear) -> Linear:
    """Return points that count next to nothing, but still tell a good team from a bad one."""
    return Linear({variable: count // LESS for variable, count in points.terms.items()})


def _bend(instance: Instance, giving: Mapping[str, Giving], teams: dict[str, Team], *, proven: bool) -> Bend:
    counted = recount(instance.facts, instance.book, posts_of(instance, teams), instance.attainable)
    cost = sum(giving[item.rule].price * item.breach.amount for item in counted.broken if item.rule in giving)
    return Bend(teams, counted.broken, cost, proven)


def _dear(row: _Row) -> _Row:
    """Return a row whose breach counts more than points do."""
    return replace(row, weight=row.weight * DEAR) if row.mode == "soft" else row


def _bent_rows(
    rows: Iterable[BlockRow], giving: Mapping[str, Giving], firm: Collection[Subject]
) -> list[BlockRow]:
    return [
        replace(row, mode="soft", weight=giving[row.rule].price)
        if row.rule in giving
        and not (row.always or row.row.vital)
        and subject_of(row.rule, row.row) not in firm
        else row
        for row in rows
        if row.mode == "hard"
    ]


def _bent_link(link: Link, giving: Mapping[str, Giving], firm: Collection[Subject]) -> Link:
    if link.rule not in giving or subject_of(link.rule, link.row) in firm:
        return link
    return replace(link, mode="soft", weight=giving[link.rule].price)


def subject_of(rule: str, row: Row | LinkRow) -> Subject:
    """Return what a row is about, as a breach of it says."""
    return named_subject(rule, row.subjects)


def named_subject(rule: str, subjects: Mapping[str, Any]) -> Subject:
    """Return what a breach is about; rules over the whole plan are one subject each."""
    return rule, frozenset((kind, _plain(value)) for kind, value in subjects.items() if kind != "plan")


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
