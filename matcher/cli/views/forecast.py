"""What a solve is expected to need, said before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.exports.figures import percent
from matcher.solving.forecast import GAP, free_memory
from matcher.words import command_line as words
from matcher.words.result import METHOD

if TYPE_CHECKING:
    from matcher.cli.desk import Desk
    from matcher.solving import Forecast

_A_MINUTE, _A_GIBIBYTE = 60, 1024
#: Shorter times and smaller amounts are not worth a forecast: the solve is over before it is read.
_WORTH_SAYING = 5.0


def show_forecast(desk: Desk, limit: float | None, forecast: Forecast) -> None:
    """Print the forecast of a solve that is not over at once, and a warning where time or memory is short."""
    if forecast.first_plan is not None and forecast.near is not None and forecast.near >= _WORTH_SAYING:
        desk.note(
            words.FORECAST,
            method=desk.words(METHOD[forecast.method]),
            processes=forecast.processes,
            memory=_memory(forecast.memory),
            first_plan=_time(desk, forecast.first_plan),
            near=_time(desk, forecast.near),
            gap=percent(GAP),
        )
        if limit is not None and limit < forecast.first_plan:
            desk.note(words.SHORT_LIMIT, limit=_time(desk, limit))
    free = free_memory()
    if free is not None and forecast.memory > free:
        desk.note(words.LITTLE_MEMORY, memory=_memory(forecast.memory), free=_memory(free))


def _time(desk: Desk, seconds: float) -> str:
    if seconds < 2 * _A_MINUTE:
        return desk.words(words.SECONDS, number=max(1, round(seconds)))
    return desk.words(words.MINUTES, number=round(seconds / _A_MINUTE))


def _memory(mebibytes: int) -> str:
    if mebibytes < _A_GIBIBYTE:
        return f"{mebibytes} MiB"
    return f"{mebibytes / _A_GIBIBYTE:.1f} GiB"
