"""Which rules can't all be met: a minimal conflict, and by how much they would have to give.

Cores that a solver reports need be neither minimal nor right after its presolve. So rules are left out by halves and the
rest is solved again: what remains is a conflict of which no rule can be spared, re-proven rule by rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.check.recount import recount
from matcher.codes import DECISION_KINDS
from matcher.model.instance import Instance
from matcher.result import Conflict
from matcher.solving import methods
from matcher.solving.infeasible.decided import decisions_in_conflict
from matcher.solving.infeasible.oracle import Oracle, restricted, smallest, suspected
from matcher.solving.infeasible.shrink import core_of
from matcher.solving.infeasible.together import Together
from matcher.solving.methods import SMALL
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from matcher.certificate import Certificate
    from matcher.check.recount import Broken
    from matcher.rulebook import InForce, RuleBook
    from matcher.rulekit import PlanRule
    from matcher.solving.infeasible.elastic import Bend
    from matcher.solving.stopping import Stop

#: Deterministic work for one question of how much a rule would have to give, the latter in a large round.
ONE_QUESTION, ONE_LARGE_QUESTION = 30.0, 0.5
#: Rules that are spared last: a conflict that names them says more about the round than about a rule.
LAST = ("one_post", "team_structure")


def find_conflict(
    instance: Instance,
    stop: Stop,
    *,
    seed: int = 1,
    certificate: Certificate | None = None,
    bend: Bend | None = None,
) -> Conflict:
    """Return a minimal conflict of an infeasible instance, in the rules in effect.

    Parameters
    ----------
    certificate
        The prices that prove that there is no plan, where it was proven so: their rules are looked at first.
    bend
        The cheapest way to bend the rules: what it keeps, goes together.

    Returns
    -------
    Conflict
        ``minimal`` is False where the work for a question did not suffice, or the solve was stopped.
    """
    oracle = Oracle(instance, stop, seed)
    if bend is not None:
        oracle.learn(bend.teams)
    large = methods.decisions_of(instance) > SMALL
    suspects = suspected(instance, certificate, bend) if large else []
    rules = _rules(instance.book, suspects)
    likely = [rule for rule in rules if rule in suspects or rule in LAST]
    few = ([rule, *(last for last in LAST if last in rules)] for rule in suspects if rule not in LAST)
    alone = next((some for some in few if oracle.out_of_reach(some)), None)
    if alone is not None:
        rules = alone
    elif suspects and oracle.collide(likely):
        rules = likely
    rules = smallest(rules, oracle.collide)
    decisions: list[tuple[dict[str, Any], dict[str, str]]] = []
    minimal = oracle.settled
    if "decisions" in rules:
        numbers, settled = decisions_in_conflict(oracle, rules, stop, seed)
        decisions = list(_named_decisions(instance, numbers))
        minimal &= settled
    short = [*decisions, *_shortfalls(instance, rules, bend if large else None, stop, seed)]
    giving = {entry["rule"] for entry, _ in short}
    sits = core_of(oracle.under(rules), rules, stop, seed=seed)
    return Conflict(
        rules=tuple(sorted(rules, key=lambda rule: (rule not in giving, rule in LAST))),
        minimal=minimal,
        villages=sits.villages,
        about=sits.subjects,
        local=sits.minimal,
        short=tuple(entry for entry, _ in short),
        sentences={lang: tuple(words[lang] for _, words in short) for lang in ("zh", "en")},
    )


def decisions_of(conflict: Conflict) -> list[int]:
    """Return the numbers of the decisions in a conflict."""
    return [entry["subjects"]["decision"] for entry in conflict.short if entry["rule"] == "decisions"]


def _rules(book: RuleBook, suspects: Sequence[str] = ()) -> list[str]:
    """Return the rules in force that can conflict: suspects first, then those that a conflict names best."""
    screening = [item.rule.id for item in book.screening if item.on]
    plan = [item.rule.id for item in book.plan if item.mode == "hard" and item.rule.id not in screening]

    def order(rule: str) -> tuple[int, bool, bool]:
        likely = suspects.index(rule) if rule in suspects else len(suspects)
        return likely, rule not in LAST, rule not in plan

    return sorted([*plan, *screening], key=order)


def _named_decisions(
    instance: Instance, numbers: Iterable[int]
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield decisions in conflict (``numbers`` from 0) with their sentences."""
    rule = instance.book.plan_rule("decisions").rule
    for number in numbers:
        decision = instance.round.decisions[number]
        named = {"decision": number + 1, "kind": decision.kind, "cadre": decision.cadre, "unit": decision.unit,
                 "village": decision.village, "township": decision.township or None, "role": decision.role}  # fmt: skip
        words = {
            lang: rule.say({"row": number + 1, "kind": DECISION_KINDS[decision.kind].text}, lang)
            for lang in ("zh", "en")
        }
        subjects = {key: value for key, value in named.items() if value is not None}
        yield {"rule": "decisions", "subjects": subjects, "amount": 1}, words


def _shortfalls(
    instance: Instance, rules: Collection[str], bend: Bend | None, stop: Stop, seed: int
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield by how much each rule of the conflict that may be soft would have to give, alone."""
    work = ONE_QUESTION if methods.decisions_of(instance) <= SMALL else ONE_LARGE_QUESTION
    for item in instance.book.plan:
        if item.rule.id not in rules or "soft" not in item.rule.modes or stop.now:
            continue
        bent = {one.rule for one in bend.broken} if bend is not None else set()
        if bend is not None and item.rule.id in bent:
            yield from _amounts(item, bend.broken, exact=bend.proven and len(bent) == 1)
            continue
        if bend is not None and bent & set(rules):  # what gives is known: no more questions in a large round
            continue
        soft = replace(item, mode="soft", weight=1)
        for only in (_rules(instance.book), rules):
            book = restricted(instance.book, set(only) - {item.rule.id})
            book = replace(book, plan=tuple(soft if p.rule.id == item.rule.id else p for p in book.plan))
            tried = Instance(instance.round, book, instance.attainable, floor=instance.floor)
            together = Together(tried)
            outcome = together.ask(*together.of_rules({*only, item.rule.id}), stop, work=work, seed=seed)
            if outcome.teams is not None:
                posts = posts_of(tried, outcome.teams)
                counted = recount(tried.facts, tried.book, posts, tried.attainable)
                yield from _amounts(item, counted.soft_breaches, exact=outcome.status == "optimal")
                break


def _amounts(
    item: InForce[PlanRule[Any]], breaches: Iterable[Broken], *, exact: bool
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield the breaches of one rule in a plan, with their sentences."""
    rule = item.rule
    for one in breaches:
        if one.rule == rule.id:
            entry = {"rule": rule.id, "subjects": dict(one.breach.subjects), "amount": one.breach.amount,
                     "least": exact}  # fmt: skip
            yield entry, {lang: rule.say(one.breach.data, lang) for lang in ("zh", "en")}
