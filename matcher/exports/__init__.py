"""What a plan looks like on paper: the roster workbook, the screening, and supply against demand."""

from matcher.exports.material import Background, Material, PlanRefused
from matcher.exports.names import Names
from matcher.exports.supply import supply_of
from matcher.exports.supply_rows import Supply
from matcher.exports.workbooks import roster_of, roster_workbook, screening_of, screening_workbook

__all__ = [
    "Background",
    "Material",
    "Names",
    "PlanRefused",
    "Supply",
    "roster_of",
    "roster_workbook",
    "screening_of",
    "screening_workbook",
    "supply_of",
]
