"""The elastic model: hard rules may be broken at a price, and the cheapest way is looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from matcher.check.recount import recount
from matcher.model.encode import ModelEncoder
from matcher.solving.cpsat import run
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from matcher.check.recount import Broken
    from matcher.model.encode import Team
    from matcher.model.instance import Instance, Link
    from matcher.rulekit import LinkRow, Row
    from matcher.solving.infeasible.giving import Giving
    from matcher.solving.stopping import Stop

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
) -> Bend | None:
    """Return the cheapest way to break hard rules so that a plan is possible; None where none was found.

    Parameters
    ----------
    giving
        The rules that may give.
    firm
        What may not be broken for all that.
    """
    encoder = ModelEncoder()
    links = [_bent_link(link, giving, firm) for link in instance.links if link.mode == "hard"]
    loads = {link.name: (link.row.at_least, link.row.at_most) for link in links if link.rule != "one_post"}
    for block in instance.blocks.values():
        rows = [
            replace(row, mode="soft", weight=giving[row.rule].price)
            if row.rule in giving
            and not (row.always or row.row.vital)
            and subject_of(row.rule, row.row) not in firm
            else row
            for row in block.rows
            if row.mode == "hard"
        ]
        encoder.add_block(block, block.objective * 0, rows=rows, loads=loads)
    for link in links:
        encoder.add_link(link)
    for rule, gives in giving.items():
        if gives.most is not None:
            encoder.limit_shortfall(rule, gives.most)
    encoder.maximize()
    outcome = run(encoder, stop, work=work, seed=seed)
    if outcome.teams is None:
        return None
    counted = recount(instance.facts, instance.book, posts_of(instance, outcome.teams), instance.attainable)
    cost = sum(giving[item.rule].price * item.breach.amount for item in counted.broken if item.rule in giving)
    return Bend(outcome.teams, counted.broken, cost, outcome.status == "optimal")


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
