"""单位包村一览表: each unit with the villages it answers for, its people, funds and projects."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from matcher.exports.page import Column, Page, Table
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.exports.material import Material
    from matcher.exports.page import Cell

_COLUMNS = (
    Column(words.NUMBER, 5, "middle"), Column(words.UNIT, 26), Column(words.LEADS, 26), Column(words.CO, 36),
    Column(words.PEOPLE, 9, "middle"), Column(words.QUOTA, 9, "middle"), Column(words.FUNDS, 11, "amount"),
    Column(words.PROJECTS, 7, "middle"), Column(words.LEADER, 14), Column(words.REMARKS, 16),
)  # fmt: skip


def units_page(material: Material) -> Page:
    """Return the units that have a post in the plan, in the order of the round."""
    rows = tuple((number, *row) for number, row in enumerate(_rows(material), start=1))
    return Page(*words.UNITS, (Table(_COLUMNS, rows),))


def _rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    facts, names = material.round.facts, material.names
    posts = Counter(facts.people[post.cadre].unit_id for post in material.plan.posts)
    captains = Counter(
        facts.people[post.cadre].unit_id for post in material.plan.posts if post.village is None
    )
    villages: dict[tuple[str, str], list[str]] = {}
    for bundle in material.report.recount.bundles:
        villages.setdefault((bundle.unit, bundle.kind), []).append(names.village_at(bundle.village))
    for unit in material.round.units:
        if unit.id in posts:
            leads, co = villages.get((unit.id, "lead"), []), villages.get((unit.id, "co"), [])
            quota = unit.quota if unit.quota is not None else names.say(words.UNLIMITED)
            remark = names.say(words.CAPTAINS, people=captains[unit.id]) if captains[unit.id] else ""
            yield (
                unit.name, names.listed(leads), names.listed(co), posts[unit.id], quota, unit.funds, unit.projects,
                unit.leader, remark,
            )  # fmt: skip
