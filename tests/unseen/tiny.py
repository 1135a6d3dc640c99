"""Tiny rounds by chance, every plan that they have, and the best of them by the checker's word alone."""

from collections.abc import Iterator
from itertools import permutations
from random import Random

from matcher.codes import TEAM_ROLES
from matcher.plan import Post
from tests.outside.small import Row, cadre, round_of, unit, village
from tests.rulekit.readings import Table

PEOPLE = ("苗族", "布依族", "汉族")


def tiny_round(seed: int, *rules: Row, people: int = 6) -> Row:
    """Two villages of two and six people of three units, with a little of everything."""
    draw = Random(seed)
    villages = [
        village(
            name,
            residents=1,
            support_max=int(name == "V" and seed % 3 == 0),
            hardship=draw.randint(1, 5),
            needs={code: draw.randint(1, 5) for code in draw.sample(["party", "law", "industry"], 2)},
            languages=draw.sample(["苗语", "布依语"], draw.randint(0, 2)),
        )
        for name in ("V", "W")
    ]
    units = [
        unit("U1", kind="国企", strength=draw.randint(3, 5)),
        unit("U2", kind="国企", strength=draw.randint(1, 5)),
        unit("U3", kind="政府机关", strength=1),
    ]
    cadres = [_somebody(draw, f"c{number}") for number in range(people)]
    document = round_of(villages, cadres, units=units, rules=list(rules))
    return {"id": f"tiny-{seed}"} | document


def _somebody(draw: Random, name: str) -> Row:
    return cadre(
        name,
        birth_month=f"{draw.choice([1971, 1973, 1985, 1995])}-0{draw.randint(1, 9)}",
        unit=draw.choice(["U1", "U1", "U2", "U3"]),
        ethnicity=draw.choice(PEOPLE),
        specialties={code: draw.randint(1, 5) for code in draw.sample(["party", "law", "industry"], 1)},
        appraisals=draw.choices(["优秀", "称职"], k=3),
        willing=draw.choice([True, None]),
    )


def every_plan(table: Table) -> Iterator[list[Post]]:
    """Every way to give everybody at most one of the seats, no more than there are; screening is not asked."""
    villages = list(table.round.facts.places.values())
    people = list(table.round.facts.people)
    yield from _filled(table, [place.id for place in villages], people)


def _filled(table: Table, villages: list[str], people: list[str]) -> Iterator[list[Post]]:
    if not villages:
        yield []
        return
    for team in _teams(table, villages[0], people):
        free = [cadre for cadre in people if cadre not in {post.cadre for post in team}]
        for rest in _filled(table, villages[1:], free):
            yield team + rest


def _teams(table: Table, village_id: str, people: list[str]) -> Iterator[list[Post]]:
    record = table.round.facts.places[village_id].village
    residents = record.residents or 0
    for support in range((record.support_max or 0) + 1):
        for first, *rest in permutations(people, 1 + residents + support):
            groups = ([first], rest[:residents], rest[residents:])
            if all(group == sorted(group) for group in groups):
                yield [
                    Post(cadre=name, role=role, village=village_id)
                    for role, group in zip(TEAM_ROLES, groups, strict=True)
                    for name in group
                ]


def best_by_the_checker(table: Table) -> int | None:
    """The highest recounted score over all plans that break no hard rule; None when there is none."""
    scores = [counted.score for counted in map(table.recount, every_plan(table)) if counted.feasible]
    return max(scores, default=None)
