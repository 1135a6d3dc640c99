"""A database with a user and a small round, and workers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.fleet import Fleet, wait_for
from tests.api.jobs.rounds import add_round, add_user, events, run_row, small_county

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa


@dataclass
class Service:
    """A database, its workers, and a round in it."""

    database: sa.Engine
    fleet: Fleet
    round_id: str

    def wait_until(self, run: str, *states: str) -> sa.Row[tuple[object, ...]]:
        """Wait until a run is in one of the states, and return its row."""
        wait_for(lambda: run_row(self.database, run).state in states, f"{run} to be {states}")
        return run_row(self.database, run)

    def wait_for_event(self, run: str, kind: str) -> None:
        """Wait until a run has an event of a type."""
        wait_for(lambda: events(self.database, run, kind), f"{kind} of {run}")


@pytest.fixture
def service(database: sa.Engine, tmp_path: Path) -> Iterator[Service]:
    """Give a database of each kind in turn, with a small round; workers are started by the test."""
    add_user(database)
    round_id = add_round(database, small_county())
    data = tmp_path / "data"
    data.mkdir()
    url = database.url.render_as_string(hide_password=False)
    with Fleet(url, data) as fleet:
        yield Service(database, fleet, round_id)
