"""Answers to questions about a plan, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.cli.views.comparison import show_moves
from matcher.words import answers as words
from matcher.words import turning
from matcher.words.why_not import why_not_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from matcher.cli.desk import Desk
    from matcher.exports import Material
    from matcher.plan import Plan
    from matcher.questions import Alternative, Firm, PostAnswer, TeamAnswer, Turn, WhyNot

#: Posts shown at most; more are in the files.
SHOWN = 60

_TERMS = (Column(words.TERM), Column(words.BRINGS, right=True))
_OTHERS = (
    Column(words.WHO), Column(words.WHERE), Column(words.COSTS, right=True), Column(words.EXCHANGED),
    Column(words.CHANGE, right=True),
)  # fmt: skip
_CORE = (
    Column(words.WHERE), Column(words.ROLE), Column(words.WHO), Column(words.WITHOUT, right=True),
    Column(words.IN_PLANS, right=True),
)  # fmt: skip


def show_post(desk: Desk, material: Material, answer: PostAnswer) -> None:
    """Print why somebody holds a post."""
    names = material.names
    desk.out.print(answer.reason.sentence[desk.language], soft_wrap=True)
    rows = [(names.rule(item.id), item.weighted) for item in answer.reason.brings]
    if rows:
        desk.table(_TERMS, rows, words.TERMS_TITLE)
    desk.say(words.RULES_KEPT, rules=names.listed(names.rule(rule) for rule in answer.rules))
    if material.plan.certificate is None:
        desk.say(words.NO_PRICES)
    if answer.for_seat:
        desk.table(_OTHERS, _alternatives(desk, material, answer.for_seat), words.FOR_SEAT)
    if answer.for_person:
        desk.table(_OTHERS, _alternatives(desk, material, answer.for_person), words.FOR_PERSON)
    for other in (*answer.for_seat, *answer.for_person):
        if other.settled is not None:
            who, where = names.cadre_of(other.cadre), names.village(other.place)
            desk.say(words.SETTLED, cadre=who, village=where)
            show_why_not(desk, material, other.settled)


def _alternatives(
    desk: Desk, material: Material, others: Iterable[Alternative]
) -> Iterator[tuple[object, ...]]:
    names = material.names
    for other in others:
        with_whom = (
            desk.words(words.FROM_OUTSIDE) if other.exchanged is None else names.cadre(other.exchanged)
        )
        change = desk.words(words.NOT_ALLOWED) if other.change is None else f"{other.change:+d}"
        least = "" if other.at_least is None else max(0, other.at_least)
        yield names.cadre_of(other.cadre), names.village(other.place), least, with_whom, change


def show_team(desk: Desk, answer: TeamAnswer) -> None:
    """Print why a village has its team."""
    desk.out.print(answer.reason.sentence[desk.language], soft_wrap=True)
    for member in answer.members:
        desk.out.print(member.sentence[desk.language], soft_wrap=True)


def show_why_not(desk: Desk, material: Material, answer: WhyNot, *, solved: bool = True) -> None:
    """Print why somebody is not there, and what it would take; ``solved`` unless only the prices were asked."""
    names = material.names
    if answer.refusals:
        desk.say(words.REFUSED if answer.answer == "refused" else words.REFUSED_SOME)
        for refused in answer.refusals:
            desk.say(words.REASON, rule=names.rule(refused.rule), reason=refused.reason[desk.language])
    if answer.answer != "refused":
        sentence = why_not_sentence(answer.document(), names.rule, desk.language, solved=solved)
        desk.out.print(sentence, soft_wrap=True)
    if answer.moves:
        show_moves(desk, material, answer.moves, words.MOVES_TITLE)


def show_turns(desk: Desk, turns: Sequence[Turn], *, cut_short: bool = False) -> None:
    """Print which single changes would put a pairing into the best plan."""
    if cut_short:
        desk.say(turning.CUT_SHORT)
    if not turns:
        desk.say(turning.NOTHING)
        return
    rows = [(turn.sentence[desk.language], "✓" if turn.next_fails else "") for turn in turns]
    desk.table((Column(turning.CHANGE), Column(turning.SMALLEST)), rows, turning.TITLE)
    desk.say(turning.LIMIT)


def show_core(desk: Desk, material: Material, posts: Sequence[Firm], within: int, best: Plan) -> None:
    """Print how many posts are firm, and those that are not; ``best`` is the plan of rank 1 with its prices."""
    names, rank = material.names, material.plan.rank
    contested = [post for post in posts if not post.firm]
    firm = len(posts) - len(contested)
    desk.say(words.CORE, posts=len(posts), firm=firm, within=within, rest=len(contested))
    if rank > 1:
        desk.say(words.CORE_RANK, rank=rank)
    if best.bound is not None and best.bound > best.score:
        desk.say(words.CORE_GAP, open=best.bound - best.score)
    groups = ((words.FIRM_TITLE, [post for post in posts if post.firm]), (words.CONTESTED_TITLE, contested))
    for title, group in groups:
        rows = [
            (
                names.village(post.place),
                names.role(post.role),
                names.cadre_of(post.cadre),
                _without(desk, post),
                post.plans,
            )
            for post in group[:SHOWN]
        ]
        if rows:
            desk.table(_CORE, rows, title)
        if len(group) > SHOWN:
            desk.say(words.MORE_POSTS, count=len(group) - SHOWN)
    if any(post.cost is None for post in posts):
        desk.say(words.NO_PLAN_NOTE)
    if any(post.cost is not None and post.cost <= 0 for post in posts):
        desk.say(words.NOTHING_NOTE)


def _without(desk: Desk, post: Firm) -> str:
    """Return what a plan without the post costs at least; in words where there is no such plan."""
    return desk.words(words.NO_PLAN_WITHOUT) if post.cost is None else str(max(0, post.cost))
