"""Whether a plan is one of the round that a question names: an answer about another round would be a wrong one."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from matcher.check.posts import known
from matcher.check.recount import recount
from matcher.problems import InvalidInput, Problem
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from matcher.plan import Plan
    from matcher.round import Round

#: The plan that was looked at last, and its round: one question follows another.
_LAST: list[tuple[weakref.ref[Plan], weakref.ref[Round]]] = []


def must_be_of(round_: Round, plan: Plan) -> None:
    """Refuse a plan whose posts don't score in the round what it says.

    Raises
    ------
    InvalidInput
        Where it is a plan of another round.
    """
    if any(of() is plan and at() is round_ for of, at in _LAST):
        return
    book = RuleBook.of(round_.rules)
    posts, unknown = known(round_.facts, book, plan.posts)
    reach = {row.village: row.attainable for row in plan.villages}
    if unknown or recount(round_.facts, book, posts, reach).score != plan.score:
        raise InvalidInput([Problem("question_other_round", "question", field="plan", value=str(plan.rank))])
    _LAST[:] = [(weakref.ref(plan), weakref.ref(round_))]
