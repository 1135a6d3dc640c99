"""Which rules go together: asked of known plans first, then of the one model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from matcher.check.recount import recount
from matcher.model.instance import Instance
from matcher.solving.infeasible.elastic import SEATS, Bend
from matcher.solving.infeasible.reach import Reach
from matcher.solving.infeasible.together import Together
from matcher.solving.methods import SMALL, decisions_of
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from matcher.certificate import Certificate
    from matcher.model.encode import Team
    from matcher.plan import Post
    from matcher.rulebook import InForce, RuleBook
    from matcher.solving.stopping import Stop

_Element = TypeVar("_Element")

#: Deterministic work for one question of feasibility, the latter in a large round.
ONE_QUESTION, ONE_LARGE_QUESTION = 30.0, 2.0
#: The rule whose rows look at points.
FLOOR = "village_floor"
#: A price of less than this share of the highest says nothing of a conflict.
SMALL_SHARE = 1e-3


class Oracle:
    """Answers whether rules can be met together.

    Parameters
    ----------
    instance
        The round. Rules that are not asked about are off, soft ones always.

    Attributes
    ----------
    settled
        Whether every question so far was answered.
    """

    def __init__(self, instance: Instance, stop: Stop, seed: int) -> None:
        self.instance = instance
        self.stop = stop
        self.seed = seed
        self.settled = True
        self._work = ONE_QUESTION if decisions_of(instance) <= SMALL else ONE_LARGE_QUESTION
        self._plans: list[list[Post]] = [[]]  # nobody is posted: most rules say nothing then
        self._shaped: dict[frozenset[str], Together] = {}

    def learn(self, teams: Mapping[str, Team]) -> None:
        """Take note of a plan: of rules that it keeps, nothing more is asked."""
        self._plans.append(posts_of(self.instance, teams))

    def collide(self, rules: Collection[str]) -> bool:
        """Return whether no plan meets ``rules``; False where that is not found out."""
        book = restricted(self.instance.book, rules)
        if any(self._keeps(posts, book) for posts in self._plans):
            return False
        if self.stop.now:
            self.settled = False
            return False
        together = self.under(rules)
        if self.out_of_reach(rules):
            return True
        outcome = together.ask(*together.of_rules(rules), self.stop, work=self._work, seed=self.seed)
        if outcome.teams is not None:
            self.learn(outcome.teams)
        elif outcome.status != "infeasible":
            self.settled = False
        return outcome.status == "infeasible"

    def out_of_reach(self, rules: Collection[str]) -> bool:
        """Return whether a row of ``rules`` can be met by no people at all, seen without a search."""
        return self.under(rules).out_of_reach(rules)

    def under(self, rules: Collection[str]) -> Together:
        """Return the round with, of what shapes it, only ``rules``; its rows are those of all other hard rules too.

        What shapes a round are the rules on who may have which seat, on how many seats there are, and on its points.
        """
        instance, asked = self.instance, self._shaping.intersection(rules)
        if asked not in self._shaped:
            book = self.shaped(rules)
            again = Instance(instance.round, book, instance.attainable, floor=instance.floor)
            self._shaped[asked] = Together(again)
        return self._shaped[asked]

    def shaped(self, rules: Collection[str]) -> RuleBook:
        """Return the rules under which that is: of those that shape a round ``rules``, and all other hard ones."""
        book, asked = self.instance.book, self._shaping.intersection(rules)
        others = {item.rule.id for item in book.plan if item.mode == "hard"} - self._shaping
        shaped = restricted(book, asked | others)
        if FLOOR in asked or self.instance.floor is not None:  # only then do rows look at points
            return shaped
        return replace(shaped, terms=tuple(replace(term, mode="off", weight=0) for term in book.terms))

    @property
    def _shaping(self) -> frozenset[str]:
        return frozenset(item.rule.id for item in self.instance.book.screening) | SEATS | {FLOOR}

    def _keeps(self, posts: list[Post], book: RuleBook) -> bool:
        """Return whether a plan keeps every rule of a book: with others off, a rule may ask for more."""
        return recount(self.instance.facts, book, posts, self.instance.attainable).feasible


def restricted(book: RuleBook, rules: Collection[str]) -> RuleBook:
    """Return the book with only ``rules`` hard and no soft rule."""

    def kept(item: InForce[Any]) -> InForce[Any]:
        return item if item.rule.id in rules else replace(item, mode="off", weight=0)

    return replace(book, screening=tuple(map(kept, book.screening)), plan=tuple(map(kept, book.plan)))


def suspected(instance: Instance, certificate: Certificate | None, bend: Bend | None) -> list[str]:
    """Return the rules that a conflict is looked for among first, the likeliest first.

    They are those that the cheapest way to bend the rules breaks (a conflict has one of them, for that plan keeps all
    others), those that no people can meet, or else those on whose rows a proof that there is no plan has high prices.
    """
    found = list(Reach(instance).rules)
    if bend is not None:
        found += [item.rule for item in bend.broken]
    if found:
        return list(dict.fromkeys(found))
    prices = [] if certificate is None else list(certificate.prices)
    highest = max((abs(price.price) for price in prices), default=0)
    prices.sort(key=lambda price: -abs(price.price))
    return list(dict.fromkeys(p.rule for p in prices if abs(p.price) >= SMALL_SHARE * highest))


def smallest(elements: list[_Element], collide: Callable[[list[_Element]], bool]) -> list[_Element]:
    """Return elements that collide and of which none can be spared; the first are kept sooner than the last.

    They are left out by halves (QuickXplain): what can be left out while the rest still collides is no part of it. All of
    them together are taken to collide.
    """

    def needed(known: list[_Element], waiting: list[_Element], *, fresh: bool) -> list[_Element]:
        if fresh and known and collide(known):
            return []
        if len(waiting) <= 1:
            return waiting
        half = len(waiting) // 2
        first, second = waiting[:half], waiting[half:]
        of_second = needed([*known, *first], second, fresh=bool(first))
        of_first = needed([*known, *of_second], first, fresh=bool(of_second))
        return [*of_first, *of_second]

    return needed([], elements, fresh=False)
