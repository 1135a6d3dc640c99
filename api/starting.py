"""Starting the service: all that can be refused is refused first, then its processes run until it is told to end."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal

import structlog

from api.access.first import first_key
from api.config import Settings, effective
from api.jobs.own_name import require_name
from api.refusals import ServiceRefused
from api.serve import GRACE, greet, listening, log_settings
from api.service_lock import only_service
from api.state import open_service
from api.storage.engine import open_database
from api.supervisor import Part, supervise
from api.watch import logging

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

Role = Literal["all", "api", "worker"]

#: Seconds beyond those that a process itself takes at most to end in good order.
_MARGIN = 10.0
_WORKER_PATIENCE = 15.0 + _MARGIN


def run(
    settings: Settings,
    role: Role = "all",
    *,
    cores: int | None = None,
    name: str | None = None,
    key_file: Path | None = None,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Run the processes of a role until SIGTERM or SIGINT.

    Parameters
    ----------
    cores
        How many cores the runs of the worker may take; all of this machine where not given.
    name
        What the worker is called in the database, where no other may be called so; this machine's name where not given.
    key_file
        Where the first start writes the administrator's key; else it is printed.
    before
        What is done with the database before the processes begin.

    Raises
    ------
    ServiceRefused, StorageRefused, JobsRefused
        Where it can't begin; then nothing was started.
    """
    if role != "all" and settings.is_sqlite:
        raise ServiceRefused("roles_need_postgresql")
    if name is not None:
        require_name(name)
    logging.set_up(settings.log_level)
    with ExitStack() as held:
        parts: list[Part] = []
        if role == "worker":
            structlog.get_logger().info("settings", role=role, **effective(settings))
            open_database(settings.database_url, migrate=False).dispose()
            parts.append(_worker(settings, cores, name, ()))
            supervise(parts)
            return
        lock = held.enter_context(only_service(settings.data))
        opened = _opened(settings, key_file)
        held.callback(opened.close)
        log_settings(settings, opened, role=role)
        before()
        parts.append(_api(settings, opened, lock))
        if role == "all":
            parts.append(_worker(settings, cores, name, (lock,)))
        # Nobody is to wait at a socket that is answered no more.
        supervise(parts, before_end=opened.close)


def _opened(settings: Settings, key_file: Path | None) -> socket.socket:
    """Return the socket of the service, after its database, secrets and first administrator are there."""
    try:
        opened = listening(settings)
    except OSError as error:
        address = f"{settings.host}:{settings.port}"
        raise ServiceRefused("address_not_free", address=address, message=error.strerror or error) from None
    try:
        service = open_service(settings)
        try:
            key = first_key(service, key_file)
        finally:
            service.database.dispose()
    except FileExistsError as error:
        opened.close()
        raise ServiceRefused("key_file_exists", path=error.filename) from None
    except BaseException:
        opened.close()
        raise
    greet(key, key_file, opened)
    return opened


def _api(settings: Settings, opened: socket.socket, lock: int) -> Part:
    command = ["api.serve", "--data", str(settings.data), "--listener", str(opened.fileno())]
    patience = settings.drain_seconds + GRACE + _MARGIN
    return Part("api", _python(command), _environment(settings), (lock, opened.fileno()), patience)


def _worker(settings: Settings, cores: int | None, name: str | None, passed: tuple[int, ...]) -> Part:
    command = ["api.jobs.worker", "--data", str(settings.data)]
    if cores is not None:
        command += ["--cores", str(cores)]
    if name is not None:
        command += ["--name", name]
    return Part("worker", _python(command), _environment(settings), passed, _WORKER_PATIENCE)


def _python(command: list[str]) -> list[str]:
    return [sys.executable, "-P", "-m", *command]


def _environment(settings: Settings) -> dict[str, str]:
    """Return the variables of a part; the database's address is there, for others see a command's arguments."""
    variables = {name: value for name, value in os.environ.items() if name != "MATCHER_DATABASE_FILE"}
    return {**variables, "MATCHER_DATABASE": settings.database_url}
