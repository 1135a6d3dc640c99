"""Ages: dealt so that mean and spread come out as the profile says."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from matcher.synth.draws import apportion, exp

if TYPE_CHECKING:
    from matcher.synth.draws import Draws
    from matcher.synth.world import Person, World

_YOUNGEST, _LIMIT = 23, 55
#: Ages above the limit, for those whom it shuts out.
_TOO_OLD: Final = (56, 56, 57)
#: A first secretary has worked for two years and is a full Party member of a year.
_YOUNGEST_LEADER = 27


def deal_ages(world: World) -> None:
    """Give everyone an age."""
    draws = world.draws("ages")
    older = [person for person in world.people if person.reason == "age"]
    for place, person in enumerate(older):
        person.age = _TOO_OLD[place % len(_TOO_OLD)]
    others = [person for person in world.people if person.reason != "age"]
    ages = _spread(others, older, *world.profile.age)
    _hand_out(others, draws.shuffled(ages), draws)


def _spread(others: list[Person], older: list[Person], mean: float, deviation: float) -> list[int]:
    """Return ages for ``others`` so that all together have the mean and the standard deviation."""
    count, gone = len(others) + len(older), [person.age for person in older]
    rest = (count * mean - sum(gone)) / len(others)
    squares = count * (deviation * deviation + mean * mean) - sum(age * age for age in gone)
    wanted = math.sqrt(max(4.0, squares / len(others) - rest * rest))
    ages = list(range(_YOUNGEST, _LIMIT + 1))
    counts = apportion(len(others), _bell_weights(ages, rest, wanted))
    return [age for age, some in zip(ages, counts, strict=True) for _ in range(some)]


def _bell_weights(ages: list[int], mean: float, deviation: float) -> list[float]:
    """Return weights of a bell cut off at both ends whose mean and deviation are as asked."""
    centre, width = mean, deviation
    weights: list[float] = []
    for _ in range(40):
        weights = [round(exp(-((age - centre) * (age - centre)) / (2 * width * width)), 9) for age in ages]
        whole = math.fsum(weights)
        got = math.fsum(w * age for w, age in zip(weights, ages, strict=True)) / whole
        squares = math.fsum(w * (age - got) * (age - got) for w, age in zip(weights, ages, strict=True))
        centre = round(centre + mean - got, 6)
        width = round(min(60.0, width * deviation / math.sqrt(squares / whole)), 6)
    return weights


def _hand_out(people: list[Person], ages: list[int], draws: Draws) -> None:
    """Hand the ages out: the youngest to those on probation, none too young to leaders."""
    ages.sort()
    on_probation = [person for person in people if person.reason == "probation"]
    for place, person in enumerate(on_probation):
        person.age = ages[place]
    left = draws.shuffled(ages[len(on_probation) :])
    leaders = [person for person in people if person.leads and person.reason != "probation"]
    mature = [age for age in left if age >= _YOUNGEST_LEADER]
    for place, person in enumerate(leaders):
        person.age = mature[place]
    rest = mature[len(leaders) :] + [age for age in left if age < _YOUNGEST_LEADER]
    rest = draws.shuffled(rest)
    others = [person for person in people if not person.leads and person.reason != "probation"]
    for person, age in zip(others, rest, strict=True):
        person.age = age
