"""A database with rows in every table, for tests that leave it as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.databases import KINDS, new_database
from tests.api.storage.rows import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Give a database of each kind in turn, which the tests of a module share."""
    with new_database(request, request.param, tmp_path_factory.mktemp("filled")) as database:
        fill(database)
        yield database
