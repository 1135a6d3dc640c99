"""What a certificate states, held against the round: prices on rows that exist, every place once, sums that add up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from matcher.certificate import Limits
from matcher.problems import Problem, shortened
from matcher.rulekit import PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.certificate import BlockBound, Certificate, Price, RowName
    from matcher.check.bounding.bench import Bench
    from matcher.rulebook import InForce
    from matcher.rulekit import Limit


class Ledger:
    """The certificate's statements beside the checker's own reading of the round.

    Parameters
    ----------
    bench
        The round.
    certificate
        The certificate, believed in nothing.
    """

    def __init__(self, bench: Bench, certificate: Certificate) -> None:
        self._bench = bench
        self._certificate = certificate
        self._rules = {item.rule.id: item for item in bench.book.plan}
        priced = {price.rule for price in certificate.prices}
        self._limits: dict[RowName, Limit] = {
            (item.rule.id, limit.key): limit
            for item in bench.book.plan
            if item.on and item.rule.id in priced
            for limit in item.rule.limits(bench, item.params)
        }

    # ------------------------------------------------------------ prices

    def prices(self) -> Iterator[Problem]:
        """Yield prices that no row of the round can have."""
        times = Counter(price.row for price in self._certificate.prices)
        seen: set[RowName] = set()
        for index, price in enumerate(self._certificate.prices):
            problem = self._price(index, price)
            if problem is not None:
                yield problem
            elif times[price.row] > 1 and price.row in seen:
                yield self._about("price_twice", index, price)
            seen.add(price.row)

    def _price(self, index: int, price: Price) -> Problem | None:
        item, limit = self._rules.get(price.rule), self._limits.get(price.row)
        code = ""
        details: dict[str, Any] = {}
        if item is None:
            code = "price_of_unknown_rule"
        elif not item.on:
            code = "price_of_rule_off"
        elif type(item.rule).limits is PlanRule.limits:
            code = "price_not_checkable"
        elif limit is None:
            code = "price_of_unknown_row"
        elif (limit.at_most if price.price > 0 else limit.at_least) is None:
            code = "price_without_limit"
        elif item.mode != "hard" and abs(price.price) > self._most(item, limit):
            code, details = "price_too_high", {"most": self._most(item, limit)}
        return self._about(code, index, price, **details) if code else None

    def _most(self, item: InForce[PlanRule[Any]], limit: Limit) -> int:
        """Return the highest price of a soft row: what breaking it by one costs; 0 where the amount is always 1."""
        return 0 if limit.flat else item.weight * self._certificate.scale // limit.step

    def _about(self, code: str, index: int, price: Price, **details: Any) -> Problem:
        rule = self._rules.get(price.rule)
        names = {"zh": rule.rule.name.zh, "en": rule.rule.name.en} if rule is not None else {}
        key = list(price.key) if isinstance(price.key, tuple) else price.key
        details = {"rule": price.rule, "key": shortened(key), "price": price.price, **names, **details}
        return Problem(code, "certificate.prices", index, value=shortened(price.rule), details=details)

    # ------------------------------------------------------------ places

    def place_of(self, block: BlockBound) -> str | None:
        """Return the place that a block is about; None where the round has no such block."""
        if block.village is not None:
            return block.village if block.village in self._bench.facts.places else None
        township = self._bench.facts.township_of(block.county or "", block.township or "")
        place = self._bench.facts.townships.get(township)
        return place.id if place is not None and place.id in self._bench.places else None

    def places(self) -> Iterator[Problem]:
        """Yield places that are missing, stated twice or unknown."""
        seen: set[str] = set()
        for index, block in enumerate(self._certificate.blocks):
            place = self.place_of(block)
            named = shortened(block.village or f"{block.county or ''}/{block.township}")
            if place is None:
                yield Problem("block_of_unknown_place", "certificate.blocks", index, value=named)
            elif place in seen:
                yield Problem("block_twice", "certificate.blocks", index, value=named)
            seen |= {place} if place is not None else set()
        for place in self._bench.places:
            if place not in seen:
                yield Problem("block_missing", "certificate.blocks", value=shortened(place))

    # ------------------------------------------------------------ sums

    @property
    def constant(self) -> int:
        """The points that every plan has: what the terms count of the plan as a whole with nobody posted."""
        terms = self._bench.book.terms
        return sum(item.weight * self._bench.nothing[item.rule.id] for item in terms if item.on)

    def sums(self) -> Iterator[Problem]:
        """Yield a wrong constant and a wrong bound; only where every price is one that a row can have."""
        stated = self._certificate
        if stated.constant != self.constant:
            details = {"counted": self.constant}
            yield Problem(
                "constant_differs",
                "certificate",
                field="constant",
                value=str(stated.constant),
                details=details,
            )
        limits = {name: Limits(limit.at_least, limit.at_most) for name, limit in self._limits.items()}
        counted = stated.added_up(limits)
        if stated.bound != counted:
            details = {"counted": counted}
            yield Problem(
                "bound_differs", "certificate", field="bound", value=str(stated.bound), details=details
            )
