"""Which rules may give in a repair, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher import constraints
from matcher.problems import InvalidInput, Problem
from matcher.rulebook import catalogue

if TYPE_CHECKING:
    from matcher.settings import Relax, Settings

#: What a unit of each rule's amount costs in a repair where the settings don't say: the more so, the more a
#: committee would mind. Couples are not parted by default, a person never holds two posts, and nobody passes screening
#: who does not.
PRICES = {
    "young_share": 10,
    "section_rank_share": 10,
    "mean_age": 10,
    "total_posts": 20,
    "specialty_min": 20,
    "team_age_mix": 20,
    "lone_woman": 20,
    "village_floor": 20,
    "team_units": 20,
    "keep_one": 20,
    "unit_quota": 30,
    "lead_unit": 40,
    "named_picks": 50,
    "type_specialty": 60,
    "decisions": 80,
    "team_structure": 100,
    "township_captain": 100,
}
#: The price of any other rule.
OTHERWISE = 100
#: Rules that give only where the settings say so.
ONLY_WHEN_ASKED = frozenset({"spouses"})


@dataclass(frozen=True, slots=True)
class Giving:
    """How one rule may give: the price of a unit, and the most units in all (None: no limit)."""

    price: int
    most: int | None = None


def giving(settings: Settings) -> dict[str, Giving]:
    """Return how each rule may give; rules that may not are left out.

    Raises
    ------
    InvalidInput
        With every rule of the settings that does not exist or can't give.
    """
    known = catalogue()
    problems = [
        Problem("unknown_rule", "settings", None, f"relax.{id_}", id_, {"nearest": ""})
        for id_ in settings.relax
        if id_ not in known
    ]
    never = [id_ for id_ in settings.relax if id_ in known and id_ not in _able()]
    problems += [Problem("never_gives", "settings", None, f"relax.{id_}", id_) for id_ in never]
    if problems:
        raise InvalidInput(problems)
    found = {id_: Giving(PRICES.get(id_, OTHERWISE)) for id_ in _able() if id_ not in ONLY_WHEN_ASKED}
    for id_, relax in settings.relax.items():
        if not relax.allowed:
            found.pop(id_, None)
            continue
        found[id_] = _asked(id_, relax)
    return found


def _able() -> list[str]:
    """Return the plan rules that may give at all: those that may be soft, and decisions, which can be taken back."""
    return [rule.id for rule in constraints.RULES if "soft" in rule.modes or rule.id == "decisions"]


def _asked(id_: str, relax: Relax) -> Giving:
    price = relax.price if relax.price is not None else PRICES.get(id_, OTHERWISE)
    return Giving(price, relax.most)
