"""What a solve will need, told before it begins: how it is solved, the memory, the time to a first plan and to a small gap.

It is a rule of thumb by the number of decisions (who passes screening for which seat): a machine half as fast takes
twice as long, and so may a round in which rules leave little room. How long the one model takes does not follow from
the size of a round; nothing is said of it.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.model.instance import Instance
    from matcher.settings import Settings

#: Where the kernel says how much memory is free, in the machine and in the control group.
MEMORY_TABLE, MEMORY_GROUP = Path("/proc/meminfo"), Path("/sys/fs/cgroup")
#: The gap that the forecast of time is for.
GAP = 0.005


@dataclass(frozen=True, slots=True)
class Rate:
    """What a method takes: so much in any case, and so much for a million decisions.

    Attributes
    ----------
    fixed, memory
        MiB of the process that the solve is called in.
    first_plan, near
        Seconds on one core until there is a plan, and until its gap is proven to be small; None: not to be foretold.
    """

    fixed: float
    memory: float
    first_plan: float | None
    near: float | None


#: Set after ``matcher bench growth`` (columns) and ``matcher bench table`` (counties: qiannan, whose teams are large; the
#: free sizes take half as long) on two cores. The memory of the one model is a guess on the safe side.
RATES = {
    "one_piece": Rate(fixed=230, memory=6_000, first_plan=None, near=None),
    "columns": Rate(fixed=230, memory=1_100, first_plan=120, near=200),
    "counties": Rate(fixed=210, memory=75, first_plan=150, near=260),
}
#: Seconds that every solve takes.
SECONDS = 1.0
#: MiB of a process that works on counties, and for a million decisions of those that it has at hand; it keeps so many
#: MiB of them at hand, and two of the largest while they are worked on.
WORKER, HELD, AT_HAND = 330, 340, 1024


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a solve will need, as far as the size of the round tells.

    Attributes
    ----------
    method
        How the round is solved.
    processes
        How many processes work on it side by side.
    memory
        MiB of all processes together.
    first_plan, near
        Seconds until there is a plan, and until it is proven to be within 0.5 % of the best; None: not to be foretold.
    """

    method: str
    processes: int
    memory: int
    first_plan: float | None
    near: float | None


def forecast_of(instance: Instance, method: str, settings: Settings) -> Forecast:
    """Return the forecast for a method on a round made ready to solve."""
    by_county: Counter[str] = Counter()
    for place, roles in instance.screening.eligible.items():
        county = instance.screening.places[place].township[0]
        by_county[county] += sum(len(who) for who in roles.values())
    decisions, cores = sum(by_county.values()) / 1e6, len(os.sched_getaffinity(0))
    rate, helpers, side_by_side = RATES[method], 0, 1
    memory = rate.fixed + rate.memory * decisions
    if method == "counties":
        workers = min(settings.workers or cores, len(by_county))
        helpers = workers if workers > 1 else 0
        two = sum(count for _, count in by_county.most_common(2)) / 1e6
        held = HELD * min(decisions, AT_HAND / HELD + two) if helpers else HELD * decisions
        memory += max(1, helpers) * (WORKER * bool(helpers) + held)
        side_by_side = max(1, helpers)
    elif method == "columns":
        side_by_side = min(settings.workers or cores, cores, 2)
    share = decisions / min(side_by_side, cores)
    times = (None if each is None else SECONDS + each * share for each in (rate.first_plan, rate.near))
    return Forecast(method, side_by_side if helpers else 1, round(memory), *times)


def free_memory() -> int | None:
    """Return the MiB that are free for use, in the machine and in the control group; None where it is not to be known."""
    found = [number for number in (_available(), _left_in_group()) if number is not None]
    return min(found) // 2**20 if found else None


def _available() -> int | None:
    try:
        lines = MEMORY_TABLE.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    kilobytes = next(found, None)
    return None if kilobytes is None else 1024 * int(kilobytes)


def _left_in_group() -> int | None:
    try:
        most, used, figures = (
            (MEMORY_GROUP / name).read_text(encoding="ascii").strip()
            for name in ("memory.max", "memory.current", "memory.stat")
        )
    except OSError:
        return None
    if not most.isdigit() or not used.isdigit():
        return None
    # What files fill is given back where memory is wanted.
    files = dict(line.split(" ", 1) for line in figures.splitlines() if " " in line)
    return int(most) - int(used) + int(files.get("inactive_file", 0))
