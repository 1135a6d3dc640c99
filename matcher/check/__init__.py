"""The checker: is a plan what it says it is? Plain Python over round and plan; it trusts nobody.

It shares no code with the encodings and imports no solver. :func:`check` recounts every rule, every
term and the score, and compares every figure that the plan states.
"""

from matcher.check.difference import Difference
from matcher.check.recount import Recount, recount
from matcher.check.report import Report, check

__all__ = ["Difference", "Recount", "Report", "check", "recount"]
