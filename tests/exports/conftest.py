"""Small solved rounds: one with everything odd in its texts, one with soft rules that are not met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from matcher import Round, Settings, solve
from matcher.synth.stress import stress
from tests.exports.captains import document_with_captains

if TYPE_CHECKING:
    from matcher import Plan, Result


@dataclass(frozen=True)
class Solved:
    """A round with its result."""

    round: Round
    result: Result

    @property
    def plan(self) -> Plan:
        """The best plan."""
        return self.result.plans[0]


def solved(document: dict[str, Any]) -> Solved:
    round_ = Round.from_document(document)
    return Solved(round_, solve(round_, Settings(effort="quick")))


@pytest.fixture(scope="session")
def plain() -> Solved:
    """Return a round of four villages, one of its posts decided, one a named pick."""
    document = stress("twins").build()
    document["decisions"] = [
        {"kind": "lock", "cadre": document["cadres"][0]["id"], "village": document["villages"][0]["id"]}
    ]
    document["cadres"][1]["named_pick"] = True
    return solved(document)


@pytest.fixture(scope="session")
def odd() -> Solved:
    """Return a round whose texts look like formulas, whose name steers headers, and whose soft rules fail."""
    document = stress("recalled_unit").build()
    document["name"] = "=A1&B1 & 某县 [选派]"
    for number, start in enumerate("=+-@"):
        document["cadres"][number]["name"] = f"{start}1+1"
        document["cadres"][number]["position"] = f"{start}CMD()"
        document["villages"][number % len(document["villages"])]["name"] = f"{start}村"
    document["units"][0]["name"] = '=HYPERLINK("http://x")'
    document["rules"] = [
        {"id": "team_units", "mode": "soft", "weight": 3, "params": {"max_units": 1}, "source": "=文件"},
        {"id": "total_posts", "mode": "soft", "weight": 2, "params": {"min": 50}},
    ]
    return solved(document)


@pytest.fixture(scope="session")
def with_captains() -> Solved:
    """Return a round of two counties with general captains."""
    return solved(document_with_captains())
