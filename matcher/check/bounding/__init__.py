"""Bounds checked without a solver: a certificate's prices, every team bounded again at these prices, and the sum.

Nothing of :mod:`matcher.model`, :mod:`matcher.solving` or :mod:`matcher.pricing` is used; the rules are read by their
checks, and what links villages by ``limits`` and ``uses``.
"""

from matcher.check.bounding.verdict import BoundReport, check_bound, says_nothing

__all__ = ["BoundReport", "check_bound", "says_nothing"]
