"""What the service refuses: each refusal with its HTTP status and its remedy, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.words import of_access, of_hooks, of_plans, of_requests, of_runs, of_state
from api.words.fields import FIELDS
from api.words.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "REFUSALS", "Refusal"]

#: By code; codes are stable, programs rely on them.
REFUSALS: Final[Mapping[str, Refusal]] = {
    **of_requests.REFUSALS,
    **of_access.REFUSALS,
    **of_runs.REFUSALS,
    **of_plans.REFUSALS,
    **of_hooks.REFUSALS,
    **of_state.REFUSALS,
}
