"""Which rows of a round can be met together, points left aside: people who are alike under them are counted, not named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.model.counted import counted
from matcher.model.encode import ModelEncoder
from matcher.model.kinds import ONE_POST, Kinds
from matcher.solving.cpsat import run
from matcher.solving.infeasible.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matcher.model.block import BlockRow
    from matcher.model.instance import Instance, Link
    from matcher.solving.cpsat import Outcome
    from matcher.solving.stopping import Stop

#: Work of one variable before it is solved.
ONE_VARIABLE = 2e-5
#: The rows of a question: link rows, and by place those of its team.
Rows = tuple[list["Link"], dict[str, list["BlockRow"]]]


class Together:
    """Answers which rows of an instance go together.

    Parameters
    ----------
    instance
        The round, whose rows are asked about.
    alike
        Kinds that are known already, by their first member: its expressions see only that one.
    """

    def __init__(self, instance: Instance, alike: Mapping[str, list[str]] | None = None) -> None:
        self.instance = instance
        self._alike = alike
        self._known: Kinds | None = None
        self._reach: dict[bool, Reach] = {}

    def fewer(self, rules: Collection[str]) -> Together:
        """Return the same where only the rows of some rules are asked about, part by part: people alike are seen once."""
        kinds = self._kinds.of(*self.of_rules(rules))
        return Together(counted(self.instance, kinds), kinds)

    def out_of_reach(self, rules: Collection[str]) -> bool:
        """Return whether a row of some rules can be met by no people at all, seen without a search."""
        reach = self._reached(rules)
        links = [link for link in self.instance.links if link.rule in rules]
        if reach.crowded or any(reach.side(link) for link in links):
            return True
        never = (row for place in self.instance.blocks for row in reach.never_met(place))
        return any(row.always or row.rule in rules for row in never)

    def lacking(self, rules: Collection[str]) -> tuple[set[tuple[str, Any]], set[str]] | None:
        """Return few rows of a rule and places that have more seats to fill than those rows leave people; None if none."""
        return self._reached(rules).lacking(rules)

    def _reached(self, rules: Collection[str]) -> Reach:
        once = ONE_POST in rules
        if once not in self._reach:
            self._reach[once] = Reach(self.instance, once=once)
        return self._reach[once]

    def of_rules(self, rules: Collection[str]) -> Rows:
        """Return the rows of some rules, soft ones too, and those that hold in any case."""
        kept = {*rules, "village_floor"} if self.instance.floor is not None else rules
        links = [link for link in self.instance.links if link.rule in rules]
        rows = {
            place: [row for row in block.rows if row.always or row.rule in kept]
            for place, block in self.instance.blocks.items()
        }
        return links, rows

    def ask(
        self,
        links: Sequence[Link],
        rows: Mapping[str, Sequence[BlockRow]],
        stop: Stop,
        *,
        work: float,
        seed: int,
    ) -> Outcome:
        """Look for teams that meet hard rows, and miss soft ones as little as can be.

        Parameters
        ----------
        links, rows
            Rows of the instance; others don't count.
        work
            Deterministic work.
        """
        encoder = ModelEncoder(kinds=self._kinds.of(links, rows))
        loads = {link.name: (link.row.at_least, link.row.at_most) for link in links if link.rule != ONE_POST}
        for place, block in self.instance.blocks.items():
            encoder.add_block(block, block.objective * 0, rows=rows[place], loads=loads)
        for link in links:
            if link.rule != ONE_POST or encoder.stands_for(link.row.key):
                encoder.add_link(link)
        encoder.maximize()
        outcome = run(encoder, stop, work=work, seed=seed)
        return replace(outcome, work=outcome.work + ONE_VARIABLE * encoder.size)

    @property
    def _kinds(self) -> Kinds:
        if self._known is None:
            self._known = Kinds(self.instance, self._alike)
        return self._known
