"""Two plans side by side on the screen: whose post, which teams and which terms differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.words import answers as words
from matcher.words.command_line import PENALTIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.cli.desk import Desk
    from matcher.codes import Text
    from matcher.exports import Material
    from matcher.plan import Plan
    from matcher.study.changes import Move, Recounted

#: Moves shown at most; more are in the files.
SHOWN = 60

_MOVES = (Column(words.WHO), Column(words.KIND), Column(words.FROM), Column(words.TO))
#: Heads of what stands before and after a change, and of what stands beside each other.
_CAUSED = (words.LEAD_BEFORE, words.LEAD_AFTER, words.BEFORE, words.AFTER)
_BESIDE = (words.LEAD_FIRST, words.LEAD_SECOND, words.FIRST, words.SECOND)


def show_moves(desk: Desk, material: Material, moves: Iterable[Move], title: Text) -> None:
    """Print whose post changes; ``title`` says by what, where something caused it."""
    every = list(moves)
    rows = [
        (
            material.names.cadre_of(move.cadre),
            desk.words(words.KINDS[move.kind]),
            _seat(material, move.before),
            _seat(material, move.after),
        )
        for move in every[:SHOWN]
    ]
    desk.table(_MOVES, rows, title)
    desk.say(words.EVERY_MOVE, count=len(every))


def _seat(material: Material, seat: tuple[str, str] | None) -> str:
    if seat is None:
        return "—"
    place, role = seat
    return f"{material.names.village(place)} {material.names.role(role)}"


def show_comparison(desk: Desk, before: Material, after: Material, *, caused: bool) -> None:
    """Print what changes from one plan to another; ``caused`` where a change of the round made the other."""
    from matcher.study import changes

    names, round_ = before.names, before.round
    moves = changes.moves(round_.facts, before.plan, after.plan)
    if not moves:
        desk.say(words.SAME)
        return
    show_moves(desk, before, moves, words.MOVES_TITLE if caused else words.DIFFERENT_TITLE)
    teams = changes.by_team(round_, before.plan, after.plan)
    rows: list[tuple[object, ...]] = [
        (
            names.village(row["village"]),
            names.unit(row["lead_before"]) if row["lead_before"] else "",
            names.unit(row["lead_after"]) if row["lead_after"] else "",
            row["came"],
            row["left"],
            f"{row['points']:+d}",
        )
        for row in teams.to_dict("records")
    ]
    lead_before, lead_after, score_before, score_after = _CAUSED if caused else _BESIDE
    heads = (
        Column(words.WHERE), Column(lead_before), Column(lead_after), Column(words.CAME, right=True),
        Column(words.LEFT, right=True), Column(words.POINTS, right=True),
    )  # fmt: skip
    desk.table(heads, rows, words.TEAMS_TITLE)
    terms = changes.by_term(before.plan, after.plan)
    scores: list[tuple[object, ...]] = [
        (
            desk.words(PENALTIES) if row["term"] == "penalties" else names.rule(row["term"]),
            row["before"],
            row["after"],
            f"{row['change']:+d}",
        )
        for row in terms.to_dict("records")
    ]
    change = after.plan.score - before.plan.score
    scores.append((desk.words(words.TOTAL), before.plan.score, after.plan.score, f"{change:+d}"))
    heads_of_scores = (
        Column(words.TERM), Column(score_before, right=True), Column(score_after, right=True),
        Column(words.DIFFERENCE, right=True),
    )  # fmt: skip
    desk.table(heads_of_scores, scores, words.SCORES_TITLE)


def show_counted(desk: Desk, before: Material, here: Recounted, after: Plan) -> None:
    """Print by which weights the plan before a change counts, and how far either plan may be from the best.

    Parameters
    ----------
    before
        The plan before, with its own figures.
    here
        The same plan by the changed rules and weights.
    after
        The plan after the change.
    """
    own = before.plan
    counted = words.COUNTED_SAME if here.plan.score == own.score else words.COUNTED_ANEW
    desk.say(counted, own=own.score, here=here.plan.score)
    if here.breaks:
        desk.say(words.BREAKS_RULES, rules=before.names.listed(map(before.names.rule, here.breaks)))
    if after.bound is None:
        desk.say(words.UNPROVEN_AFTER)
    elif after.bound > after.score:
        least, most = after.score - here.plan.score, after.bound - here.plan.score
        desk.say(words.OPEN_AFTER, open=after.bound - after.score, least=least, most=most)
    if own.bound is None:
        desk.say(words.UNPROVEN_BEFORE)
    elif own.bound > own.score:
        desk.say(words.OPEN_BEFORE, open=own.bound - own.score)
