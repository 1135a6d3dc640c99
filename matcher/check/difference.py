"""A figure that a plan states and the recount does not confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the plan states and the recount does not confirm."""

    figure: str
    stated: Any
    recounted: Any
