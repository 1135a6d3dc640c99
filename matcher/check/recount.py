"""The recount: every rule, every term and the score of a plan, from round and posts alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matcher.check.posts import known
from matcher.check.view import PlanView
from matcher.plan import Bundle, Floor, TermPoints, VillagePoints, Violation
from matcher.rulekit import Breach, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.check.view import TeamView
    from matcher.plan import Post
    from matcher.round.facts import Facts
    from matcher.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard rule that the plan breaks, with what the rule's sentence needs."""

    rule: str
    breach: Breach


@dataclass(frozen=True, slots=True)
class Recount:
    """What the recount found.

    Attributes
    ----------
    broken
        Hard rules broken (screening included); empty for a plan that may be released.
    violations
        Soft rules not met, with their penalties.
    """

    score: int
    terms: tuple[TermPoints, ...]
    villages: tuple[VillagePoints, ...]
    violations: tuple[Violation, ...]
    broken: tuple[Broken, ...]
    bundles: tuple[Bundle, ...]
    soft_breaches: tuple[Broken, ...] = field(default=())

    @property
    def feasible(self) -> bool:
        """Whether the plan keeps every hard rule."""
        return not self.broken

    @property
    def left_aside(self) -> tuple[Violation, ...]:
        """The breaches of hard rules as a partial plan lists them: nothing makes up for them, so at no penalty."""
        return tuple(
            Violation(rule=one.rule, subjects=dict(one.breach.subjects), amount=one.breach.amount, penalty=0)
            for one in self.broken
        )

    def floor(self, *, proven: bool = False) -> Floor | None:
        """Return the worst index of the plan's villages."""
        if not self.villages:
            return None
        exact = {row.village: exact_index(row.points, row.attainable) for row in self.villages}
        worst = min(exact.values())
        at_worst = tuple(village for village, index in exact.items() if index == worst)
        return Floor(index=shown(worst), villages=at_worst, proven=proven)


def exact_index(points: int, attainable: int) -> Fraction:
    """Return points ÷ attainable exactly; 1 where nothing is attainable."""
    return Fraction(points, attainable) if attainable > 0 else Fraction(1)


def shown(index: Fraction) -> float:
    """Return an index as it is shown: rounded to 4 decimals, halves up."""
    return float((index * 20000 + 1) // 2) / 10000


def recount(facts: Facts, book: RuleBook, posts: Iterable[Post], attainable: Mapping[str, int]) -> Recount:
    """Recount a plan.

    Parameters
    ----------
    facts
        The round's derived facts.
    book
        The rules in effect.
    posts
        The plan's posts, believed in nothing.
    attainable
        Each village's attainable points.
    """
    good, unknown = known(facts, book, posts)
    view = PlanView(facts, book, good, attainable)
    broken = [Broken("posts", breach) for breach in unknown]
    broken += _refused(view)
    violations: list[Violation] = []
    soft: list[Broken] = []
    for item in book.plan:
        if not item.on and not _has_always(item.rule):
            continue
        for breach in item.rule.breaches(view, item.params):
            if breach.always or item.mode == "hard":
                broken.append(Broken(item.rule.id, breach))
            elif item.mode == "soft":
                soft.append(Broken(item.rule.id, breach))
                penalty = item.weight * breach.amount
                violations.append(
                    Violation(
                        rule=item.rule.id,
                        subjects=dict(breach.subjects),
                        amount=breach.amount,
                        penalty=penalty,
                    )
                )
    terms, villages = _terms(view), _villages(view)
    score = sum(term.weighted for term in terms) - sum(violation.penalty for violation in violations)
    return Recount(
        score, terms, villages, tuple(violations), tuple(broken), bundles_of(view), soft_breaches=tuple(soft)
    )


def _has_always(rule: PlanRule[Any]) -> bool:
    """Return whether a rule has limits that hold when it is off (no team may be too large)."""
    return type(rule).always is not PlanRule.always


def _refused(view: PlanView) -> list[Broken]:
    """Return the posts that screening refuses, rule by rule."""
    broken = []
    for post in view.posts:
        for rule in view.permits(view.facts.people[post.cadre], post.seat):
            place = {"village": post.village} if post.village else {"township": post.township[1]}
            broken.append(Broken(rule, Breach({"cadre": post.cadre, "role": post.role, **place})))
    return broken


def _terms(view: PlanView) -> tuple[TermPoints, ...]:
    found = []
    for item in view.book.terms:
        if item.on:
            points = sum(item.rule.count(team, item.params) for team in view.teams.values())
            points += item.rule.count_plan(view, item.params)
            found.append(term_points(item.rule.id, points, item.weight))
    return tuple(found)


def term_points(id_: str, points: int, weight: int) -> TermPoints:
    """Return a term's points with their weight applied."""
    return TermPoints(id=id_, points=points, weight=weight, weighted=weight * points)


def _villages(view: PlanView) -> tuple[VillagePoints, ...]:
    weights = {item.rule.id: item.weight for item in view.book.terms}
    found = []
    for village in view.teams:
        by_term = view.points_by_term(village)
        found.append(
            VillagePoints(
                village=village,
                points=view.points(village),
                attainable=view.attainable.get(village, 0),
                index=shown(view.index(village)),
                terms=tuple(term_points(term, points, weights[term]) for term, points in by_term.items()),
            )
        )
    return tuple(found)


def bundles_of(view: PlanView) -> tuple[Bundle, ...]:
    """Return the bundles that follow from the posts: each village's lead unit first, then the others by id."""
    return tuple(bundle for team in view.teams.values() for bundle in _bundles(view.facts, team))


def _bundles(facts: Facts, team: TeamView) -> Iterable[Bundle]:
    lead = team.lead_unit
    units = [person.record.unit for person, _ in team.members]
    for id_ in sorted(set(units), key=lambda id_: (id_ != lead, id_)):
        unit = facts.units[id_]
        yield Bundle(
            unit=id_,
            village=team.place.id,
            kind="lead" if id_ == lead else "co",
            people=units.count(id_),
            funds=unit.funds,
            projects=unit.projects,
            leader=unit.leader,
        )
