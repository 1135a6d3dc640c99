"""花名册: every post by township and village, with who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher import codes
from matcher.exports.page import Column, Page, Table
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.exports.material import Material
    from matcher.exports.names import Names
    from matcher.exports.page import Cell
    from matcher.plan import Post
    from matcher.round import Person

_COLUMNS = (
    Column(words.NUMBER, 5, "middle"), Column(words.COUNTY, 11), Column(words.TOWNSHIP, 12), Column(words.VILLAGE, 14),
    Column(words.ROLE, 13), Column(words.NAME, 10), Column(words.SEX, 6, "middle"), Column(words.AGE, 6, "middle"),
    Column(words.POLITICAL, 13), Column(words.UNIT, 26), Column(words.POSITION, 30), Column(words.SPECIALTIES, 24),
    Column(words.REMARKS, 13),
)  # fmt: skip
_COUNTY = 1


def roster_page(material: Material) -> Page:
    """Return the roster; the county has a column where the round has several."""
    rows = [(number, *row) for number, row in enumerate(_rows(material), start=1)]
    columns: tuple[Column, ...] = _COLUMNS
    if not material.names.several_counties:
        columns = columns[:_COUNTY] + columns[_COUNTY + 1 :]
        rows = [row[:_COUNTY] + row[_COUNTY + 1 :] for row in rows]
    return Page(*words.ROSTER, (Table(columns, tuple(rows)),))


def _rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    facts, names = material.round.facts, material.names
    for post in in_order(material):
        person = facts.people[post.cadre]
        record = person.record
        township = (
            facts.places[post.village].township
            if post.village
            else facts.township_of(post.county or "", post.township or "")
        )
        yield (
            township[0], township[1], names.village(post.village) if post.village else "", names.role(post.role),
            record.name, names.code(codes.SEXES, record.sex), person.age,
            names.code(codes.POLITICAL_STATUSES, record.political_status), person.unit.name,
            _position(person, names), names.specialties(record.specialties), _remarks(material, post, person),
        )  # fmt: skip


def in_order(material: Material) -> list[Post]:
    """Return the plan's posts by township and village in the round's order, captains first, then by role."""
    facts = material.round.facts
    townships = {township: i for i, township in enumerate(facts.townships)}
    villages = {village: i for i, village in enumerate(facts.places)}

    def place(post: Post) -> tuple[int, int, int, str]:
        if post.village is None:
            return (townships[facts.township_of(post.county or "", post.township or "")], -1, 0, post.cadre)
        township = facts.places[post.village].township
        return (townships[township], villages[post.village], codes.ROLES.order(post.role), post.cadre)

    return sorted(material.plan.posts, key=place)


def _position(person: Person, names: Names) -> str:
    rank = names.code(codes.RANKS, person.record.rank)
    return names.listed(part for part in (person.record.position, rank) if part)


def _remarks(material: Material, post: Post, person: Person) -> str:
    """Say who stays, who was picked by name and who was decided already."""
    incumbent, names = person.incumbent, material.names
    remarks = []
    if incumbent is not None and post.village is not None and incumbent.village == post.village:
        remarks.append(words.STAYS)
    if person.record.named_pick:
        remarks.append(words.PICKED)
    if any(row.cadre == post.cadre and row.kind in ("lock", "pick") for row in material.round.decisions):
        remarks.append(words.DECIDED)
    return names.listed(names.say(remark) for remark in remarks)
