"""A county of 25 villages: small, yet too much to solve to the end within a test."""

from functools import cache

from matcher.round import Round
from matcher.synth import county_of


@cache
def county() -> Round:
    return Round.from_document(county_of(25, seed=1))
