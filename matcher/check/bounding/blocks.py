"""Every village and captaincy at a certificate's prices: the best team, where it is worth more than is stated."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from matcher.check.bounding.account import Account
from matcher.check.bounding.aspects import TooManyStates
from matcher.check.bounding.best import Search
from matcher.check.bounding.board import FURTHER, LEAD
from matcher.check.bounding.village import Village

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matcher.check.attainable_aspects import Member
    from matcher.check.bounding.account import Prices
    from matcher.check.bounding.bench import Bench, Eligible
    from matcher.round.facts import Person, Place


class Better(NamedTuple):
    """A team that is worth more than was stated, in points × scale."""

    worth: int
    team: tuple[Member, ...]


def better_than(bench: Bench, place: Place, prices: Prices, bound: int) -> Better | None:
    """Return the best team (or captain) of a place if it is worth more than ``bound``; else None.

    Every team is covered that screening and the hard rules on one team allow.
    """
    account = Account(bench, place, prices)
    eligible = bench.eligible[place.id]
    if not place.is_village:
        return _best_of(account, _captains(eligible), bound)
    village = _tabled(account, eligible)
    if village is not None and all(item.rule.lasting for item in village.unsaid_rules):
        return _searched(Search(village), bound)
    return _by_kinds(account, eligible, bound)


def _tabled(account: Account, eligible: Eligible, *, by_kind: bool = False) -> Village | None:
    """Return the village with its tables; None where some term is too much for them."""
    try:
        village = Village(account, eligible, by_kind=by_kind)
    except TooManyStates:
        return None
    return None if village.unsaid_terms else village


def _searched(search: Search, bound: int) -> Better | None:
    found = search.best(bound)
    return Better(found.worth, search.team(found)) if found is not None else None


def _captains(eligible: Eligible) -> Iterator[tuple[Member, ...]]:
    yield ()
    for person in eligible["captain"]:
        yield ((person, "captain"),)


def _best_of(account: Account, teams: Iterable[tuple[Member, ...]], bound: int) -> Better | None:
    """Return the best of these teams if it is worth more than ``bound``."""
    best: Better | None = None
    for team in teams:
        worth = account.total(team)
        if worth is not None and worth > (best.worth if best is not None else bound):
            best = Better(worth, team)
    return best


def _by_kinds(account: Account, eligible: Eligible, bound: int) -> Better | None:
    """Go through first secretaries one by one, where a term or rule doesn't say what it reads of people."""
    leads: list[tuple[Person, ...]] = [(person,) for person in eligible[LEAD]]
    if not account.bench.seats_at(account.place)[LEAD][0]:
        leads.append(())
    best: Better | None = None
    for lead in leads:
        village = _tabled(account, {**eligible, LEAD: lead}, by_kind=True)
        beaten = best.worth if best is not None else bound
        if village is None:
            best = _best_of(account, _teams(account, eligible, lead), beaten) or best
        else:
            best = _searched(Search(village, forced=bool(lead)), beaten) or best
    return best


def _teams(account: Account, eligible: Eligible, lead: tuple[Person, ...]) -> Iterator[tuple[Member, ...]]:
    """Yield every team under a first secretary, or without one."""
    seats = account.bench.seats_at(account.place)
    choices = []
    for role in FURTHER:
        least, most = seats[role]
        able = [(person, role) for person in eligible[role] if person not in lead]
        choices.append([team for size in range(least, most + 1) for team in combinations(able, size)])
    for residents, support in product(*choices):
        held = {person.id for person, _ in residents}
        if held.isdisjoint(person.id for person, _ in support):
            yield (*((person, LEAD) for person in lead), *residents, *support)
