"""A screening on the screen: what each rule refused, who passes for which role, who passes for none."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.codes import ROLES
from matcher.exports.screening_page import open_roles, reason, refusals_of
from matcher.words import command_line as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.cli.desk import Desk
    from matcher.exports import Background
    from matcher.round import Place

#: People listed at most.
SHOWN = 60
_RULES = (
    Column(words.RULE), Column(words.REFUSED_ALL, right=True), Column(words.REFUSED_SOME, right=True),
)  # fmt: skip
_ROLES = (
    Column(words.ROLE), Column(words.SEATS, right=True), Column(words.PASSING, right=True), Column(words.PLACES_WITHOUT),
)  # fmt: skip
_REFUSED = (Column(words.CADRE_ID), Column(words.NAME), Column(words.UNIT), Column(words.REASONS, least=24))
#: Places named before the rest is counted.
_NAMED_PLACES = 6


def show_screening(desk: Desk, background: Background) -> None:
    """Print the screening of a round."""
    screening, facts = background.screening, background.round.facts
    refused = [cadre for cadre in facts.people if cadre not in screening.passing]
    desk.say(
        words.SCREENED, name=background.round.name or background.round.id, cadres=len(facts.people),
        passing=len(screening.passing), refused=len(refused),
    )  # fmt: skip
    desk.table(_RULES, _rules(background), words.RULES_TITLE)
    desk.table(_ROLES, _roles(background), words.ROLES_TITLE)
    if refused:
        desk.table(_REFUSED, (_person(background, cadre) for cadre in refused[:SHOWN]), words.REFUSED_TITLE)
    if len(refused) > SHOWN:
        desk.say(words.MORE_ROWS, count=len(refused) - SHOWN, options="--xlsx, --json")
    show_refused_picks(desk, background)


def show_refused_picks(desk: Desk, background: Background) -> None:
    """Name the cadres who were picked by name and pass for no post."""
    people, passing = background.round.facts.people, background.screening.passing
    picks = [cadre for cadre, person in people.items() if person.record.named_pick and cadre not in passing]
    if picks:
        names = background.names
        desk.say(words.PICKS_REFUSED, cadres=names.listed(map(names.cadre_of, picks)))


def _rules(background: Background) -> Iterator[tuple[object, ...]]:
    """Yield each rule in force with the people whom it refuses every post, or some."""
    everywhere: dict[str, set[str]] = defaultdict(set)
    somewhere: dict[str, set[str]] = defaultdict(set)
    for cadre in background.round.facts.people:
        for refusal in refusals_of(background, cadre):
            (everywhere if refusal.everywhere else somewhere)[refusal.rule].add(cadre)
    for item in background.book.screening:
        if item.on:
            whole = everywhere[item.rule.id]
            name = item.rule.name.in_(background.language)
            yield (name, len(whole), len(somewhere[item.rule.id] - whole))


def _roles(background: Background) -> Iterator[tuple[object, ...]]:
    """Yield each role with its posts, the people who pass for one of them, and the places where nobody does."""
    posts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    empty: dict[str, list[str]] = defaultdict(list)
    for place in background.screening.places.values():
        for role, (least, most) in _seats(background, place).items():
            posts[role][0] += least
            posts[role][1] += most
            if most and not background.screening.eligible[place.id].get(role):
                named = (
                    background.names.village_at(place.id)
                    if place.is_village
                    else background.names.township(place.township)
                )
                empty[role].append(named)
    held = open_roles(background)
    for role in ROLES:
        least, most = posts[role]
        if most:
            passing = sum(1 for roles in held.values() if role in roles)
            name = background.names.role(role)
            yield (
                name,
                least if least == most else f"{least}–{most}",
                passing,
                _few(background, empty[role]),
            )


def _seats(background: Background, place: Place) -> dict[str, tuple[int, int]]:
    if not place.is_village:
        return {"captain": (1, 1)}
    structure = background.book.plan_rule("team_structure")
    return structure.rule.seats(place, structure.params)  # type: ignore[attr-defined,no-any-return]


def _few(background: Background, places: list[str]) -> str:
    more = len(places) - _NAMED_PLACES
    return background.names.listed(places[:_NAMED_PLACES]) + (f" … +{more}" if more > 0 else "")


def _person(background: Background, cadre: str) -> tuple[str, ...]:
    """Return a cadre with every rule that refuses a post; a rule that refuses many places is named once."""
    person = background.round.facts.people[cadre]
    reasons: dict[str, str] = {}
    for refusal in refusals_of(background, cadre):
        if refusal.everywhere or not any(
            other.everywhere for other in background.screening.refusals_of(cadre)
        ):
            reasons.setdefault(refusal.rule, reason(background, refusal))
    return (cadre, person.record.name, person.unit.name, "\n".join(reasons.values()))
