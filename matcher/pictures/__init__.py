"""Pictures of rounds, results and plans: shown inline in a notebook, written as SVG or PNG, nothing from a network.

Needs the packages of the extra ``pictures`` (altair and vl-convert-python).
"""

from matcher.pictures.picture import Picture
from matcher.pictures.plans import bundles, coverage, mix, movements, terms_by_plan, villages_by_index
from matcher.pictures.runs import pareto, score_over_time

__all__ = [
    "Picture",
    "bundles",
    "coverage",
    "mix",
    "movements",
    "pareto",
    "score_over_time",
    "terms_by_plan",
    "villages_by_index",
]
