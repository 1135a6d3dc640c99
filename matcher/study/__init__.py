"""What-ifs: a base round and named scenarios as small edits, solved warm from the base and compared."""

from matcher.edits import (
    Edit,
    add,
    adjustment,
    baseline,
    bind,
    cell,
    drop,
    edited,
    forbid,
    lock,
    pick,
    release,
    remove,
    rule,
    unbind,
    weight,
)
from matcher.study.mending import mend, mending
from matcher.study.scenario import Scenario
from matcher.study.study import Study

__all__ = [
    "Edit",
    "Scenario",
    "Study",
    "add",
    "adjustment",
    "baseline",
    "bind",
    "cell",
    "drop",
    "edited",
    "forbid",
    "lock",
    "mend",
    "mending",
    "pick",
    "release",
    "remove",
    "rule",
    "unbind",
    "weight",
]
