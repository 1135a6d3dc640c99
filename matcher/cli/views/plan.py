"""A plan on the screen: teams by township and village, score by term, soft rules not met, the worst served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.codes import ROLES, TEAM_ROLES
from matcher.exports.figures import index, percent
from matcher.words import command_line as words
from matcher.words.result import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.cli.desk import Desk
    from matcher.codes import Text
    from matcher.exports import Material

#: Villages shown at most; larger plans are for the roster workbook.
SHOWN_VILLAGES = 130
#: Villages shown as the worst served.
WORST = 5

_TERMS = (
    Column(words.TERM), Column(words.TERM_POINTS, right=True), Column(words.WEIGHT, right=True),
    Column(words.WEIGHTED, right=True),
)  # fmt: skip
_VIOLATIONS = (Column(words.RULE), Column(words.SITUATION), Column(words.PENALTY, right=True))
_WORST = (
    Column(words.TOWNSHIP), Column(words.VILLAGE), Column(words.VILLAGE_POINTS, right=True),
    Column(words.ATTAINABLE, right=True), Column(words.INDEX, right=True),
)  # fmt: skip


def show_plan(desk: Desk, material: Material) -> None:
    """Print a plan that was checked."""
    show_teams(desk, material)
    show_score(desk, material)
    show_worst(desk, material)
    _show_reserves(desk, material)


def show_teams(desk: Desk, material: Material) -> None:
    """Print the captains and the teams, in the round's order of townships and villages."""
    names, facts = material.names, material.round.facts
    captains = [post for post in material.plan.posts if post.village is None]
    if captains:
        columns = (Column(words.TOWNSHIP), Column(words.NAME))
        rows = [(names.place_of(post), names.cadre_of(post.cadre)) for post in captains]
        desk.table(columns, rows, words.CAPTAINS_TITLE)
    order = {township: i for i, township in enumerate(facts.townships)}
    villages = sorted(facts.places, key=lambda village: order[facts.places[village].township])
    roles = [role for role in TEAM_ROLES if any(post.role == role for post in material.plan.posts)]
    headers = [Column(words.TOWNSHIP), Column(words.VILLAGE), Column(words.LEAD_UNIT)]
    headers += [Column(_role(role)) for role in roles]
    rows_of_teams = (_team(material, village, roles) for village in villages[:SHOWN_VILLAGES])
    desk.table(headers, rows_of_teams, words.TEAMS_TITLE)
    if len(villages) > SHOWN_VILLAGES:
        desk.say(words.MORE_ROWS, count=len(villages) - SHOWN_VILLAGES, options="--xlsx, --json")


def _role(role: str) -> Text:
    return ROLES[role].text


def _team(material: Material, village: str, roles: list[str]) -> tuple[str, ...]:
    names, place = material.names, material.round.facts.places[village]
    bundles = material.report.recount.bundles
    lead = next((b.unit for b in bundles if b.village == village and b.kind == "lead"), None)
    members = [
        "\n".join(
            _member(material, post.cadre, lead)
            for post in material.plan.posts
            if post.village == village and post.role == role
        )
        for role in roles
    ]
    return (
        names.township(place.township),
        names.village(village),
        names.unit(lead) if lead else "",
        *members,
    )


def _member(material: Material, cadre: str, lead: str | None) -> str:
    """Return a member's name, with the unit where it is not the one that leads."""
    person = material.round.facts.people[cadre]
    return person.record.name if person.unit_id == lead else material.names.cadre_of(cadre)


def show_score(desk: Desk, material: Material) -> None:
    """Print the score by term, the soft rules that are not met, and what is proven."""
    counted = material.report.recount
    rows: list[tuple[object, ...]] = [
        (material.names.rule(term.id), term.points, term.weight, term.weighted) for term in counted.terms
    ]
    if counted.violations:
        rows.append(
            (desk.words(words.PENALTIES), "", "", -sum(violation.penalty for violation in counted.violations))
        )
    rows.append((desk.words(words.TOTAL), "", "", counted.score))
    desk.table(_TERMS, rows, words.TERMS_TITLE)
    if counted.violations:
        desk.table(_VIOLATIONS, _violations(material), words.VIOLATIONS_TITLE)
    else:
        desk.say(words.ALL_MET)
    _show_proof(desk, material)


def _violations(material: Material) -> Iterator[tuple[object, ...]]:
    counted = material.report.recount
    for violation, breach in zip(counted.violations, counted.soft_breaches, strict=True):
        rule = material.book.plan_rule(violation.rule).rule
        sentence = material.names.said(rule, breach.breach.data)
        yield (material.names.rule(violation.rule), sentence, violation.penalty)


def _show_proof(desk: Desk, material: Material) -> None:
    plan, score, proof = material.plan, material.report.recount.score, proof_of(material.plan, desk.language)
    if plan.bound is None or plan.gap is None:
        desk.say(words.UNPROVEN, score=score, proof=proof)
    else:
        desk.say(words.PROVEN, score=score, bound=plan.bound, gap=percent(plan.gap), proof=proof)


def show_worst(desk: Desk, material: Material) -> None:
    """Print the villages with the lowest index, and what is proven of it where fairness came first."""
    names, facts = material.names, material.round.facts
    worst = sorted(material.report.recount.villages, key=lambda row: row.index)[:WORST]
    rows = [
        (names.township(facts.places[row.village].township), names.village(row.village), row.points, row.attainable,
         index(row.index))
        for row in worst
    ]  # fmt: skip
    desk.table(_WORST, rows, words.WORST_TITLE)
    settings = material.provenance.get("settings", {})
    if material.plan.floor is not None and settings.get("equity") == "floor_first":
        text = words.FLOOR_PROVEN if material.plan.floor.proven else words.FLOOR_OPEN
        desk.say(text, index=index(material.plan.floor.index))


def _show_reserves(desk: Desk, material: Material) -> None:
    posts = len(material.plan.reserves)
    if posts:
        named = sum(1 for reserve in material.plan.reserves if reserve.substitutes)
        desk.say(words.RESERVES, posts=posts, named=named, none=posts - named)
