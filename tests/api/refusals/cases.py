"""The table of refusals: for each code a request that is refused so, and what is said in both languages."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from api.storage.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx
    import sqlalchemy as sa

    from tests.api.server import Server

    Provoke = Callable[[Server, Mapping[str, str]], httpx.Response]


class Case(NamedTuple):
    """A request that is refused, and what is said, or the beginning of it."""

    provoke: Provoke
    zh: str
    en: str


CASES: dict[str, Case] = {}


def case(code: str, zh: str, en: str) -> Callable[[Provoke], Provoke]:
    """Put a request into the table."""

    def put(provoke: Provoke) -> Provoke:
        CASES[code] = Case(provoke, zh, en)
        return provoke

    return put


@contextlib.contextmanager
def changing(server: Server) -> Iterator[sa.Connection]:
    """Give a transaction behind the server's back."""
    database = connect(server.database_url)
    with database.begin() as connection:
        yield connection
    database.dispose()
