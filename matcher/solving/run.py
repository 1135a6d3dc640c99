"""What a solving method works on, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.certificate import Certificate
    from matcher.model.instance import Instance
    from matcher.plan import Reserve
    from matcher.solving.floor import FoundFloor
    from matcher.solving.incumbent import Incumbent


@dataclass
class Run:
    """What a method ended with.

    Attributes
    ----------
    instance, incumbent
        The problem that was solved (with a floor, where fairness came first) and its best plan and bound.
    infeasible
        Whether it is proven that no plan meets the hard rules.
    work
        Deterministic work spent.
    """

    instance: Instance
    incumbent: Incumbent
    infeasible: bool = False
    work: float = 0.0
    floor: FoundFloor | None = None
    certificate: Certificate | None = None
    #: Found already, ties settled, where the method has taken care of it.
    reserves: tuple[Reserve, ...] | None = None
