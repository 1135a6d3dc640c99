"""Random plans of a tiny round, and how a rule over the round counts them in its two readings of the check."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

from matcher.check.bounding.bench import Bench
from matcher.check.view import PlanView
from matcher.plan import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.model.instance import Instance


#: Rules that count a second post of the same person as another; to others one person in two posts is no plan.
ANY_POSTS = frozenset({"one_post", "unit_quota", "lead_unit", "young_share", "total_posts", "mean_age"})


def random_plans(instance: Instance, seed: int) -> Iterator[tuple[PlanView, bool]]:
    """Plans in which everybody may hold what they hold, with whether somebody holds two posts."""
    chance = Random(seed)
    for number in range(6):
        posts: list[Post] = []
        for block in instance.blocks.values():
            for role, (_, most) in block.limits.items():
                held = {post.cadre for post in posts} if number % 2 else set()
                able = [person.id for person, own in block.seats if own == role and person.id not in held]
                for cadre in chance.sample(able, min(len(able), chance.randint(0, most))):
                    here = {"village": block.place.id} if block.place.is_village else _township(block.place)
                    posts.append(Post(cadre=cadre, role=role, **here))
        twice = len({post.cadre for post in posts}) < len(posts)
        yield PlanView(instance.facts, instance.book, posts, instance.attainable), twice


def _township(place: Any) -> dict[str, str]:
    return {"county": place.township[0], "township": place.township[1]}


def amounts_by_limits(item: Any, view: PlanView) -> Counter[str]:
    """The amount by which each limit is broken, by what the breach is about."""
    used: Counter[Any] = Counter()
    for post in view.posts:
        if item.rule.villages if post.village is not None else item.rule.captains:
            person = view.facts.people[post.cadre]
            used.update(item.rule.uses(view.facts, post.seat, person, item.params))
    found: Counter[str] = Counter()
    for limit in item.rule.limits(Bench(view.facts, view.book), item.params):
        found[_name(item.rule.id, limit.key)] += limit.amount(used[limit.key])
    return +found


def breaches_of_round(item: Any, view: PlanView) -> Counter[str]:
    """The same by the check of the plan; what it says of single teams is left out."""
    found: Counter[str] = Counter()
    for breach in item.rule.breaches(view, item.params):
        if item.rule.id == "decisions" and not _of_round(view, breach.subjects["decision"]):
            continue
        if item.rule.id == "lead_unit" and "village" in breach.subjects:
            continue
        found[_about(breach.subjects)] += breach.amount
    return found


def _of_round(view: PlanView, number: int) -> bool:
    """Whether a decision is about the whole plan: a pick, or a lock to a place without seats."""
    decision = view.facts.round.decisions[number - 1]
    if decision.kind != "lock":
        return decision.kind == "pick"
    captains = view.book.plan_rule("township_captain").on
    return not (decision.village or (decision.township and captains))


def _name(rule: str, key: Any) -> str:
    if rule == "decisions":
        return str(key[0])
    if rule in ("young_share", "total_posts", "section_rank_share"):
        return str(key)
    return "mean_age" if rule == "mean_age" else str(list(key) if isinstance(key, tuple) else key)


def _about(subjects: Any) -> str:
    value = next(iter(subjects.values()))
    return str(list(value) if isinstance(value, tuple) else value)
