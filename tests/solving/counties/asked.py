"""Rounds solved by the counties method: in full, and without what settles the rest behind it."""

from matcher.model.instance import Instance
from matcher.result import Result
from matcher.settings import Settings
from matcher.solving import Memory, Stop, solve
from matcher.solving.counties.method import CountiesMethod
from matcher.solving.incumbent import Incumbent
from tests.outside.small import Row
from tests.properties.judged import EFFORT, once, round_of

SETTINGS = Settings(method="counties", effort=EFFORT, workers=1)


@once
def counties_of(doc: Row) -> Result:
    return solve(round_of(doc), SETTINGS)


def alone(instance: Instance, settings: Settings = SETTINGS, workers: int = 1) -> CountiesMethod:
    """The method after its run, without the methods behind it."""
    incumbent = Incumbent(instance, {}, Stop())
    method = CountiesMethod(instance, incumbent, settings, Stop(), Memory())
    method.run(workers)
    return method
