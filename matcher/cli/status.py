"""How a command ends."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The exit status of a command.

    Attributes
    ----------
    DONE
        A verified plan, a valid round, or whatever else was asked for.
    FAILED
        A plan that does not stand the recount, a run that was aborted, a file that could not be written,
        anything unexpected.
    REFUSED
        Invalid input or usage.
    INFEASIBLE
        It is proven that no plan meets the hard rules.
    NO_PLAN
        No plan within the effort or time given, or before the run was stopped.
    """

    DONE = 0
    FAILED = 1
    REFUSED = 2
    INFEASIBLE = 3
    NO_PLAN = 4
