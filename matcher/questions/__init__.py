"""Questions about a plan that need a solve or a price: why not, what is firm, what would it take."""

from matcher.questions.answer import WhyNot
from matcher.questions.core import Firm, firm_core
from matcher.questions.pairing import why_not
from matcher.questions.turning import Turn, turning_points
from matcher.questions.why import Alternative, PostAnswer, TeamAnswer, explain_post, explain_team

__all__ = [
    "Alternative",
    "Firm",
    "PostAnswer",
    "TeamAnswer",
    "Turn",
    "WhyNot",
    "explain_post",
    "explain_team",
    "firm_core",
    "turning_points",
    "why_not",
]
