"""Stress rounds: small, infeasible or odd on purpose, each with the answer that it must get."""

from matcher.synth.stress import infeasible, odd
from matcher.synth.stress.case import Cell, Cells, Expected, Formula, Stress

#: Every stress round.
STRESS: tuple[Stress, ...] = (*infeasible.CASES, *odd.CASES)


def stress(name: str) -> Stress:
    """Return a stress round by name.

    Raises
    ------
    ValueError
        When there is none of that name.
    """
    for case in STRESS:
        if case.name == name:
            return case
    raise ValueError(f"no stress round {name!r}; known: {', '.join(case.name for case in STRESS)}")


__all__ = ["STRESS", "Cell", "Cells", "Expected", "Formula", "Stress", "stress"]
