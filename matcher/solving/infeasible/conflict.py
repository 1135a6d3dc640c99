"""Which rules can't all be met: a minimal conflict, and by how much they would have to give.

Cores that a solver reports need be neither minimal nor right after its presolve. So rules are dropped
one at a time and the rest is solved again: what remains is a conflict of which no rule can be spared,
re-proven rule by rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.check.recount import recount
from matcher.codes import DECISION_KINDS
from matcher.model.encode import ModelEncoder
from matcher.model.instance import Instance
from matcher.result import Conflict
from matcher.solving.cpsat import run
from matcher.solving.infeasible.shrink import core_of
from matcher.solving.one_piece import encode
from matcher.solving.state import posts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from matcher.round import Round
    from matcher.rulebook import InForce, RuleBook
    from matcher.solving.stopping import Stop

#: Deterministic work for one question of feasibility.
ONE_QUESTION = 30.0
#: Rules that are spared last: a conflict that names them says more about the round than about a rule.
LAST = ("one_post", "team_structure")


def find_conflict(instance: Instance, stop: Stop, *, seed: int = 1) -> Conflict:
    """Return a minimal conflict of an infeasible instance, in the rules in effect.

    Returns
    -------
    Conflict
        ``minimal`` is False where the work for a question did not suffice, or the solve was stopped.
    """
    rules = _rules(instance.book)
    minimal = True
    for rule in list(rules):
        if stop.now:
            minimal = False
            break
        without = [other for other in rules if other != rule]
        answer = _can_be_met(instance, without, stop, seed)
        if answer is False:
            rules = without
        minimal &= answer is not None
    decisions = _decisions_in_conflict(instance, rules, stop, seed) if "decisions" in rules else []
    short = [*decisions, *_shortfalls(instance, rules, stop, seed)]
    giving = {entry["rule"] for entry, _ in short}
    sits = core_of(
        Instance(
            instance.round, _restricted(instance.book, rules), instance.attainable, floor=instance.floor
        ),
        stop,
        seed=seed,
    )
    return Conflict(
        rules=tuple(sorted(rules, key=lambda rule: (rule not in giving, rule in LAST))),
        minimal=minimal,
        villages=sits.villages,
        about=sits.subjects,
        local=sits.minimal,
        short=tuple(entry for entry, _ in short),
        sentences={lang: tuple(words[lang] for _, words in short) for lang in ("zh", "en")},
    )


def _rules(book: RuleBook) -> list[str]:
    """Return the rules in force that can conflict, in the order in which they are tried to be spared."""
    on = [item.rule.id for item in book.screening if item.on]
    on += [item.rule.id for item in book.plan if item.mode == "hard" and item.rule.id not in on]
    return sorted(on, key=lambda rule: LAST.index(rule) if rule in LAST else -1)


def _restricted(book: RuleBook, rules: Collection[str]) -> RuleBook:
    """Return the book with only ``rules`` hard and no soft rule."""

    def kept(item: InForce[Any]) -> InForce[Any]:
        return item if item.rule.id in rules else replace(item, mode="off", weight=0)

    return replace(book, screening=tuple(map(kept, book.screening)), plan=tuple(map(kept, book.plan)))


def _can_be_met(instance: Instance, rules: Collection[str], stop: Stop, seed: int) -> bool | None:
    """Return whether a plan meets ``rules``; None where the work did not suffice to tell."""
    tried = Instance(
        instance.round, _restricted(instance.book, rules), instance.attainable, floor=instance.floor
    )
    outcome = run(encode(tried, points=False), stop, work=ONE_QUESTION, seed=seed)
    return {"optimal": True, "feasible": True, "infeasible": False}.get(outcome.status)


def _decisions_in_conflict(
    instance: Instance, rules: Collection[str], stop: Stop, seed: int
) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Return the decisions that can't be spared from the conflict."""
    numbers = list(range(len(instance.round.decisions)))
    for number in list(numbers):
        without = [other for other in numbers if other != number]
        round_ = _with_decisions(instance.round, without)
        tried = Instance(round_, instance.book, instance.attainable, floor=instance.floor)
        if _can_be_met(tried, rules, stop, seed) is False:
            numbers = without
    rule = instance.book.plan_rule("decisions").rule
    found = []
    for number in numbers:
        decision = instance.round.decisions[number]
        named = {"decision": number + 1, "kind": decision.kind, "cadre": decision.cadre, "unit": decision.unit,
                 "village": decision.village, "township": decision.township or None, "role": decision.role}  # fmt: skip
        words = {
            lang: rule.say({"row": number + 1, "kind": DECISION_KINDS[decision.kind].text}, lang)
            for lang in ("zh", "en")
        }
        subjects = {key: value for key, value in named.items() if value is not None}
        found.append(({"rule": "decisions", "subjects": subjects, "amount": 1}, words))
    return found


def _with_decisions(round_: Round, numbers: list[int]) -> Round:
    """Return the round with some of its decisions only."""
    rows = round_.document().get("decisions", [])
    return round_.patched(decisions=[rows[number] for number in numbers])


def _shortfalls(
    instance: Instance, rules: Collection[str], stop: Stop, seed: int
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield by how much each rule of the conflict that may be soft would have to give, alone."""
    for item in instance.book.plan:
        if item.rule.id not in rules or "soft" not in item.rule.modes or stop.now:
            continue
        soft = replace(item, mode="soft", weight=1)
        for only in (_rules(instance.book), rules):
            book = _restricted(instance.book, set(only) - {item.rule.id})
            book = replace(book, plan=tuple(soft if p.rule.id == item.rule.id else p for p in book.plan))
            tried = Instance(instance.round, book, instance.attainable, floor=instance.floor)
            encoder = _least_amount(tried)
            outcome = run(encoder, stop, work=ONE_QUESTION, seed=seed)
            if outcome.teams is not None:
                yield from _amounts(tried, outcome.teams, item.rule.id, exact=outcome.status == "optimal")
                break


def _least_amount(instance: Instance) -> ModelEncoder:
    """Return the model that breaks the one soft rule of ``instance`` as little as it can."""
    encoder = ModelEncoder()
    loads = {
        link.name: (link.row.at_least, link.row.at_most) for link in instance.links if link.rule != "one_post"
    }
    for block in instance.blocks.values():
        encoder.add_block(block, block.objective * 0, loads=loads)
    for link in instance.links:
        encoder.add_link(link)
    encoder.maximize()
    return encoder


def _amounts(
    instance: Instance, teams: Any, rule_id: str, *, exact: bool
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield the breaches of one rule in a plan, with their sentences."""
    counted = recount(instance.facts, instance.book, posts_of(instance, teams), instance.attainable)
    rule = instance.book.plan_rule(rule_id).rule
    for item in counted.soft_breaches:
        if item.rule == rule_id:
            entry = {"rule": rule_id, "subjects": dict(item.breach.subjects), "amount": item.breach.amount,
                     "least": exact}  # fmt: skip
            yield entry, {lang: rule.say(item.breach.data, lang) for lang in ("zh", "en")}
