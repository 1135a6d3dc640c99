"""Small changes to the posts of a plan, most of which break something."""

from collections.abc import Callable
from random import Random

from tests.outside.small import Row

TEAM_ROLES = ("first_secretary", "resident", "support")

Posts = list[Row]
Mutation = Callable[[Random, Row, Posts], Posts | None]


def mutated(chance: Random, doc: Row, posts: Posts, name: str) -> Posts | None:
    """The posts after one change; None where the plan gives no occasion for it."""
    return MUTATIONS[name](chance, doc, [dict(row) for row in posts])


def _unposted(doc: Row, posts: Posts) -> list[str]:
    held = {row["cadre"] for row in posts}
    return [row["id"] for row in doc["cadres"] if row["id"] not in held]


def _one(chance: Random, posts: Posts, *roles: str) -> Row | None:
    """One post, of one of these roles."""
    found = [row for row in posts if not roles or row["role"] in roles]
    return chance.choice(found) if found else None


def _swap_people(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    if len(posts) < 2:
        return None
    one, other = chance.sample(posts, 2)
    one["cadre"], other["cadre"] = other["cadre"], one["cadre"]
    return posts


def _swap_roles(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    one = _one(chance, posts, *TEAM_ROLES)
    team = [
        row
        for row in posts
        if one and row.get("village") == one.get("village") and row["role"] != one["role"]
    ]
    if one is None or not team:
        return None
    other = chance.choice(team)
    one["role"], other["role"] = other["role"], one["role"]
    return posts


def _drop(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    if posts:
        posts.remove(chance.choice(posts))
    return posts


def _drop_first(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    one = _one(chance, posts, "first_secretary")
    return [row for row in posts if row is not one] if one else None


def _wrong_role(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    one = _one(chance, posts, *TEAM_ROLES)
    if one:
        one["role"] = chance.choice([role for role in TEAM_ROLES if role != one["role"]])
    return posts if one else None


def _somebody_else(chance: Random, doc: Row, posts: Posts) -> Posts | None:
    """Anybody without a post, screened out or not, of whatever unit and county."""
    free = _unposted(doc, posts)
    if not free or not posts:
        return None
    chance.choice(posts)["cadre"] = chance.choice(free)
    return posts


def _somebody_of_another_unit(chance: Random, doc: Row, posts: Posts) -> Posts | None:
    units = {row["id"]: row["unit"] for row in doc["cadres"]}
    one = _one(chance, posts)
    free = [cadre for cadre in _unposted(doc, posts) if one and units[cadre] != units.get(one["cadre"])]
    if one is None or not free:
        return None
    one["cadre"] = chance.choice(free)
    return posts


def _second_post(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    """Somebody posted takes a second seat from another."""
    if len(posts) < 2:
        return None
    one, other = chance.sample(posts, 2)
    one["cadre"] = other["cadre"]
    return posts


def _extra(role: str) -> Mutation:
    def extra(chance: Random, doc: Row, posts: Posts) -> Posts | None:
        free = _unposted(doc, posts)
        if not free:
            return None
        place = chance.choice(doc["villages"])
        return [*posts, {"cadre": chance.choice(free), "village": place["id"], "role": role}]

    return extra


def _move(chance: Random, doc: Row, posts: Posts) -> Posts | None:
    one = _one(chance, posts, *TEAM_ROLES)
    others = [row["id"] for row in doc["villages"] if one and row["id"] != one["village"]]
    if one is None or not others:
        return None
    one["village"] = chance.choice(others)
    return posts


def _move_captain(chance: Random, doc: Row, posts: Posts) -> Posts | None:
    one = _one(chance, posts, "captain")
    if one:
        place = chance.choice(doc["villages"])
        one |= {"county": place.get("county", ""), "township": place["township"]}
    return posts if one else None


def _another_captain(chance: Random, doc: Row, posts: Posts) -> Posts | None:
    free = _unposted(doc, posts)
    if not free:
        return None
    place = chance.choice(doc["villages"])
    return [*posts, {"cadre": chance.choice(free), "role": "captain"} | _township(place)]


def _township(place: Row) -> Row:
    return {"county": place.get("county", ""), "township": place["township"]}


def _couple(chance: Random, doc: Row, posts: Posts) -> Posts | None:
    """Somebody posted is joined by the spouse."""
    married = {row["id"]: row["spouse"] for row in doc["cadres"] if row.get("spouse")}
    married |= {spouse: cadre for cadre, spouse in married.items()}
    free = set(_unposted(doc, posts))
    couples = [row for row in posts if married.get(row["cadre"]) in free]
    if not couples or len(posts) < 2:
        return None
    one = chance.choice(couples)
    other = chance.choice([row for row in posts if row is not one])
    other["cadre"] = married[one["cadre"]]
    return posts


def _twice(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
    return [*posts, dict(chance.choice(posts))] if posts else None


def _nonsense(field: str, value: str) -> Mutation:
    def nonsense(chance: Random, _doc: Row, posts: Posts) -> Posts | None:
        one = _one(chance, [row for row in posts if field in row])
        if one:
            one[field] = value
        return posts if one else None

    return nonsense


MUTATIONS: dict[str, Mutation] = {
    "swap people": _swap_people,
    "swap roles": _swap_roles,
    "drop": _drop,
    "no first secretary": _drop_first,
    "wrong role": _wrong_role,
    "somebody else": _somebody_else,
    "somebody of another unit": _somebody_of_another_unit,
    "second post": _second_post,
    "extra support": _extra("support"),
    "extra resident": _extra("resident"),
    "extra first secretary": _extra("first_secretary"),
    "move": _move,
    "move captain": _move_captain,
    "another captain": _another_captain,
    "couple": _couple,
    "post twice": _twice,
    "unknown cadre": _nonsense("cadre", "nobody"),
    "unknown village": _nonsense("village", "nowhere"),
    "unknown township": _nonsense("township", "nowhere"),
    "unknown role": _nonsense("role", "mayor"),
}
