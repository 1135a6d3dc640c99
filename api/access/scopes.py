"""Scopes: which counties a grant reaches, and which counties a round is about."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from api.config import BadSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from matcher.round import Round

ScopeKind = Literal["all", "prefecture", "county"]

#: A prefecture's code by GB/T 2260: six digits, of which the last two are 00.
_PREFECTURE_CODE = re.compile(r"\d{4}00")
_COUNTY_CODE = re.compile(r"\d{6}")

#: The county of a round that names none; only who may see everything may see it.
NO_COUNTY = ""


@dataclass(frozen=True, slots=True)
class Regions:
    """Which counties each prefecture has, by the names that rounds use; codes need no entry."""

    counties: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, file: Path | None) -> Regions:
        """Read them from a JSON file: ``{"prefecture": ["county", …], …}``.

        Raises
        ------
        BadSettings
            When the file is missing or says something else.
        """
        if file is None:
            return cls({})
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise BadSettings([f"MATCHER_REGIONS_FILE: {file} is no readable JSON file; mend it"]) from None
        is_right = isinstance(data, dict) and all(
            isinstance(names, list) and all(isinstance(name, str) for name in names)
            for names in data.values()
        )
        if not is_right:
            line = f'MATCHER_REGIONS_FILE: {file} should be {{"prefecture": ["county", …], …}}; mend it'
            raise BadSettings([line])
        return cls({name: frozenset(names) for name, names in data.items()})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller's grants reach for one action.

    Attributes
    ----------
    everything
        True where there is no limit.
    counties
        The counties by name or code.
    code_prefixes
        The first four digits of the codes of prefectures whose counties are reached.
    """

    everything: bool = False
    counties: frozenset[str] = frozenset()
    code_prefixes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, grants: Iterable[tuple[ScopeKind, str]], regions: Regions) -> Scope:
        """Return what the grants reach together."""
        counties: set[str] = set()
        prefixes: set[str] = set()
        for kind, name in grants:
            if kind == "all":
                return cls(everything=True)
            if kind == "county":
                counties.add(name)
            else:
                counties |= regions.counties.get(name, frozenset())
                if _PREFECTURE_CODE.fullmatch(name):
                    prefixes.add(name[:4])
        return cls(False, frozenset(counties), frozenset(prefixes))

    def reaches(self, counties: Iterable[str]) -> bool:
        """Return whether all of ``counties`` are within the scope."""
        return self.everything or all(self._has(county) for county in counties)

    def _has(self, county: str) -> bool:
        is_code = _COUNTY_CODE.fullmatch(county) is not None
        return county in self.counties or (is_code and county[:4] in self.code_prefixes)


def counties_of(round_: Round) -> list[str]:
    """Return the counties that a round is about.

    They are those of its villages. Where no village names one, the round's region stands for it; where that is
    blank too, the round is about :data:`NO_COUNTY`.
    """
    named = {place.township[0] for place in round_.facts.places.values()}
    return sorted((county or round_.region).strip() or NO_COUNTY for county in named)
