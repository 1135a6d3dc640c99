"""What a plan looks like on paper: the roster workbook, the screening, the public notice, and supply against demand."""

from matcher.exports.material import Background, Material, PlanRefused
from matcher.exports.names import Names
from matcher.exports.notice import Notice, notice_of
from matcher.exports.supply import supply_of
from matcher.exports.supply_rows import Supply
from matcher.exports.workbooks import roster_of, roster_workbook, screening_of, screening_workbook

__all__ = [
    "Background",
    "Material",
    "Names",
    "Notice",
    "PlanRefused",
    "Supply",
    "notice_of",
    "roster_of",
    "roster_workbook",
    "screening_of",
    "screening_workbook",
    "supply_of",
]
