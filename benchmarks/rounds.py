"""The rounds that are measured: a visible list, one line each. They are made by ``matcher.synth`` and cached."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.places import BUILD, digest_of
from matcher.round import Round
from matcher.synth import county, county_of, generate_from, one_county
from matcher.synth.stress import STRESS, stress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of round that can be made with any seed.

    Attributes
    ----------
    name
        What it is asked for by.
    group
        ``kind``, ``size`` or ``stress``; a whole group can be asked for by it.
    make
        From a seed to the document.
    villages
        Its size, where the list of sizes is what it is for.
    seeded
        Whether another seed gives another round.
    """

    name: str
    group: str
    make: Callable[[int], Document]
    villages: int = 0
    seeded: bool = True


def _one_county(kind: str, seed: int) -> Document:
    return generate_from(one_county(kind), seed).document


def _stress(name: str, _seed: int) -> Document:
    return stress(name).build()


def _size(villages: int) -> Case:
    return Case(f"v{villages}", "size", partial(county_of, villages), villages)


#: Every round that can be measured.
CASES: tuple[Case, ...] = (
    Case("huaxi", "kind", partial(county, "huaxi")),  # 23 villages, 160 cadres
    Case("qinyang", "kind", partial(county, "qinyang")),  # 60 villages, 230 cadres
    Case("louxing", "kind", partial(county, "louxing")),  # 71 villages, 420 cadres
    Case("yuzhong", "kind", partial(county, "yuzhong")),  # 114 villages, 520 cadres, the old plan in force
    Case(
        "qiannan-county", "kind", partial(_one_county, "qiannan")
    ),  # 110 villages, 750 cadres, teams of 3 to 6
    Case("qiannan", "kind", partial(county, "qiannan")),  # 1,319 villages, 9,000 cadres, twelve counties
    _size(25),
    _size(50),
    _size(100),
    _size(200),  # the last that is one county
    _size(400),
    _size(800),
    _size(1600),
    *(Case(case.name, "stress", partial(_stress, case.name), seeded=False) for case in STRESS),
)


@dataclass(frozen=True, slots=True)
class Given:
    """One round to be measured.

    Attributes
    ----------
    case, seed
        What it is.
    path
        Its document.
    """

    case: Case
    seed: int
    path: Path

    @property
    def label(self) -> str:
        """What it is called in reports."""
        return f"{self.case.name}-{self.seed}" if self.case.seeded else self.case.name

    def read(self) -> Round:
        """Return the round."""
        return read_round(self.path)


def read_round(path: Path) -> Round:
    """Return the round of a cached document."""
    return Round.from_document(json.loads(path.read_text("utf-8")))


def cases_of(names: Iterable[str]) -> list[Case]:
    """Return the cases with these names or of these groups, in the order of the list.

    Raises
    ------
    KeyError
        With the first name that is neither.
    """
    wanted = list(names)
    for name in wanted:
        if not any(name in (case.name, case.group) for case in CASES):
            raise KeyError(name)
    return [case for case in CASES if case.name in wanted or case.group in wanted]


def given(case: Case, seed: int, folder: Path = BUILD / "rounds") -> Given:
    """Return a round, made now where it is not in the cache.

    The name of the file holds a digest of the generator: where that changes, rounds are made anew.
    """
    path = folder / f"{case.name}-{seed}-{digest_of('matcher/synth')}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(case.make(seed), ensure_ascii=False), "utf-8")
        part.replace(path)
    return Given(case, seed, path)
