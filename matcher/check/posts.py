"""Are the posts of a plan posts at all: cadres, places and roles that the round knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.codes import TEAM_ROLES
from matcher.rulekit import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.plan import Post
    from matcher.round.facts import Facts
    from matcher.rulebook import RuleBook


def known(facts: Facts, book: RuleBook, posts: Iterable[Post]) -> tuple[list[Post], list[Breach]]:
    """Return the posts that the round knows, and a breach for each that it does not."""
    captains = book.plan_rule("township_captain").on
    good: list[Post] = []
    breaches: list[Breach] = []
    for post in posts:
        wrong = _wrong(facts, post, captains=captains)
        if wrong is None:
            good.append(post)
        else:
            subjects = {
                "cadre": post.cadre,
                "village": post.village,
                "township": post.township,
                "role": post.role,
            }
            breaches.append(
                Breach({k: v for k, v in subjects.items() if v}, 1, {"wrong": wrong}, always=True)
            )
    return good, breaches


def _wrong(facts: Facts, post: Post, *, captains: bool) -> str | None:
    """Return which part of the post is unknown, or None."""
    if post.cadre not in facts.people:
        return "cadre"
    if post.role == "captain":
        if not captains:
            return "role"
        township = facts.township_of(post.county or "", post.township or "")
        return None if post.village is None and township in facts.townships else "township"
    if post.role not in TEAM_ROLES:
        return "role"
    if post.village not in facts.places:
        return "village"
    here = facts.places[post.village].township
    named = (post.county if post.county is not None else here[0], post.township or here[1])
    return None if named == here else "township"
