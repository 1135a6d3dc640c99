"""Solving: from a round to a checked plan and its proof."""

from matcher.solving.api import solve
from matcher.solving.counties.crew import CountyFailed
from matcher.solving.forecast import Forecast
from matcher.solving.incumbent import Progress
from matcher.solving.memory import Memory
from matcher.solving.stopping import Aborted, Stop

__all__ = ["Aborted", "CountyFailed", "Forecast", "Memory", "Progress", "Stop", "solve"]
