"""What must not be: each violation with where it was seen and what shows it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the service promised and did not keep.

    Attributes
    ----------
    round
        The soak's round in which it was seen; 0 for what is looked at when all is over.
    what
        Which promise.
    evidence
        What shows it.
    """

    round: int
    what: str
    evidence: str


@dataclass
class Record:
    """All violations of a soak."""

    round: int = 0
    found: list[Violation] = field(default_factory=list)

    def add(self, what: str, evidence: object) -> None:
        """Write one down."""
        self.found.append(Violation(self.round, what, str(evidence)[:4000]))

    def unless(self, holds: object, what: str, evidence: object) -> None:
        """Write one down unless something holds."""
        if not holds:
            self.add(what, evidence)
