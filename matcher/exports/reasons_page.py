"""选派理由: for every team what it has and lacks, for every post what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.explaining import explanation_of
from matcher.exports.page import Column, Page, Table
from matcher.exports.roster_page import in_order
from matcher.words import roster as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.exports.material import Material
    from matcher.exports.page import Cell

_COLUMNS = (
    Column(words.VILLAGE, 14), Column(words.ROLE, 13), Column(words.NAME, 10), Column(words.WHY, 110),
)  # fmt: skip


def reasons_page(material: Material) -> Page:
    """Return the reasons, counted anew from the round and the posts: village by village, the team first."""
    return Page(*words.REASONS, (Table(_COLUMNS, tuple(_rows(material))),))


def _rows(material: Material) -> Iterator[tuple[Cell, ...]]:
    names, language = material.names, material.language
    reasons = explanation_of(material.round, material.plan, material.book)
    teams = {team.village: team.sentence[language] for team in reasons.teams}
    posts = {(post.cadre, post.village): post.sentence[language] for post in reasons.posts}
    told: set[str] = set()
    for post in in_order(material):
        if post.village is not None and post.village not in told:
            told.add(post.village)
            yield names.village(post.village), "", "", teams[post.village]
        place = names.village(post.village) if post.village else names.place_of(post)
        yield place, names.role(post.role), names.cadre(post.cadre), posts[post.cadre, post.village]
