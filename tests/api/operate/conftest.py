"""A service that is gone at the end of the test, with a round in its database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.api.jobs.rounds import add_round, add_run, add_user, small_county
from tests.api.operate.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """Give a maker of services on one data folder; each is started."""
    made: list[Serving] = []

    def make(*options: str, **settings: str) -> Serving:
        made.append(Serving(tmp_path, *options, **settings))
        return made[-1].start()

    yield make
    for one in made:
        one.stop()


@contextmanager
def opened(serving: Serving) -> Iterator[sa.Engine]:
    """Give the database of a service."""
    database = serving.database()
    try:
        yield database
    finally:
        database.dispose()


def post_run(database: sa.Engine, effort: float = 4.0, plans: int = 1, villages: int = 25) -> str:
    """Queue a run, and return its identifier; several plans of a small round take a while, each a solve or more."""
    add_user(database)
    round_id = add_round(database, small_county(villages))
    return add_run(database, round_id, settings={"effort": effort, "plans": plans})
