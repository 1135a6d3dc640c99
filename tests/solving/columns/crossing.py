"""Tiny rounds of several counties that compete for what crosses counties: people, units' quotas and leads, shares.

A prefecture's or province's unit sends its people to every county; a county's unit only to its own.
"""

from collections.abc import Iterator
from functools import cache
from itertools import count
from random import Random

from tests.outside.small import Row, cadre, only_terms, round_of, rule, unit, village
from tests.properties.judged import optimum

COUNTIES = ("Qing", "Hua", "Lin")
CODES = ("party", "law", "industry")
RANKS = ("clerk", "section_deputy", "section_chief")


def crossing_round(seed: int) -> Row:
    """Two or three counties of one or two villages, local people, and those whom every county wants."""
    chance = Random(f"crossing {seed}")
    counties = COUNTIES[: chance.choice([2, 2, 3])]
    villages = [_village(chance, county, n) for county in counties for n in range(chance.choice([1, 1, 2]))]
    cadres = [_somebody(chance, f"{county[0]}{n}", f"U-{county}", 3) for county in counties for n in range(2)]
    cadres += [_somebody(chance, f"p{n}", chance.choice(["P1", "P1", "P2"]), 5) for n in range(len(villages))]
    for one, other in ((cadres[0], cadres[2]), (cadres[1], cadres[-1])):
        if chance.random() < 0.3:
            one["spouse"] = other["id"]
    units = [unit(f"U-{county}", county=county, strength=2) for county in counties]
    units += [
        unit(
            "P1", level="prefecture", max_villages=chance.choice([1, 2, 2, 9]), quota=chance.choice([2, 2, 3])
        ),
        unit("P2", level="province", max_villages=chance.choice([1, 2, 2]), quota=chance.choice([1, 2])),
    ]
    rules = [*only_terms("need_fit", "competence", "bundled_people", "suitability"), *_rules(chance)]
    last = {row["id"]: row for row in rules}
    return round_of(villages, cadres, units=units, rules=list(last.values())) | {"id": f"crossing-{seed}"}


def _village(chance: Random, county: str, number: int) -> Row:
    needs = {code: chance.randint(1, 5) for code in chance.sample(CODES, 2)}
    residents = chance.choice([0, 1]) if number == 0 else 0
    return village(f"{county}{number}", county=county, residents=residents, needs=needs)


def _somebody(chance: Random, name: str, unit_id: str, level: int) -> Row:
    return cadre(
        name,
        unit=unit_id,
        specialties={code: chance.randint(1, level) for code in chance.sample(CODES, 2)},
        birth_month=f"{chance.choice([1978, 1985, 1993, 1996])}-0{chance.randint(1, 9)}",
        rank=chance.choice(RANKS),
        named_pick=chance.random() < 0.05,
    )


def _rules(chance: Random) -> Iterator[Row]:
    """Shares and totals over all counties, hard or soft."""
    for name, params in (
        ("young_share", {"min_share": chance.choice([0.25, 0.4, 0.5])}),
        ("section_rank_share", {"min_share": chance.choice([0.4, 0.6])}),
        ("mean_age", {"max_age": chance.choice([36, 39.5])}),
        ("specialty_min", {"specialties": {chance.choice(CODES): chance.choice([1, 2])}}),
    ):
        if chance.random() < 0.4:
            mode = chance.choice(["hard", "soft", "soft"])
            yield rule(name, mode, chance.choice([3, 8, 20]) if mode == "soft" else None, **params)


def crosses(doc: Row) -> bool:
    """Whether the counties' own best plans, each with everybody at its disposal, are together more than can be."""
    together = optimum(doc)
    counties = {row["county"] for row in doc["villages"]}
    apart = [
        optimum(doc | {"villages": [v for v in doc["villages"] if v["county"] == one]}) for one in counties
    ]
    return together is not None and together != sum(score or 0 for score in apart)


@cache
def crossing_rounds(how_many: int) -> list[Row]:
    """The first rounds of an endless series whose best plan is not made county by county."""
    found: list[Row] = []
    for seed in count():
        doc = crossing_round(seed)
        if crosses(doc):
            found.append(doc)
        if len(found) == how_many:
            return found
    return found
