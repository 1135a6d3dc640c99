"""What came of a question, for the report: what was asked and whether it was reached, tables, and everything as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.report.tables import Table
    from benchmarks.targets import Finding


@dataclass
class Answer:
    """What came of a question.

    Attributes
    ----------
    title
        What the report is called.
    findings
        What was asked, and whether it was reached.
    tables
        By their headings.
    data
        Everything that was measured, for a program to read.
    """

    title: str
    findings: list[Finding] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
