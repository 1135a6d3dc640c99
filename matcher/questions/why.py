"""Why: what a post or a team brings, and the nearest alternatives with what each would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.check.posts import known
from matcher.check.recount import recount
from matcher.check.view import PlanView
from matcher.explaining.explanation import post_reason, team_reason
from matcher.problems import InvalidInput, Problem
from matcher.questions.at_prices import at_prices
from matcher.questions.of_round import must_be_of
from matcher.questions.pairing import why_not
from matcher.rulebook import RuleBook
from matcher.screening.outcome import screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.explanation import PostReason, TeamReason
    from matcher.plan import Plan, Post
    from matcher.questions.answer import WhyNot
    from matcher.questions.at_prices import AtPrices
    from matcher.round import Round
    from matcher.settings import Settings
    from matcher.solving.memory import Memory

#: Alternatives named for a seat, and for a person.
HOW_MANY = 5


@dataclass(frozen=True)
class Alternative:
    """Another holder of the seat, or another place for the person.

    Attributes
    ----------
    cadre, place
        Who would be where.
    at_least
        The best plan with this scores at least so many points less than the plan at hand (proven by the prices of its
        bound; below 0 the prices don't exclude a better plan). None without prices.
    exchanged
        With whom the person changes places; None where somebody without a post comes in.
    change
        What that exchange alone does to the score, everybody else staying; None where it breaks a hard rule.
    settled
        What it costs once everybody else may move too, with the knock-on moves; None where that was not asked for.
    """

    cadre: str
    place: str
    at_least: int | None = None
    exchanged: str | None = None
    change: int | None = None
    settled: WhyNot | None = None


@dataclass(frozen=True)
class PostAnswer:
    """Why somebody holds a post.

    Attributes
    ----------
    reason
        What the post brings, by term.
    rules
        The screening rules that the person passes for the seat, and the plan rules that are kept.
    for_seat, for_person
        The nearest alternatives.
    """

    reason: PostReason
    rules: tuple[str, ...]
    for_seat: tuple[Alternative, ...]
    for_person: tuple[Alternative, ...]


@dataclass(frozen=True)
class TeamAnswer:
    """Why a village has its team: what it has and lacks, and what each member adds that the others don't."""

    reason: TeamReason
    members: tuple[PostReason, ...]


def explain_team(round_: Round, plan: Plan, village: str) -> TeamAnswer:
    """Return why a village has its team.

    Raises
    ------
    InvalidInput
        Where the round has no such village, or the plan is one of another round.
    """
    if village not in round_.facts.places:
        raise InvalidInput(
            [Problem("dangling_id", "question", None, "village", village, {"target": "villages"})]
        )
    must_be_of(round_, plan)
    view = _view(round_, plan)
    members = tuple(post_reason(view, post) for post in view.posts if post.village == village)
    return TeamAnswer(team_reason(view, village), members)


def explain_post(
    round_: Round,
    plan: Plan,
    cadre: str,
    *,
    alternatives: int = HOW_MANY,
    settle: int = 0,
    settings: Settings | None = None,
    memory: Memory | None = None,
) -> PostAnswer:
    """Return why a cadre holds a post, with the nearest alternatives for the seat and for the person.

    Nearest are those that the prices of the plan's bound exclude least.

    Parameters
    ----------
    round_, plan, cadre
        The round, its best plan, and whose post it is.
    alternatives
        How many to name for the seat, and for the person.
    settle
        For how many of each to look for the best plan that has it, as :func:`matcher.why_not` does: what it
        costs, and who else moves.
    settings, memory
        How to solve for these, and what the solve of ``plan`` left.

    Raises
    ------
    InvalidInput
        Where the cadre has no post in the plan, or the plan is one of another round.
    """
    must_be_of(round_, plan)
    post = next((post for post in plan.posts if post.cadre == cadre), None)
    if post is None:
        raise InvalidInput([Problem("question_no_post", "question", None, "cadre", cadre)])
    view = _view(round_, plan)
    held = next(one for one in view.posts if one.cadre == cadre)
    passed = [item.rule.id for item in view.book.screening if item.on]
    kept = [item.rule.id for item in view.book.plan if item.mode == "hard" and item.rule.id not in passed]
    seats: tuple[Alternative, ...] = ()
    people: tuple[Alternative, ...] = ()
    if plan.certificate is not None and post.village is not None and alternatives:
        prices = at_prices(round_, plan)
        seats = tuple(_for_seat(round_, plan, prices, post, alternatives))
        people = tuple(_for_person(round_, plan, prices, post, alternatives))

    def settled(others: tuple[Alternative, ...], role: str) -> tuple[Alternative, ...]:
        first = (
            replace(
                one,
                settled=why_not(round_, plan, one.cadre, one.place, role, settings=settings, memory=memory),
            )
            for one in others[:settle]
        )
        return (*first, *others[settle:])

    seats, people = settled(seats, post.role), settled(people, "")
    return PostAnswer(post_reason(view, held), (*passed, *kept), seats, people)


def _view(round_: Round, plan: Plan) -> PlanView:
    book = RuleBook.of(round_.rules)
    return PlanView(round_.facts, book, known(round_.facts, book, plan.posts)[0])


def _for_seat(round_: Round, plan: Plan, prices: AtPrices, post: Post, most: int) -> Iterator[Alternative]:
    """Yield others who could hold the seat, the least excluded first."""
    place = post.village or ""
    able = {
        person.id for person in screen(round_.facts, RuleBook.of(round_.rules)).eligible[place][post.role]
    }
    here = {other.cadre for other in plan.posts if other.village == place}
    holders = [h for h in prices.holders(place) if h.cadre in able - here and h.bound is not None]
    for holder in holders[:most]:
        other = next((one for one in plan.posts if one.cadre == holder.cadre), None)
        yield Alternative(
            cadre=holder.cadre,
            place=place,
            at_least=plan.score - (holder.bound or 0),
            exchanged=post.cadre,
            change=_exchange(round_, plan, post, holder.cadre, other),
        )


def _for_person(round_: Round, plan: Plan, prices: AtPrices, post: Post, most: int) -> Iterator[Alternative]:
    """Yield other places for the person, the least excluded first, each with the best exchange."""
    eligible = screen(round_.facts, RuleBook.of(round_.rules)).eligible
    places = [
        village
        for village in round_.facts.places
        if village != post.village
        and any(person.id == post.cadre for who in eligible[village].values() for person in who)
    ]
    bounds = [(prices.bound_with(post.cadre, village), village) for village in places]
    ranked = sorted(((b, v) for b, v in bounds if b is not None), key=lambda item: (-item[0], item[1]))
    for bound, village in ranked[:most]:
        others = [one for one in plan.posts if one.village == village]
        tried = [(_exchange(round_, plan, post, one.cadre, one), one.cadre) for one in others]
        worked = [(change, cadre) for change, cadre in tried if change is not None]
        change, exchanged = max(worked, default=(None, None))
        yield Alternative(post.cadre, village, plan.score - bound, exchanged, change)


def _exchange(round_: Round, plan: Plan, post: Post, cadre: str, other: Post | None) -> int | None:
    """Return what it does to the score when ``cadre``, who holds ``other``, and the holder of ``post`` change places."""
    posts = [one for one in plan.posts if one is not post and one is not other]
    posts.append(post.model_copy(update={"cadre": cadre}))
    if other is not None:
        posts.append(other.model_copy(update={"cadre": post.cadre}))
    reach = {row.village: row.attainable for row in plan.villages}
    counted = recount(round_.facts, RuleBook.of(round_.rules), posts, reach)
    return counted.score - plan.score if counted.feasible else None
