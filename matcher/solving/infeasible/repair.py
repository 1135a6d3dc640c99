"""A repair: changes of a round under which a plan is possible, and how it is found out that one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from matcher.edits import Edit, edited
from matcher.model.instance import Instance
from matcher.solving.methods import SMALL, decisions_of
from matcher.solving.once import Found, solve_once
from matcher.words.repairs import repair_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.codes import Language
    from matcher.plan import Violation
    from matcher.round import Round
    from matcher.rulekit import Rule
    from matcher.settings import Settings
    from matcher.solving.stopping import Stop

#: Repairs of more steps are not looked through for steps that are spare.
SPARED = 8
#: The work that goes into each such question: where it is not enough, the step stays.
SPARING = 3.0
#: The gap at which the solve that proves a repair stops, whatever gap a plan is asked for with; the latter in a large round.
NEAR, NEAR_IN_LARGE = 0.02, 0.2


@dataclass(frozen=True)
class Step:
    """One change of a repair.

    Attributes
    ----------
    rule, subjects, amount
        Which rule gives, about whom or what, and by how much.
    price
        What a unit costs.
    edit
        The change of the round.
    sentence
        The change in words, by language.
    """

    rule: str
    subjects: Mapping[str, object]
    amount: int
    price: int
    edit: Edit
    sentence: dict[str, str]


class Shown(Protocol):
    """A plan as far as a repair needs it."""

    @property
    def score(self) -> int:
        """Its score."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Soft rules that it does not meet."""


@dataclass(frozen=True)
class Repair:
    """Changes of the round under which a plan is possible.

    Attributes
    ----------
    steps
        The changes.
    cost
        The sum of price × amount.
    cheapest
        Whether no way to bend the rules as they stand is cheaper (proven). Taking back a decision can open more than that.
    plan
        What the checker counts of a plan of the changed round.
    """

    steps: tuple[Step, ...]
    cost: int
    cheapest: bool
    plan: Shown

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes, to be applied with :func:`matcher.edits.edited`."""
        return tuple(step.edit for step in self.steps)

    def document(self) -> dict[str, object]:
        """Return the repair as JSON data."""
        return {
            "cost": self.cost,
            "cheapest": self.cheapest,
            "works": True,
            "score": self.plan.score,
            "steps": [
                {
                    "rule": step.rule,
                    "subjects": dict(step.subjects),
                    "amount": step.amount,
                    "price": step.price,
                    "edit": step.edit.model_dump(mode="json", exclude_defaults=True),
                    "sentence": step.sentence,
                }
                for step in self.steps
            ],
        }


def sentence_of(round_: Round, rule: Rule[Any], edit: Edit) -> dict[str, str]:
    """Return a change of the round in words, by language."""
    languages: tuple[Language, ...] = ("zh", "en")
    return {language: repair_sentence(round_.facts, rule, edit, language) for language in languages}


def solved(round_: Round, settings: Settings, stop: Stop) -> Found:
    """Solve a changed round for a plan: near the best in a small round, in a large one any good one."""
    gap = NEAR_IN_LARGE if decisions_of(Instance(round_)) > SMALL else NEAR
    near = {"plans": 1, "kind": "best", "gap": gap, "relax": {}}
    return solve_once(round_, settings.model_copy(update=near), stop)


def needed(
    round_: Round, steps: tuple[Step, ...], plan: Shown, settings: Settings, stop: Stop
) -> tuple[tuple[Step, ...], Shown]:
    """Leave out the steps without which a plan is possible too: a rule made soft gives more than it has to."""
    little = settings.model_copy(update={"effort": min(settings.work, SPARING)})
    for step in steps:
        rest = tuple(other for other in steps if other is not step)
        if len(steps) == 1 or len(steps) > SPARED or stop.now:
            break
        found = solved(edited(round_, [other.edit for other in rest]), little, stop).plan
        if found is not None:
            steps, plan = rest, found
    return steps, plan
