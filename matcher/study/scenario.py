"""A scenario: a named list of edits, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.edits import Edit
    from matcher.result import Result


#: The name of the base among the scenarios.
BASE = "base"


@dataclass
class Scenario:
    """A named list of edits, and its result once it was run.

    Attributes
    ----------
    edits
        What is different from the base.
    result
        None until it was run.
    interrupted
        Whether the run was stopped: the result is the best so far.
    """

    name: str
    edits: tuple[Edit, ...] = ()
    result: Result | None = None
    interrupted: bool = False
