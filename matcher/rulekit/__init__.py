"""What a rule or a score term is made of; rules and terms themselves are one file each."""

from matcher.rulekit.base import Mode, NoParams, Params, Rule
from matcher.rulekit.encoding import LinkRow, Load, Row, Team
from matcher.rulekit.linear import Linear
from matcher.rulekit.plan_rule import Breach, Limit, PlanRule
from matcher.rulekit.score_term import ScoreTerm
from matcher.rulekit.screening_rule import LEADING_ROLES, Refusal, ScreeningRule

__all__ = [
    "LEADING_ROLES",
    "Breach",
    "Limit",
    "Linear",
    "LinkRow",
    "Load",
    "Mode",
    "NoParams",
    "Params",
    "PlanRule",
    "Refusal",
    "Row",
    "Rule",
    "ScoreTerm",
    "ScreeningRule",
    "Team",
]
