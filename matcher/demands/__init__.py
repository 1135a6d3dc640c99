"""What a question asks of a plan beyond the round's own rules.

A demand is a plan rule that no round can switch on: it is made for one question (differ from that plan, have
at least so many points of these terms) and joins the rules in effect while the question is answered. Every
solving method takes it as it takes the rules of the round, and the checker checks it as one of them.
"""

from typing import Final

from matcher.demands.book import with_demands
from matcher.demands.distance import Better, Distance, DistanceParams, better_plan, sizes_vary
from matcher.demands.holds import Holds, HoldsParams
from matcher.demands.substance import Substance, SubstanceParams
from matcher.demands.terms_at_least import TermsAtLeast, TermsAtLeastParams

#: Every demand, by its id.
DEMANDS: Final = {demand.id: demand for demand in (Distance(), Substance(), TermsAtLeast(), Holds())}

__all__ = [
    "DEMANDS",
    "Better",
    "Distance",
    "DistanceParams",
    "Holds",
    "HoldsParams",
    "Substance",
    "SubstanceParams",
    "TermsAtLeast",
    "TermsAtLeastParams",
    "better_plan",
    "sizes_vary",
    "with_demands",
]
