"""Score terms: what makes a plan good. One file a term; this is their registry."""

from typing import Any, Final

from matcher.rulekit import ScoreTerm
from matcher.scoring.age_mix import AgeMix
from matcher.scoring.bundled_people import BundledPeople
from matcher.scoring.competence import Competence
from matcher.scoring.keep_bundle import KeepBundle
from matcher.scoring.keep_unit import KeepUnit
from matcher.scoring.local_fit import LocalFit
from matcher.scoring.min_change import MinChange
from matcher.scoring.need_coverage import NeedCoverage
from matcher.scoring.need_fit import NeedFit
from matcher.scoring.retain import Retain
from matcher.scoring.strong_unit import StrongUnit
from matcher.scoring.suitability import SuitabilityTerm
from matcher.scoring.unit_fit import UnitFit

#: Every score term, in the order in which plans list them. A new term is its file and a line here.
TERMS: Final[tuple[ScoreTerm[Any], ...]] = (
    NeedCoverage(),
    NeedFit(),
    Competence(),
    AgeMix(),
    StrongUnit(),
    BundledPeople(),
    UnitFit(),
    KeepBundle(),
    Retain(),
    LocalFit(),
    SuitabilityTerm(),
    MinChange(),
    KeepUnit(),
)
