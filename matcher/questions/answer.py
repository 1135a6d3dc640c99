"""The answer to "why not?": refused by a rule, possible at a proven cost, or not settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matcher.demands.book import Demand
    from matcher.plan import Plan
    from matcher.result import Conflict
    from matcher.study.changes import Move

Answer = Literal["held", "refused", "impossible", "cost", "better", "open"]


@dataclass(frozen=True)
class Refused:
    """A screening rule that refuses the pairing, with the person's own data in words."""

    rule: str
    reason: dict[str, str]


@dataclass(frozen=True)
class WhyNot:
    """The answer to "why is this cadre not there?".

    Attributes
    ----------
    asked
        The demand for the pairing.
    answer
        ``held``: the plan has it. ``refused``: screening refuses it. ``impossible``: no plan has it (proven).
        ``cost``: a plan has it, and what that costs is known between limits. ``better``: asking for it found a plan
        that scores more than the one at hand. ``open``: no plan with it was found within the effort.
    at_least, at_most
        The points that the best plan with the pairing scores less than the plan at hand: proven limits; None where
        there is none. Below 0 it scores more.
    plan
        The best plan found with the pairing.
    moves
        Whose post that changes.
    refusals
        What screening says.
    conflict
        Which rules the pairing can't be met with.
    kind
        The kind of the plan at hand: cost and proof speak of the plans that have as much of what it puts first.
    """

    asked: Demand
    answer: Answer
    score: int
    at_least: int | None = None
    at_most: int | None = None
    plan: Plan | None = None
    moves: tuple[Move, ...] = ()
    refusals: tuple[Refused, ...] = ()
    conflict: Conflict | None = None
    kind: str = "best"

    @property
    def exact(self) -> bool:
        """Whether the cost is known exactly."""
        return self.at_least is not None and self.at_least == self.at_most

    def document(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "answer": self.answer,
            "asked": self.asked.params.model_dump(mode="json", exclude_defaults=True),
            "kind": self.kind,
            "score": self.score,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "refusals": [{"rule": one.rule, "reason": one.reason} for one in self.refusals],
            "moves": [
                {"cadre": move.cadre, "kind": move.kind, "before": move.before, "after": move.after}
                for move in self.moves
            ],
            "conflict": self.conflict.model_dump(mode="json") if self.conflict is not None else None,
            "plan": self.plan.document() if self.plan is not None else None,
        }
