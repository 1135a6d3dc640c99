"""What people are worth at given prices, compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from matcher.pricing.bounds import extras, shortlist
from matcher.pricing.compiling import compiled
from matcher.pricing.kernel import HALF, NEVER, Worths


class Board(NamedTuple):
    """What a block's decisions bring and load; the same at all prices.

    Attributes
    ----------
    base : int64[variables]
        What each variable adds when it is 1, prices aside.
    load_variable, load_row, load_amount : int64[loads]
        What each variable puts on which link row, in the order of the variables.
    seat : int64[people, roles + 1]
        The decision of each person in each role, or the number of decisions where there is none; the last
        column is the first secretary's.
    lead_added : int64[decisions + 1]
        What rows over the first secretary add to the choice of each decision.
    groups : int64[people × roles]
        Choices of one group are interchangeable for every row and helper.
    bonus_helper, bonus_unit : int64[bonuses]
        The helpers that pay for serving under the own unit's lead, and the units.
    bonus_start : int64[bonuses + 1]
        Where each bonus's cells begin.
    bonus_person, bonus_role, bonus_amount : int64[cells]
        Who brings how much of it in which role.
    unknown, unknown_most : int64[helpers]
        Helpers that are relaxed, and their greatest values.
    size
        The most people in a team.
    margin
        What replacing a member by another of the same group may cost.
    """

    base: Any
    load_variable: Any
    load_row: Any
    load_amount: Any
    seat: Any
    lead_added: Any
    groups: Any
    bonus_helper: Any
    bonus_unit: Any
    bonus_start: Any
    bonus_person: Any
    bonus_role: Any
    bonus_amount: Any
    unknown: Any
    unknown_most: Any
    size: int
    margin: int


@compiled
def priced(board: Any, prices: Any) -> Any:
    """Return what each variable adds when it is 1, the prices of its loads taken off."""
    worth = board.base.copy()
    for i in range(board.load_variable.shape[0]):
        worth[board.load_variable[i]] -= board.load_amount[i] * prices[board.load_row[i]]
    return worth


@compiled
def worths_at(states: Any, board: Any, worth: Any, barred: Any, ending: Any) -> Any:
    """Return what people are worth, and what relaxed helpers may add on top.

    Parameters
    ----------
    states
        The states of the block's teams.
    worth : int64[variables]
        What each variable adds when it is 1.
    barred : bool[people]
        Who is not available.
    ending : int64[counts × flags]
        What a complete team's state is worth.
    """
    people, columns = board.seat.shape
    roles = columns - 1
    decisions = board.lead_added.shape[0] - 1
    serves = np.full((people, roles), NEVER, np.int64)
    leads = np.full(people, NEVER, np.int64)
    for person in range(people):
        if barred[person]:
            continue
        for role in range(roles):
            decision = board.seat[person, role]
            if decision < decisions:
                serves[person, role] = worth[decision]
        decision = board.seat[person, roles]
        if decision < decisions and board.lead_added[decision] > HALF:
            leads[person] = worth[decision] + board.lead_added[decision]
    joins = np.empty((people, roles), np.int64)
    order = np.argsort(-serves.ravel(), kind="mergesort")
    shortlist(serves.ravel(), order, board.groups, board.size, board.margin, joins.ravel())
    plain = serves.copy()
    for bonus in range(board.bonus_helper.shape[0]):
        gain = worth[board.bonus_helper[bonus]]
        if gain <= 0:
            continue
        for cell in range(board.bonus_start[bonus], board.bonus_start[bonus + 1]):
            person, role = board.bonus_person[cell], board.bonus_role[cell]
            more = gain * board.bonus_amount[cell]
            if role == roles:
                if leads[person] > HALF:
                    leads[person] += more
            elif serves[person, role] > HALF:
                serves[person, role] += more
    extra = extras(states, joins, plain, serves, board.size)
    roof = 0
    for i in range(board.unknown.shape[0]):
        roof += max(0, worth[board.unknown[i]]) * board.unknown_most[i]
    return Worths(joins, serves, leads, extra, ending), roof
