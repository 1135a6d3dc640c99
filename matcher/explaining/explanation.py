"""The reasons of a whole plan, counted from the round and the posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher import codes
from matcher.check.posts import known
from matcher.check.view import PlanView, TeamView
from matcher.explaining.partial import partial_sentences
from matcher.explaining.sentences import post_sentence, summary_sentences, team_sentence
from matcher.explanation import Brings, Explanation, Need, PostReason, TeamReason
from matcher.round.facts import COMPETENT
from matcher.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.check.view import HeldPost
    from matcher.codes import Language
    from matcher.plan import Plan
    from matcher.round import Round
    from matcher.round.facts import Person, Place

#: The age bands, by the number that a person's has.
BANDS = ("young", "middle", "old")
#: Both languages, in the order in which they are written.
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def explanation_of(round_: Round, plan: Plan, book: RuleBook | None = None) -> Explanation:
    """Return why each team and each post of a plan is as it is.

    Everything is counted from the round and the plan's posts as the checker counts them; no solver is asked. Of a
    partial plan nothing is said of score and proof, but which hard rules it breaks and which seats it leaves empty.
    """
    rules = book if book is not None else RuleBook.of(round_.rules)
    view = PlanView(round_.facts, rules, known(round_.facts, rules, plan.posts)[0])
    teams = tuple(team_reason(view, village) for village, team in view.teams.items() if team.members)
    partial = plan.kind == "partial"
    posts = tuple(post_reason(view, post, scored=not partial) for post in view.posts)
    summary: dict[str, tuple[str, ...]] = {
        language: partial_sentences(view, plan, language)
        if partial
        else summary_sentences(view, plan, teams, language)
        for language in LANGUAGES
    }
    return Explanation(summary=summary, teams=teams, posts=posts)


def explained(round_: Round, plan: Plan) -> Plan:
    """Return a plan with the explanation that its round and its posts give."""
    return plan.model_copy(update={"explanation": explanation_of(round_, plan)})


def team_reason(view: PlanView, village: str) -> TeamReason:
    """Return what a village's team has and what it lacks."""
    team = view.teams[village]
    here = {row.cadre for row in team.place.incumbents}
    units = dict.fromkeys(person.unit_id for person, _ in team.members)
    lead = [team.lead_unit] if team.lead_unit is not None else []
    reason = TeamReason(
        village=village,
        needs=tuple(_needs(team)),
        bands=tuple(band for band in BANDS if any(BANDS[p.band] == band for p, _ in team.members)),
        units=tuple(dict.fromkeys([*lead, *units])),
        stays=tuple(person.id for person, _ in team.members if person.id in here),
    )
    sentences = {language: team_sentence(view.facts, reason, language) for language in LANGUAGES}
    return reason.model_copy(update={"sentence": sentences})


def _needs(team: TeamView) -> Iterator[Need]:
    # Ties in the order of the codes: that of the document says nothing, and is not kept everywhere.
    needs = sorted(team.place.needs.items(), key=lambda item: (-item[1], codes.SPECIALTIES.order(item[0])))
    for specialty, need in needs:
        if need > 0:
            by = tuple(p.id for p, _ in team.members if p.levels.get(specialty, 0) >= COMPETENT)
            yield Need(specialty=specialty, need=need, by=by)


def post_reason(view: PlanView, post: HeldPost, *, scored: bool = True) -> PostReason:
    """Return what one post brings to the plan; its sentence names the points where the plan is ``scored``."""
    person = view.facts.people[post.cadre]
    county, township = post.township
    where: dict[str, Any] = {"village": post.village}
    if post.village is None:
        where = {"county": county or None, "township": township}
    reason = PostReason(cadre=post.cadre, role=post.role, **where, brings=tuple(brings(view, post)))
    if post.village is not None:
        team = view.teams[post.village]
        reason = reason.model_copy(
            update={"matched": _matched(person, team.place), "alone": tuple(_alone(person, team))}
        )
    sentences = {language: post_sentence(view, reason, language, scored=scored) for language in LANGUAGES}
    return reason.model_copy(update={"sentence": sentences})


def brings(view: PlanView, post: HeldPost) -> Iterator[Brings]:
    """Yield what the plan's terms would lose if the post were empty, terms in their order."""
    # What a term counts of the plan as a whole, it counts village by village: that of one says what a post of it brings.
    here = [other for other in view.posts if (other.village, other.township) == (post.village, post.township)]
    those, rest_of_those = _view_of(view, here), _view_of(view, [other for other in here if other != post])
    for item in view.book.terms:
        if not item.on:
            continue
        points = 0
        if post.village is not None and not item.rule.of_plan:
            team = view.teams[post.village]
            rest = tuple(member for member in team.members if member[0].id != post.cadre)
            without = TeamView(view.facts, team.place, rest)
            points = item.rule.count(team, item.params) - item.rule.count(without, item.params)
        elif item.rule.counts_plans:
            points = item.rule.count_plan(those, item.params) - item.rule.count_plan(
                rest_of_those, item.params
            )
        if points:
            yield Brings(id=item.rule.id, weighted=item.weight * points)


def _view_of(view: PlanView, posts: list[HeldPost]) -> PlanView:
    some = PlanView(view.facts, view.book, ())
    some.posts = posts
    return some


def _matched(person: Person, place: Place) -> tuple[str, int, int] | None:
    """Return the specialty whose level × need is the most, with level and need."""
    best = max(
        sorted(place.needs.items(), key=lambda item: codes.SPECIALTIES.order(item[0])),
        key=lambda item: (item[1] * person.levels.get(item[0], 0), item[1]),
        default=None,
    )
    if best is None or not best[1] * person.levels.get(best[0], 0):
        return None
    return best[0], person.levels[best[0]], best[1]


def _alone(person: Person, team: TeamView) -> Iterator[str]:
    """Yield the needs that only this member covers."""
    for need in _needs(team):
        if need.by == (person.id,):
            yield need.specialty
