"""The service as it is run: on one machine with SQLite, or as an api and workers apart with PostgreSQL."""

from __future__ import annotations

import secrets
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.api.operate.serving import Serving
from tests.api.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Cores of each worker: one that is alone can hold the runs of a round.
_CORES = "2"


class Deployment(Protocol):
    """What the soak does harm to.

    Attributes
    ----------
    servings
        Each ``matcher serve``; the first is or has the api.
    database_url
        Of their database.
    server
        The database's own server, where it has one.
    token
        Stands in the environment of each process of the service, however it came to be.
    """

    servings: list[Serving]
    database_url: str
    server: PostgresServer | None
    token: str


class OneMachine:
    """``matcher serve`` with SQLite: a supervisor, the api and one worker."""

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_hex(12)
        self.server: PostgresServer | None = None
        serving = _serving(folder, self.token, "--cores", _CORES)
        self.database_url = serving.database_url
        self.servings = [serving]


class Apart:
    """Three ``matcher serve`` with PostgreSQL: an api and two workers, each with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_hex(12)
        self.server: PostgresServer | None = PostgresServer()
        self.server.start()
        self.database_url = self.server.create_database("soak")
        roles = {"api": [], "w-1": ["--name", "w-1"], "w-2": ["--name", "w-2"]}
        self.servings = []
        for name, more in roles.items():
            role = "worker" if more else "api"
            own = folder / name
            own.mkdir()
            given = ("--role", role, "--cores", _CORES, *more)
            self.servings.append(_serving(own, self.token, *given, MATCHER_DATABASE=self.database_url))


def start(deployment: Deployment) -> None:
    """Start everything, the api first, for it makes the tables."""
    for serving in deployment.servings:
        serving.start()


def api_of(deployment: Deployment) -> Serving:
    """Return the one that answers HTTP."""
    return deployment.servings[0]


def workers_of(deployment: Deployment) -> list[Serving]:
    """Return those that have a worker."""
    return deployment.servings[1:] or deployment.servings


def processes(deployment: Deployment) -> set[int]:
    """Return every process of the service, found by what stands in its environment."""
    mark = f"PYTHONSOAK={deployment.token}".encode()
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if mark in (folder / "environ").read_bytes().split(b"\0") and not _is_dead(folder):
                    found.add(int(folder.name))
    return found


def strays(deployment: Deployment) -> set[int]:
    """Return the processes that no supervisor has, neither by itself nor through others."""
    held: set[int] = set()
    for serving in deployment.servings:
        held |= {serving.pid, *serving.descendants()}
    return processes(deployment) - held


def end(deployment: Deployment) -> Sequence[int]:
    """End everything in good order; return the exit statuses."""
    return [serving.signal(signal.SIGTERM) for serving in deployment.servings]


def _serving(folder: Path, token: str, *options: str, **settings: str) -> Serving:
    # What a person would not do in an hour is done in a minute here, and the machine is busy.
    plenty = {"MATCHER_RATE": "100000/minute", "MATCHER_DESK_SECONDS": "60"}
    key = folder / "administrator.key"
    given = ("--admin-key-file", str(key), *options)
    return Serving(folder, *given, PYTHONSOAK=token, **plenty, **settings)


def _is_dead(process: Path) -> bool:
    return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[
        0
    ] in "ZX"
