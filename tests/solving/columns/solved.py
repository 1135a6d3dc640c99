"""Tiny rounds solved with whole teams: by the method in full, and by team columns alone."""

from collections.abc import Iterable

from matcher.model.instance import Instance
from matcher.result import Result
from matcher.settings import Settings
from matcher.solving import Stop, solve
from matcher.solving.attainable import attainable_points
from matcher.solving.columns.column import Column, Columns
from matcher.solving.columns.converge import Convergence, begin, converge
from matcher.solving.columns.method import ColumnMethod
from matcher.solving.columns.shop import Shop
from matcher.solving.incumbent import Incumbent
from tests.outside.small import Row
from tests.properties.judged import EFFORT, once, round_of

SETTINGS = Settings(method="columns", effort=EFFORT, workers=1)


@once
def columns_of(doc: Row, equity: str = "none") -> Result:
    """The result of a solve by columns; what they leave open the one model settles."""
    return solve(round_of(doc), Settings.model_validate(SETTINGS.model_dump() | {"equity": equity}))


def alone(instance: Instance, settings: Settings = SETTINGS) -> ColumnMethod:
    """The method after its run, without the one model behind it."""
    incumbent = Incumbent(instance, attainable_points(instance, Stop()), Stop())
    method = ColumnMethod(instance, incumbent, settings, Stop())
    method.run()
    return method


def shop_of(instance: Instance, workers: int = 1) -> Shop:
    """All blocks of a round, ready to be priced."""
    return Shop(instance.links, instance.blocks.values(), workers)


def converged(shop: Shop, columns: Iterable[Column] = ()) -> Convergence:
    """Column generation run to its end."""
    state = begin(shop, columns)
    converge(state, Stop(), work=EFFORT, near=0.02, seed=1, on_round=lambda _state: False)
    return state


def taken(columns: Columns, block: int) -> list[Column]:
    return [column for column in columns.all if column.block == block]
