"""A partial plan in words: which hard rules it breaks, and which seats it leaves empty; nothing of score and proof."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from matcher import codes
from matcher.check.recount import recount
from matcher.words import explanations as words
from matcher.words.result import CONFLICTING, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.recount import Broken
    from matcher.check.view import PlanView
    from matcher.codes import Language, Text
    from matcher.plan import Plan
    from matcher.rulebook import RuleBook

#: Empty seats, and breaches, named at most.
NAMED = 12
#: Rules whose breaches are the empty seats.
_SEATS = ("team_structure", "township_captain")


def empty_seats(view: PlanView) -> Iterator[tuple[str, str, int]]:
    """Yield where seats are empty, of which role, and how many, villages first."""
    structure = view.book.plan_rule("team_structure")
    for village, team in view.teams.items() if structure.on else ():
        held = Counter(role for _, role in team.members)
        seats: dict[str, tuple[int, int]] = structure.rule.seats(team.place, structure.params)  # type: ignore[attr-defined]
        for role, (least, _) in seats.items():
            if held[role] < least:
                yield village, role, least - held[role]
    captained = {township for township, _ in view.captains}
    for township in view.townships if view.book.plan_rule("township_captain").on else ():
        if township not in captained:
            yield township[1], "captain", 1


def partial_sentences(view: PlanView, plan: Plan, language: Language) -> tuple[str, ...]:
    """Return a partial plan in a few sentences: posts and empty seats, the hard rules that it breaks."""
    seats = list(empty_seats(view))
    soft = {item.rule.id for item in view.book.plan if item.mode == "soft"}
    counts = Counter(violation.rule for violation in plan.violations if violation.rule not in soft)
    named = _names(view.book)

    def said(text: Text, **data: Any) -> str:
        return text.in_(language).format(**data)

    rules = [
        said(words.LEFT_ASIDE_RULE, rule=named[rule].in_(language), count=count)
        for rule, count in counts.items()
        if rule in named
    ]
    empty = sum(count for _, _, count in seats)
    lines = [said(words.PARTIAL, posts=len(plan.posts), empty=empty)]
    lines.append(said(words.LEFT_ASIDE, rules=_few(rules, language)))
    if seats:
        lines.append(
            said(words.EMPTY, seats=_few([_seat(view, *seat, language) for seat in seats], language))
        )
    others = [rule for rule in counts if rule not in _SEATS]
    if others:
        lines.append(
            said(words.BREACHES, sentences=_few(list(_breaches(view, plan, language)), language, "；"))
        )
    return tuple(lines)


def _names(book: RuleBook) -> dict[str, Text]:
    screening = {item.rule.id: item.rule.name for item in book.screening}
    return screening | {item.rule.id: item.rule.name for item in book.plan}


def _seat(view: PlanView, place: str, role: str, count: int, language: Language) -> str:
    name = view.facts.places[place].village.name if place in view.facts.places else place
    role = codes.ROLES[role].text.in_(language)
    return words.EMPTY_SEAT.in_(language).format(place=name, role=role, count=count)


def _breaches(view: PlanView, plan: Plan, language: Language) -> Iterator[str]:
    """Yield in words how each hard rule is broken that is not about empty seats."""
    reach = {row.village: row.attainable for row in plan.villages}
    for broken in recount(view.facts, view.book, plan.posts, reach).broken:
        if broken.rule not in _SEATS:
            yield _breach(view, broken, language)


def _breach(view: PlanView, broken: Broken, language: Language) -> str:
    breach, named = broken.breach, _names(view.book)
    if breach.data:
        return view.book.plan_rule(broken.rule).rule.say(breach.data, language)
    place = breach.subjects.get("village") or breach.subjects.get("township", "")
    refused = REFUSED.in_(language).format(
        cadre=view.facts.people[breach.subjects["cadre"]].record.name,
        place=view.facts.places[place].village.name if place in view.facts.places else place,
        role=codes.ROLES[breach.subjects["role"]].text.in_(language),
    )
    return CONFLICTING.in_(language).format(rule=named[broken.rule].in_(language), sentence=refused)


def _few(items: list[str], language: Language, between: str = "、") -> str:
    """Join items in the language, the first of them where there are many."""
    shown = items[:NAMED]
    if len(items) > NAMED:
        shown.append(words.MORE.in_(language).format(count=len(items) - NAMED))
    return (between if language == "zh" else {"、": ", ", "；": "; "}[between]).join(shown)
