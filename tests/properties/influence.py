"""Does every rule and term matter? Rounds judged with it and without it, counted where the optimum differs.

`python -m tests.properties.influence` prints the counts over the first sixty rounds of every case.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from matcher.rulebook import RuleBook
from tests.outside.rulebook import PLAN_RULES as DEFAULTS
from tests.outside.small import Row

from .judged import best_of, instance_under, optimum, optimum_of, round_of
from .rule_draws import DECISIONS, OFF_BY_DEFAULT, PLAN_RULES, SCREENING_RULES, TERMS
from .tiny_rounds import seeded_round

SOFT_WEIGHT = 12  # of a rule that has none by default


@dataclass(frozen=True)
class Case:
    """A rule or term in one of its modes, and what it is compared with.

    Attributes
    ----------
    rule, mode
        What is judged.
    changed, unchanged
        A round with the rule in that mode, and without it.
    """

    rule: str
    mode: str
    changed: Callable[[Row], Row]
    unchanged: Callable[[Row], Row]

    def __str__(self) -> str:
        return f"{self.rule} {self.mode}"

    def influences(self) -> Iterator[bool]:
        """For each round of an endless fixed series: whether the rule changes score or feasibility."""
        seed = 0
        while True:
            doc = seeded_round(seed, self.rule)
            yield judged(self.changed(doc)) != judged(self.unchanged(doc))
            seed += 1


def judged(doc: Row) -> int | None:
    """The optimum, on which model and brute force agree; None where there is no plan."""
    score = optimum(doc)
    assert score == best_of(doc).score
    return score


def _with_row(doc: Row, name: str, **fields: object) -> Row:
    """The round with other fields in a rule's row; its parameters stay unless they are given."""
    kept = next((row for row in doc["rules"] if row["id"] == name), {"id": name, "params": {}})
    rows = [row for row in doc["rules"] if row["id"] != name]
    return doc | {"rules": [*rows, kept | fields]}


def _in_mode(rule: str, mode: str) -> Callable[[Row], Row]:
    weight = DEFAULTS[rule][1] or SOFT_WEIGHT
    return lambda doc: _with_row(doc, rule, mode=mode, weight=weight if mode == "soft" else None)


def _switched(rule: str, mode: str) -> Callable[[Row], Row]:
    return lambda doc: _with_row(doc, rule, mode=mode)


def _weighted(term: str, weight: int | None) -> Callable[[Row], Row]:
    return lambda doc: _with_row(doc, term, weight=weight)


def _with_params(rule: str, params: Row) -> Callable[[Row], Row]:
    def changed(doc: Row) -> Row:
        row = next(row for row in doc["rules"] if row["id"] == rule)
        return _with_row(doc, rule, mode="on", params=row["params"] | params)

    return changed


def _without_decisions(kind: str) -> Callable[[Row], Row]:
    return lambda doc: doc | {"decisions": [row for row in doc["decisions"] if row["kind"] != kind]}


def _as_it_is(doc: Row) -> Row:
    return doc


def _cases() -> Iterator[Case]:
    for rule in PLAN_RULES:
        for mode in ("hard", "soft"):
            yield Case(rule, mode, _in_mode(rule, mode), _in_mode(rule, "off"))
    for rule in SCREENING_RULES:
        yield Case(rule, "on", _switched(rule, "on"), _switched(rule, "off"))
    for rule, usual, other in PARAMETERS:
        mode = "/".join(str(value) for value in other.values())
        yield Case(rule, mode, _with_params(rule, other), _with_params(rule, usual))
    for term in TERMS:
        yield Case(term, "weighted", _weighted(term, None), _weighted(term, 0))
    for term in OFF_BY_DEFAULT:
        yield Case(term, "weighted", _as_it_is, _weighted(term, 0))
    for kind in DECISIONS:
        yield Case(kind, "decided", _as_it_is, _without_decisions(kind))


#: Screening rules with a choice of wording, which is as good as a mode.
PARAMETERS: tuple[tuple[str, Row, Row], ...] = (
    ("recusal", {"level": "village"}, {"level": "township"}),
    ("service_area", {"township_scope": "township"}, {"township_scope": "county"}),
    ("age_limit", {"incumbents": "screen"}, {"incumbents": "keep"}),
)

CASES = tuple(_cases())


def one_post_influences() -> Iterator[bool]:
    """The same for `one_post`, which no round can switch off: it is taken out of the rules in effect."""
    seed = 0
    while True:
        doc = seeded_round(seed)
        book = RuleBook.of(round_of(doc).rules)
        plan = tuple(replace(item, mode="off") if item.rule.id == "one_post" else item for item in book.plan)
        yield optimum(doc) != optimum_of(instance_under(round_of(doc), replace(book, plan=plan)), prune=False)
        seed += 1


def main(rounds: int = 60) -> None:
    for case in CASES:
        sys.stdout.write(f"{case!s:32} {sum(islice(case.influences(), rounds)):3} of {rounds}\n")
    sys.stdout.write(f"{'one_post hard':32} {sum(islice(one_post_influences(), rounds)):3} of {rounds}\n")


if __name__ == "__main__":
    main()
