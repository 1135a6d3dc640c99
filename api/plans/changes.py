"""Changing the posts of a plan: who changes, who comes, who goes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from api.problems import Refused
from api.words import FIELDS
from matcher.plan import Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matcher.plan import Plan


def changed_posts(plan: Plan, changes: Mapping[str, Any]) -> tuple[Post, ...]:
    """Return the posts of a plan after changes, in their order, those that come at the end.

    Parameters
    ----------
    changes
        ``changed`` and ``added`` posts, and the ``removed`` cadres.

    Raises
    ------
    Refused
        With the code ``edit_invalid`` and every change that can't be made.
    """
    changed = {post["cadre"]: Post.model_validate(post) for post in changes["changed"]}
    added = [Post.model_validate(post) for post in changes["added"]]
    removed = set(changes["removed"])
    problems = list(_problems({post.cadre for post in plan.posts}, changes))
    if problems:
        raise Refused("edit_invalid", problems=problems, count=len(problems))
    kept = [changed.get(post.cadre, post) for post in plan.posts if post.cadre not in removed]
    return (*kept, *added)


def _problems(posted: set[str], changes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    named = {
        "changed": [post["cadre"] for post in changes["changed"]],
        "added": [post["cadre"] for post in changes["added"]],
        "removed": list(changes["removed"]),
    }
    often = Counter(cadre for cadres in named.values() for cadre in cadres)
    for list_, cadres in named.items():
        for index, cadre in enumerate(cadres):
            if often[cadre] > 1:
                yield _problem("edit_twice", list_, index, cadre)
            elif list_ == "added" and cadre in posted:
                yield _problem("edit_has_post", list_, index, cadre)
            elif list_ != "added" and cadre not in posted:
                yield _problem("edit_no_post", list_, index, cadre)


def _problem(code: str, list_: str, index: int, cadre: str) -> dict[str, Any]:
    """Return a problem in the form of :meth:`matcher.problems.Problem.document`."""
    said = FIELDS[code]
    return {
        "code": code,
        "severity": "error",
        "table": list_,
        "index": index,
        "field": "cadre",
        "value": cadre,
        **dict.fromkeys(("sheet", "row", "column", "cell")),
        "details": {},
        "message": {"zh": said.sentence.zh, "en": said.sentence.en},
        "remedy": {"zh": said.remedy.zh, "en": said.remedy.en},
    }
