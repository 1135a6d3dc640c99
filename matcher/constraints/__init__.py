"""Plan rules: what a plan must honour. One file a rule; this is their registry."""

from typing import Any, Final

from matcher.constraints.decisions import Decisions
from matcher.constraints.keep_one import KeepOne
from matcher.constraints.lead_unit import LeadUnit
from matcher.constraints.lone_woman import LoneWoman
from matcher.constraints.mean_age import MeanAge
from matcher.constraints.named_picks import NamedPicks
from matcher.constraints.one_post import OnePost
from matcher.constraints.section_rank_share import SectionRankShare
from matcher.constraints.specialty_min import SpecialtyMin
from matcher.constraints.spouses import Spouses
from matcher.constraints.team_age_mix import TeamAgeMix
from matcher.constraints.team_structure import TeamStructure
from matcher.constraints.team_units import TeamUnits
from matcher.constraints.total_posts import TotalPosts
from matcher.constraints.township_captain import TownshipCaptain
from matcher.constraints.type_specialty import TypeSpecialty
from matcher.constraints.unit_quota import UnitQuota
from matcher.constraints.village_floor import VillageFloor
from matcher.constraints.young_share import YoungShare
from matcher.rulekit import PlanRule

#: Every plan rule, in the order in which plans list them. A new rule is its file and a line here.
RULES: Final[tuple[PlanRule[Any], ...]] = (
    OnePost(),
    Decisions(),
    TeamStructure(),
    TypeSpecialty(),
    LeadUnit(),
    TeamUnits(),
    UnitQuota(),
    YoungShare(),
    NamedPicks(),
    Spouses(),
    KeepOne(),
    TotalPosts(),
    SpecialtyMin(),
    MeanAge(),
    SectionRankShare(),
    TeamAgeMix(),
    LoneWoman(),
    TownshipCaptain(),
    VillageFloor(),
)
