"""The states of a growing team: how many hold each role, and which counters its members have raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

LEAD = "first_secretary"


@dataclass(frozen=True, slots=True)
class Counter:
    """A sum of what members bring, counted up to a limit.

    Attributes
    ----------
    brings
        Decision to what it adds, always positive.
    most
        Nothing is counted beyond.
    """

    brings: Mapping[int, int]
    most: int


@dataclass
class Layout:
    """Counts and counters as one number each.

    Attributes
    ----------
    roles
        The roles other than that of the first secretary.
    most
        The most people in each of them.
    counters
        The counters, by what they count.
    limit
        The most states that counts and counters together may have.
    """

    roles: tuple[str, ...]
    most: tuple[int, ...]
    limit: int
    counters: dict[Any, Counter] = field(default_factory=dict)

    @property
    def counts(self) -> int:
        """How many combinations of role counts there are."""
        return int(np.prod([most + 1 for most in self.most], dtype=np.int64))

    @property
    def flags(self) -> int:
        """How many combinations of counter values there are."""
        return int(np.prod([counter.most + 1 for counter in self.counters.values()], dtype=np.int64))

    def add(self, brings: Mapping[int, int], most: int) -> Any | None:
        """Count a sum up to ``most``; return its key, or None where there would be too many states."""
        key = frozenset(brings.items())
        known = self.counters.get(key)
        if known is not None and known.most >= most:
            return key
        before = known.most + 1 if known is not None else 1
        if self.counts * (self.flags // before) * (most + 1) > self.limit:
            return None
        self.counters[key] = Counter(dict(brings), most)
        return key

    def count_values(self, role: str) -> Ints:
        """Return, for every state, how many hold ``role`` (not that of the first secretary)."""
        shape = [most + 1 for most in self.most]
        axis = self.roles.index(role)
        values = np.indices(shape)[axis].ravel() if shape else np.zeros(1, np.int64)
        return np.repeat(values.astype(np.int64), self.flags)

    def counter_values(self, key: Any) -> Ints:
        """Return, for every state, the value of a counter."""
        stride, most = self._strides()[key], self.counters[key].most
        values = (np.arange(self.flags, dtype=np.int64) // stride) % (most + 1)
        return np.tile(values, self.counts)

    def ways(self) -> Ints:
        """Return the counts from the fullest to the emptiest, and where one more in each role leads."""
        shape = [most + 1 for most in self.most]
        held = np.indices(shape).reshape(len(shape), -1) if shape else np.zeros((0, 1), np.int64)
        fullest_first = np.argsort(-held.sum(axis=0), kind="stable")
        rows = [fullest_first]
        for axis in range(len(shape)):
            stride = int(np.prod(shape[axis + 1 :], dtype=np.int64))
            after = np.arange(self.counts) + stride
            rows.append(np.where(held[axis] < self.most[axis], after, -1))
        return np.array(rows, dtype=np.int64)

    def steps(self, decisions: int) -> tuple[Ints, Ints]:
        """Return each decision's class, and the flags after somebody of each class has joined."""
        strides = self._strides()
        signature: list[list[tuple[Any, int]]] = [[] for _ in range(decisions)]
        for key, counter in self.counters.items():
            for variable, brought in counter.brings.items():
                signature[variable].append((key, brought))
        classes: dict[tuple[Any, ...], int] = {}
        of_decision = [classes.setdefault(tuple(parts), len(classes)) for parts in signature]
        table = np.empty((max(len(classes), 1), self.flags), np.int64)
        flags = np.arange(self.flags, dtype=np.int64)
        table[:] = flags
        for parts, number in classes.items():
            after = flags.copy()
            for key, brought in parts:
                stride, most = strides[key], self.counters[key].most
                now = (flags // stride) % (most + 1)
                after += (np.minimum(now + brought, most) - now) * stride
            table[number] = after
        return np.array(of_decision, np.int64), table

    def _strides(self) -> dict[Any, int]:
        strides: dict[Any, int] = {}
        stride = 1
        for key, counter in self.counters.items():
            strides[key] = stride
            stride *= counter.most + 1
        return strides


def by_role(seats: Sequence[tuple[Any, str]], terms: Mapping[int, int]) -> dict[str, dict[int, int]]:
    """Return the decisions of ``terms`` by role."""
    found: dict[str, dict[int, int]] = {}
    for variable, coefficient in terms.items():
        found.setdefault(seats[variable][1], {})[variable] = coefficient
    return found
