"""The kinds of runs, one file a kind: what a child gets to do, and what is made of its answer.

A new kind is a new file here, one in :mod:`api.jobs.doing`, and an entry in each of the two tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.jobs.kinds import core, mend, prices, solve, what_ifs, why_not
from api.jobs.kinds.kind import Kind, Outcome, Ranked

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, Kind]] = {
    "solve": solve.KIND,
    "why_not": why_not.KIND,
    "prices": prices.KIND,
    "core": core.KIND,
    "what_ifs": what_ifs.KIND,
    "mend": mend.KIND,
}

__all__ = ["KINDS", "Kind", "Outcome", "Ranked"]
