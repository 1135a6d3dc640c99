"""Which decisions are in conflict: each with the seats that it closes, so that one model can leave any of them aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.model.block import BlockRow
from matcher.model.instance import Instance
from matcher.rulekit import Linear, Row
from matcher.screening.decided import Decided
from matcher.solving.infeasible.oracle import ONE_LARGE_QUESTION, ONE_QUESTION, smallest
from matcher.solving.infeasible.together import Together
from matcher.solving.methods import SMALL, decisions_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from matcher.model.block import Block
    from matcher.round.records import Decision
    from matcher.rulebook import RuleBook
    from matcher.solving.infeasible.oracle import Oracle
    from matcher.solving.stopping import Stop

#: The rule of decisions: on who may have which seat, and on who has one.
RULE = Decided.id


def decisions_in_conflict(
    oracle: Oracle, rules: Collection[str], stop: Stop, seed: int
) -> tuple[list[int], bool]:
    """Return the decisions that can't be spared from a conflict, and whether that is settled.

    Parameters
    ----------
    oracle
        The round.
    rules
        The rules in conflict, those of decisions among them.

    Returns
    -------
    list[int]
        Their places in the table, from 0.
    bool
        False where the work for a question did not suffice.
    """
    together = _open(oracle.instance, oracle.shaped({*rules} - {RULE}), rules).fewer(rules)
    links, rows = together.of_rules(rules)
    work = ONE_QUESTION if decisions_of(oracle.instance) <= SMALL else ONE_LARGE_QUESTION
    settled = True

    def collide(numbers: Sequence[int]) -> bool:
        nonlocal settled
        if stop.now:
            settled = False
            return False
        kept = set(numbers)
        chosen = {
            place: [r for r in some if r.rule != RULE or r.row.subjects["decision"] - 1 in kept]
            for place, some in rows.items()
        }
        linking = [li for li in links if li.rule != RULE or li.row.subjects["decision"] - 1 in kept]
        status = together.ask(linking, chosen, stop, work=work, seed=seed).status
        settled &= status != "unknown"
        return status == "infeasible"

    numbers = smallest(list(range(len(oracle.instance.round.decisions))), collide)
    return sorted(numbers), settled


def _open(instance: Instance, shaped: RuleBook, rules: Collection[str]) -> Together:
    """Return the round with no seat closed by a decision; a row of each decision closes what it does."""
    known = instance.book
    plan = [known.plan_rule(RULE) if item.rule.id == RULE else item for item in shaped.plan]
    book = replace(shaped, plan=tuple(plan))
    opened = Instance(instance.round, book, instance.attainable, floor=instance.floor)
    if RULE in rules and any(item.rule.id == RULE and item.on for item in known.screening):
        for block in opened.blocks.values():
            block.rows.extend(_closing(block, instance.round.decisions))
    return Together(opened)


def _closing(block: Block, decisions: Sequence[Decision]) -> Iterator[BlockRow]:
    """Yield a row for each decision that closes seats of a place: nobody has them."""
    for number, decision in enumerate(decisions, start=1):
        if decision.cadre:
            held = (block.variable.get((decision.cadre, role)) for role in block.roles)
            among = [variable for variable in held if variable is not None]
        elif decision.village == block.place.id:
            among = [v for v, (_, role) in enumerate(block.seats) if role == "first_secretary"]
        else:
            continue
        closed = [v for v in among if _closes(block, decision, v)]
        if closed:
            row = Row(Linear(dict.fromkeys(closed, 1)), at_most=0, subjects={"decision": number})
            yield BlockRow(RULE, row, "hard", 0)


def _closes(block: Block, decision: Decision, variable: int) -> bool:
    person, role = block.seats[variable]
    return Decided.closes(block.facts, decision, person, block.place.seat(role))
