"""Each village's attainable points: what it could reach if the whole round were about it alone.

The checker's own search, exact and without a solver: every team that screening, decisions and the hard
rules on one team allow, counted by the same recount as a plan. It leaves out what provably can't be
better: candidates like another but worse, first secretaries and part teams whose bound is too low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.check.attainable_ground import Ground
from matcher.check.attainable_groups import Roster
from matcher.check.attainable_search import Descent
from matcher.check.view import PlanView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.check.attainable_aspects import Member
    from matcher.round.facts import Facts
    from matcher.rulebook import RuleBook


def attainable_points(facts: Facts, book: RuleBook, villages: Iterable[str] | None = None) -> dict[str, int]:
    """Return the most points that a team of each village could have by itself.

    Parameters
    ----------
    facts
        The round's derived facts.
    book
        The rules in effect. Rules over the round, soft rules and ``village_floor`` are left out.
    villages
        The villages asked for; all of the round where not given.

    Returns
    -------
    dict
        Attainable points by village; 0 where no team exists.
    """
    view = PlanView(facts, book, ())
    return {village: _most(view, village) for village in (facts.places if villages is None else villages)}


def attainable_of(facts: Facts, book: RuleBook, village: str) -> int:
    """Return the most points that a team of one village could have by itself; 0 where no team exists."""
    return attainable_points(facts, book, (village,))[village]


def _most(view: PlanView, village: str) -> int:
    """Search one village: first secretaries in falling order of their bounds, until none can be better."""
    ground = Ground(view, view.facts.places[village])
    leads: list[tuple[tuple[Member, ...], int]] = [
        (((person, "first_secretary"),), own) for own, person in ground.eligible["first_secretary"]
    ]
    if not ground.seats["first_secretary"][0]:
        leads.append(((), 0))
    roster = Roster(ground)
    descents = [Descent(ground, roster, lead, own) for lead, own in leads]
    best: int | None = None
    for bound, descent in sorted(((d.bound(), d) for d in descents), key=lambda row: -(row[0] or 0)):
        if best is not None and bound is not None and bound <= best:
            break
        best = descent.best(best)
    return 0 if best is None else best
