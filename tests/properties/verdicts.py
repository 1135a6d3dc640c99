"""Three judges of the same posts: the model, the checker, and the outside recount."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from matcher.check import recount
from matcher.codes import TEAM_ROLES
from matcher.rulebook import RuleBook
from matcher.solving import Stop
from matcher.solving.cpsat import run
from matcher.solving.one_piece import encode
from matcher.solving.state import State
from tests.outside.small import Row

from .judged import attainable_of, instance_of, outside, posts_from, round_of, whole

Teams = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Verdict:
    """Whether all hard rules are kept, the score (broken plans have one too), and by how much rules are broken."""

    kept: bool
    score: int | None
    broken: dict[str, int] = field(default_factory=dict)


def by_checker(doc: Row, posts: list[Row]) -> Verdict:
    round_ = round_of(doc)
    counted = recount(round_.facts, RuleBook.of(round_.rules), posts_from(posts), attainable_of(doc))
    broken = _summed((item.rule, item.breach.amount) for item in counted.broken)
    return Verdict(counted.feasible, counted.score, broken)


def by_outside(doc: Row, posts: list[Row]) -> Verdict:
    figures = outside(doc, posts)
    broken = _summed((row["rule"], row["amount"]) for row in figures["violations_hard"])
    return Verdict(not broken, figures["score"], broken)


def _summed(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for rule, amount in amounts:
        sums[rule] += amount
    return dict(sums)


def in_order(doc: Row, posts: list[Row]) -> bool:
    """Whether the posts name people and places of the round, and no village has two first secretaries.

    Of other posts it is enough that all judges refuse them; what else they break is a matter of reading.
    """
    seats = instance_of(doc).screening.places
    people = instance_of(doc).facts.people
    first = Counter(row.get("village") for row in posts if row["role"] == "first_secretary")
    return max(first.values(), default=0) < 2 and all(
        row["cadre"] in people
        and _place(doc, row) in seats
        and (row["role"] in TEAM_ROLES) == ("village" in row)
        for row in posts
    )


def _place(doc: Row, row: Row) -> str:
    """The place of a post as the engine names it."""
    township = instance_of(doc).facts.township_of(row.get("county", ""), row.get("township", ""))
    return str(row.get("village") or "/".join(township))


def teams_from(doc: Row, posts: list[Row]) -> Teams | None:
    """The posts as the model's decisions; None where it has no decision for one of them."""
    instance = instance_of(doc)
    teams: Teams = {place: [] for place in instance.blocks}
    for row in posts:
        place = _place(doc, row)
        if place not in instance.blocks or not instance.blocks[place].can_hold([(row["cadre"], row["role"])]):
            return None
        teams[place].append((row["cadre"], row["role"]))
    twice = any(count > 1 for team in teams.values() for count in Counter(team).values())
    return None if twice else teams


def by_model(doc: Row, teams: Teams) -> Verdict:
    """The whole model with every decision fixed: can it be, and what is its objective?"""
    instance = instance_of(doc)
    encoder = encode(instance, prune=False)
    for place, encoded in encoder.encoded.items():
        for number, (person, role) in enumerate(encoded.block.seats):
            encoder.model.add(encoded.variables[number] == ((person.id, role) in teams[place]))
    outcome = run(encoder, Stop())
    assert outcome.status in ("optimal", "infeasible")
    kept = outcome.status == "optimal"
    return Verdict(kept, whole(outcome.bound) if kept else None)


def by_state(doc: Row, teams: Teams) -> Verdict:
    """The count that the searches keep while they move people."""
    broken, score = State(instance_of(doc), teams).measure()
    return Verdict(broken == 0, score)
