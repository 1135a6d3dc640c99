"""Why there is no plan, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column, plain
from matcher.rulebook import catalogue
from matcher.words import command_line as words
from matcher.words import infeasible as infeasible_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from matcher.cli.desk import Desk
    from matcher.codes import Text
    from matcher.exports import Names
    from matcher.plan import Plan
    from matcher.result import Conflict, Infeasibility, ScreeningEntry

_SHORT = (
    Column(words.RULE), Column(infeasible_words.SUBJECTS), Column(words.SITUATION), Column(infeasible_words.AMOUNT, right=True),
)  # fmt: skip
_REPAIRS = (
    Column(infeasible_words.REPAIR, right=True), Column(infeasible_words.STEP), Column(infeasible_words.AMOUNT, right=True),
    Column(infeasible_words.COST, right=True),
)  # fmt: skip
_REFUSED = (Column(words.NAME), Column(words.RULE), Column(words.REASONS))
#: Villages, or units and people, named at most.
SHOWN_WHERE = 12
#: Subjects that the sentence names already.
_NOT_SHOWN = ("plan", "decision", "kind")


def show_conflict(
    desk: Desk, conflict: Conflict, names: Names, screening: Iterable[ScreeningEntry] = ()
) -> None:
    """Print the rules in conflict, and by how much each would have to give."""
    if len(conflict.rules) == 1:
        _show_one(desk, conflict, names)
    else:
        desk.say(infeasible_words.CONFLICT, rules=names.listed(names.rule(rule) for rule in conflict.rules))
        desk.say(infeasible_words.CONFLICT_MINIMAL if conflict.minimal else infeasible_words.CONFLICT_OPEN)
    _show_where(desk, conflict, names)
    sentences = conflict.sentences.get(desk.language, ())
    rows = [
        (names.rule(entry["rule"]), _subjects(names, entry["subjects"]), sentence, _amount(entry))
        for entry, sentence in zip(conflict.short, sentences, strict=True)
    ]
    measured = {entry["rule"] for entry in conflict.short}
    rows += [
        (names.rule(rule), "", desk.words(_unmeasured(rule)), "")
        for rule in conflict.rules
        if rule not in measured
    ]
    if rows:
        desk.table(_SHORT, rows, infeasible_words.SHORT_TITLE)
    refused = list(dict.fromkeys(_refused(desk, conflict, names, list(screening))))
    if refused:
        desk.table(_REFUSED, refused, infeasible_words.LOCK_REFUSED_TITLE)


def _show_where(desk: Desk, conflict: Conflict, names: Names) -> None:
    """Print which villages, units and people the conflict is about, where that says more than "everything"."""
    villages = [names.village(village) for village in conflict.villages]
    if villages and len(villages) <= SHOWN_WHERE:
        desk.say(infeasible_words.CONFLICT_VILLAGES, villages=names.listed(villages))
    about = [said for entry in conflict.about if (said := _subjects(names, entry))]
    if about and len(about) <= SHOWN_WHERE:
        desk.say(infeasible_words.CONFLICT_ABOUT, about=names.listed(dict.fromkeys(about)))


def show_repairs(desk: Desk, infeasibility: Infeasibility, *, written: bool) -> None:
    """Print the changes under which a plan is possible, and what can be posted meanwhile.

    Parameters
    ----------
    written
        Whether a result file is written, which then holds the partial plan.
    """
    rows = [
        (number, step["sentence"][desk.language], step["amount"], step["price"] * step["amount"])
        for number, repair in enumerate(infeasibility.repairs, start=1)
        for step in repair["steps"]
    ]
    if rows:
        desk.table(_REPAIRS, rows, infeasible_words.REPAIRS_TITLE)
        if len(rows) > len(infeasibility.repairs):
            costs = enumerate((repair["cost"] for repair in infeasibility.repairs), start=1)
            sums = [desk.words(infeasible_words.REPAIR_COST, number=n, cost=cost) for n, cost in costs]
            desk.say(
                infeasible_words.REPAIR_COSTS,
                sums="、".join(sums) if desk.language == "zh" else ", ".join(sums),
            )
        desk.say(infeasible_words.REPAIRS_PROVEN)
    else:
        desk.say(infeasible_words.NO_REPAIRS)
    if infeasibility.partial is not None:
        _show_partial(desk, infeasibility.partial, written=written)


def _show_partial(desk: Desk, partial: Plan, *, written: bool) -> None:
    """Print what can be posted meanwhile, as its own explanation says it."""
    summary = partial.explanation.summary if partial.explanation is not None else {}
    for sentence in summary.get(desk.language, ()):
        desk.out.print(plain(sentence), soft_wrap=True)
    if written:
        desk.say(infeasible_words.PARTIAL_IN_FILE)


def _show_one(desk: Desk, conflict: Conflict, names: Names) -> None:
    """Print a rule that can't be met by itself; of the decisions, which ones."""
    decisions = [entry["subjects"] for entry in conflict.short if entry["rule"] == "decisions"]
    if conflict.rules != ("decisions",) or not decisions:
        desk.say(infeasible_words.CONFLICT_ONE, rule=names.rule(conflict.rules[0]))
        return
    text = infeasible_words.CONFLICT_DECISION if len(decisions) == 1 else infeasible_words.CONFLICT_DECISIONS
    told = [
        desk.words(
            infeasible_words.DECISION,
            row=subjects["decision"],
            kind=names.subject("kind", subjects["kind"]),
            subjects=_subjects(names, subjects),
        )
        for subjects in decisions
    ]
    desk.say(text, decisions=("；" if names.zh else "; ").join(told))


def _unmeasured(rule: str) -> Text:
    """Return why nothing says by how much a rule is missed: only a rule that may be soft has a measure."""
    modes: tuple[str, ...] = getattr(catalogue().get(rule), "modes", ("on", "off"))
    if "soft" in modes:
        return infeasible_words.NOT_FOUND_OUT
    return infeasible_words.NOT_MEASURED if "off" in modes else infeasible_words.ALWAYS_HOLDS


def _refused(
    desk: Desk, conflict: Conflict, names: Names, screening: Sequence[ScreeningEntry]
) -> Iterator[tuple[str, ...]]:
    """Yield why screening refuses the cadres whom a decision of the conflict posts."""
    for entry in conflict.short:
        lock = entry["subjects"]
        if entry["rule"] != "decisions" or lock.get("kind") != "lock":
            continue
        for refusal in screening:
            if (
                refusal.rule != "decisions"
                and refusal.cadre == lock.get("cadre")
                and _concerns(refusal, lock)
            ):
                reason = refusal.reason.get(desk.language, "")
                yield (names.cadre_of(refusal.cadre), names.rule(refusal.rule), reason)


def _concerns(refusal: ScreeningEntry, lock: Mapping[str, Any]) -> bool:
    """Return whether a refusal may be of the post that is locked: not one at another village, or in another role."""
    elsewhere = refusal.village is not None and lock.get("village") not in (None, refusal.village)
    otherwise = refusal.role is not None and lock.get("role") not in (None, refusal.role)
    return not (elsewhere or otherwise)


def _subjects(names: Names, subjects: Mapping[str, Any]) -> str:
    return names.listed(
        names.subject(kind, value) for kind, value in subjects.items() if kind not in _NOT_SHOWN
    )


def _amount(entry: Mapping[str, Any]) -> str:
    """Return the amount; marked where it was not proven to be the least."""
    return str(entry["amount"]) if entry.get("least", True) else f"≤ {entry['amount']}"
