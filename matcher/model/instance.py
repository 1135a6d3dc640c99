"""The round made ready to solve: screening, blocks and link rows under the rules in effect."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matcher.garbage_collection import paused
from matcher.model.block import Block, BlockRow, TeamEncoding
from matcher.rulebook import RuleBook
from matcher.rulekit import Row
from matcher.screening.outcome import Screening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.round import Round
    from matcher.round.facts import Place
    from matcher.rulebook import InForce
    from matcher.rulekit import LinkRow, Mode, PlanRule, ScoreTerm


@dataclass(frozen=True, slots=True)
class Link:
    """A link row of a rule, with the mode that took effect."""

    rule: str
    row: LinkRow
    mode: Mode
    weight: int
    #: Asked by a question, and no rule of the round.
    of_question: bool = False

    @property
    def name(self) -> tuple[str, Any]:
        """What the blocks' loads on this row are filed under."""
        return (self.rule, self.row.key)


class Instance:
    """Everything that the solving methods start from.

    Parameters
    ----------
    round_
        The round.
    book
        The rules in effect; the round's own where not given.
    attainable
        Each village's attainable points, where a rule in effect needs them.
    floor
        The least index of every village, where fairness comes first; needs ``attainable``.
    """

    def __init__(
        self,
        round_: Round,
        book: RuleBook | None = None,
        attainable: Mapping[str, int] | None = None,
        *,
        floor: Fraction | None = None,
    ) -> None:
        self.floor = floor
        self.round = round_
        self.facts = round_.facts
        self.book = book if book is not None else RuleBook.of(round_.rules)
        self.attainable = dict(attainable or {})
        self.screening = Screening(self.facts, self.book)

    @property
    def demands(self) -> tuple[InForce[PlanRule[Any]], ...]:
        """What is asked beyond the rules of the round."""
        return tuple(item for item in self.book.plan if item.rule.of_question)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """The blocks by place id: villages in the order of the table, then captains' townships."""
        with paused():
            return {id_: self.block(place) for id_, place in self.screening.places.items()}

    @cached_property
    def links(self) -> list[Link]:
        """The rows that link blocks."""
        return [
            Link(item.rule.id, row, item.mode, item.weight, item.rule.of_question)
            for item in self.book.plan
            if item.on
            for row in item.rule.rows(self.facts, self.screening, item.params)
        ]

    @cached_property
    def constant(self) -> int:
        """The points that every plan has."""
        return sum(
            item.weight * item.rule.constant(self.facts, item.params) for item in self.book.terms if item.on
        )

    def limits_at(self, place: Place) -> dict[str, tuple[int, int]]:
        """Return the least and most people of each role at ``place`` (the least 0 where it may be missed)."""
        rule = self.book.plan_rule("team_structure" if place.is_village else "township_captain")
        limits = {"captain": (1, 1)}
        if place.is_village:
            limits = rule.rule.seats(place, rule.params)  # type: ignore[attr-defined]
        return {role: (least if rule.mode == "hard" else 0, most) for role, (least, most) in limits.items()}

    def block(self, place: Place, asked: Iterable[InForce[PlanRule[Any]]] = ()) -> Block:
        """Return a new block of ``place`` with the encodings of every rule and term in force.

        Parameters
        ----------
        place
            The village, or the township of a captain.
        asked
            Demands that the teams of the block meet by themselves: on each of their rows it puts at least 1.
        """
        with paused():
            return self._encoded(place, asked)

    def asking(self, asked: InForce[PlanRule[Any]], place: str) -> Instance:
        """Return the round with one more demand, which the teams of ``place`` meet by themselves.

        All other blocks and the link rows are shared with this instance.
        """
        other = copy(self)
        other.book = replace(self.book, plan=(*self.book.plan, asked))
        other.links = self.links
        other.blocks = {**self.blocks, place: self.block(self.screening.places[place], (asked,))}
        return other

    def with_rows(
        self, links: list[Link], rows: Mapping[str, list[BlockRow]], *, seats_give: bool = False
    ) -> Instance:
        """Return the round with other link rows, and other rows in its blocks; everything else is shared.

        Parameters
        ----------
        seats_give
            Whether seats may stay empty.
        """
        other = copy(self)
        other.links = links
        other.blocks = {}
        for place, block in self.blocks.items():
            limits = {
                role: (0 if seats_give else least, most) for role, (least, most) in block.limits.items()
            }
            other.blocks[place] = replace(block, rows=rows[place], limits=limits)
        return other

    def _encoded(self, place: Place, asked: Iterable[InForce[PlanRule[Any]]]) -> Block:
        eligible = self.screening.eligible[place.id]
        team = TeamEncoding(self.facts, place, eligible, self.limits_at(place), self.attainable.get(place.id))
        for term in self.book.terms:
            if term.on:
                _encode_term(team, term)
        for item in self.book.plan:
            if item.rule.villages if place.is_village else item.rule.captains:
                team.block.rows.extend(_rows_of(team, item))
                if item.on:
                    for load in item.rule.load(team, item.params):
                        team.block.loads[item.rule.id, load.key] = load.expression
        if self.floor is not None and (team.attainable or 0) > 0:
            team.block.rows.append(self._floor_row(team))
        for item in asked:
            for load in item.rule.load(team, item.params):
                team.block.rows.append(BlockRow(item.rule.id, Row(load.expression, at_least=1), "hard", 0))
        return team.block

    def _floor_row(self, team: TeamEncoding) -> BlockRow:
        """Return the row that keeps a village's index at the floor."""
        over, under = (self.floor or Fraction()).as_integer_ratio()
        least = over * (team.attainable or 0)
        row = Row(team.points() * under, at_least=least, flat=True, subjects={"village": team.place.id})
        return BlockRow("village_floor", row, "hard", 0)


def _encode_term(team: TeamEncoding, term: InForce[ScoreTerm[Any]]) -> None:
    """Add a term's weighted points to the village's, or to those of the plan."""
    block = team.block
    if not team.place.is_village:
        block.plan_points.add(term.rule.captain_points(team, term.params), term.weight)
    elif term.rule.of_plan:
        block.plan_points.add(term.rule.points(team, term.params), term.weight)
    else:
        block.points.add(term.rule.points(team, term.params), term.weight)


def _rows_of(team: TeamEncoding, item: InForce[PlanRule[Any]]) -> Iterator[BlockRow]:
    for row in item.rule.always(team, item.params):
        yield BlockRow(item.rule.id, row, "hard", 0, always=True)
    if item.on:
        for row in item.rule.team(team, item.params):
            yield BlockRow(item.rule.id, row, item.mode, item.weight)
