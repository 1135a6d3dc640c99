"""Screening: who may hold which post, and why not. One file a rule; this is their registry."""

from typing import Any, Final

from matcher.rulekit import ScreeningRule
from matcher.screening.age_limit import AgeLimit
from matcher.screening.appraisal_floor import AppraisalFloor
from matcher.screening.decided import Decided
from matcher.screening.lead_unit_level import LeadUnitLevel
from matcher.screening.negative_list import NegativeList
from matcher.screening.party_membership import PartyMembership
from matcher.screening.qualification import Qualification
from matcher.screening.recall import Recall
from matcher.screening.recusal import Recusal
from matcher.screening.rotation_due import RotationDue
from matcher.screening.service_area import ServiceArea
from matcher.screening.work_experience import WorkExperience

#: Every screening rule, in the order in which refusals are listed. A new rule is its file and a line here.
RULES: Final[tuple[ScreeningRule[Any], ...]] = (
    Qualification(),
    PartyMembership(),
    WorkExperience(),
    AgeLimit(),
    NegativeList(),
    AppraisalFloor(),
    Recusal(),
    RotationDue(),
    Recall(),
    ServiceArea(),
    LeadUnitLevel(),
    Decided(),
)
