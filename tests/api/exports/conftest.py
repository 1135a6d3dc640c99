"""A small round with its plan at the real server."""

from tests.api.plans.conftest import world

__all__ = ["world"]
