"""Reasons as sentences, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher import codes
from matcher.words import explanations as words
from matcher.words.result import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from matcher.check.view import PlanView
    from matcher.codes import CodeList, Language, Text
    from matcher.explanation import Need, PostReason, TeamReason
    from matcher.plan import Plan
    from matcher.round import Facts

#: Villages named in the summary at most.
NAMED = 5


def said(text: Text, language: Language, **data: object) -> str:
    """Return ``text`` in the language, filled with ``data``."""
    return text.in_(language).format(**data)


def listed(items: Iterable[str], language: Language) -> str:
    """Join items with the language's own comma."""
    return ("、" if language == "zh" else ", ").join(items)


def coded(list_: CodeList, code: str, language: Language) -> str:
    """Return the name of a code, or the code itself where the list has no such code."""
    return list_[code].text.in_(language) if code in list_ else code


def needs_of(needs: Iterable[Need], language: Language) -> str:
    """Return needs with their strength."""
    return listed(
        (f"{coded(codes.SPECIALTIES, n.specialty, language)}{n.need}" if language == "zh"
         else f"{coded(codes.SPECIALTIES, n.specialty, language)} {n.need}" for n in needs),
        language,
    )  # fmt: skip


def team_sentence(facts: Facts, reason: TeamReason, language: Language, *, aged: bool = True) -> str:
    """Return what a team has and lacks, in one sentence; without ages where they are not to be told."""
    covered = [need for need in reason.needs if need.by]
    parts = []
    if reason.units:
        parts.append(said(words.LED_BY, language, unit=facts.units[reason.units[0]].name))
    if covered:
        parts.append(said(words.COVERS, language, needs=needs_of(covered, language)))
    if reason.uncovered:
        parts.append(said(words.LACKS, language, needs=needs_of(reason.uncovered, language)))
    if aged:
        bands = listed((words.BANDS[band].in_(language) for band in reason.bands), language)
        parts.append(said(words.AGES, language, bands=bands))
    if reason.stays:
        people = listed((facts.people[cadre].record.name for cadre in reason.stays), language)
        parts.append(said(words.STAYS, language, people=people))
    village = facts.places[reason.village].village.name
    return said(words.TEAM, language, village=village, parts=words.BETWEEN.in_(language).join(parts))


def fitting(reason: PostReason, language: Language) -> Iterator[str]:
    """Yield what somebody is able in that the village needs."""
    if reason.matched is not None:
        specialty, level, need = reason.matched
        name = coded(codes.SPECIALTIES, specialty, language)
        yield said(words.MATCHED, language, specialty=name, level=level, need=need)
    if reason.alone:
        names = listed((coded(codes.SPECIALTIES, code, language) for code in reason.alone), language)
        yield said(words.ALONE, language, specialties=names)


def post_sentence(view: PlanView, reason: PostReason, language: Language, *, scored: bool = True) -> str:
    """Return why somebody holds a post, in one sentence; without points where the plan is not ``scored``."""
    facts = view.facts
    person = facts.people[reason.cadre]
    place = facts.places[reason.village].village.name if reason.village else reason.township or ""
    parts = list(fitting(reason, language))
    terms = {item.rule.id: item.rule.name.in_(language) for item in view.book.terms}
    if reason.brings and scored:
        ordered = sorted(reason.brings, key=lambda item: -abs(item.weighted))
        points = listed(
            (said(words.BRINGS, language, term=terms[item.id], weighted=item.weighted) for item in ordered),
            language,
        )
        total = sum(item.weighted for item in ordered)
        parts.append(said(words.POINTS, language, total=total, points=points))
    if not parts:
        parts.append((words.NOTHING if scored else words.POSTED_MEANWHILE).in_(language))
    return said(
        words.POST,
        language,
        name=person.record.name,
        unit=person.unit.name,
        age=person.age,
        place=place,
        role=coded(codes.ROLES, reason.role, language),
        parts=words.BETWEEN.in_(language).join(parts),
    )


def summary_sentences(
    view: PlanView, plan: Plan, teams: Sequence[TeamReason], language: Language
) -> tuple[str, ...]:
    """Return the plan in a few sentences: score and proof, coverage, the worst served, soft rules not met."""
    lines = [_score(plan, language)]
    needs = [need for team in teams for need in team.needs]
    covered = sum(1 for need in needs if need.by)
    lines.append(said(words.COVERAGE, language, covered=covered, needs=len(needs)))
    worst = sorted(plan.villages, key=lambda row: (row.index, row.village))[:NAMED]
    if worst:
        named = listed(
            (
                said(
                    words.WORST_ONE,
                    language,
                    village=view.facts.places[row.village].village.name,
                    index=row.index,
                )
                for row in worst
                if row.village in view.facts.places
            ),
            language,
        )
        lines.append(said(words.WORST, language, villages=named))
    penalty = sum(violation.penalty for violation in plan.violations)
    if penalty:
        lines.append(said(words.GIVES, language, count=len(plan.violations), penalty=penalty))
    return tuple(lines)


def _score(plan: Plan, language: Language) -> str:
    if plan.bound is None or plan.gap is None:
        return said(words.SCORE, language, score=plan.score)
    proof = proof_of(plan, language)
    return said(
        words.SCORE_PROVEN, language, score=plan.score, bound=plan.bound, gap=100 * plan.gap, proof=proof
    )
