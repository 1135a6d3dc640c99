"""A PostgreSQL server of the tests' own: made in a temporary folder, listening on this machine, gone at the end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_PATIENCE = 60.0


class PostgresServer:
    """A server with one superuser, ``postgres``, whose password is random; it is durable, as a real one is.

    Attributes
    ----------
    folder
        Its data and its socket; a short path, for a socket's may not be long.
    port
        Where it listens on 127.0.0.1.
    """

    def __init__(self) -> None:
        self._programs = _programs()
        # pytest's own folders are root's alone, and their paths are too long for a socket.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self._password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._make()
        self.port = _free_port()

    def url(self, database: str, options: str = "") -> str:
        """Return the address of a database, over TCP."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self.port}/{database}{options}"

    def start(self, *settings: str) -> None:
        """Start it with ``name=value`` settings, and wait until it answers."""
        given = (
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
            "max_connections=200",
            *settings,
        )
        # It ends with whoever started it, however that ends.
        command = [*_as_postgres(), "--pdeathsig", "QUIT", str(self._programs / "postgres")]
        options = [part for setting in given for part in ("-c", setting)]
        log = (self.folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [*command, "-D", str(self.folder / "data"), *options], stdout=log, stderr=log, cwd="/"
            )
        self._wait()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends its connections, SIGQUIT ends without writing anything, as a crash does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            self._process = None

    def crash(self) -> None:
        """Kill the postmaster, and wait until its backends have noticed: they hold the memory that they share."""
        assert self._process is not None
        pid = str(self._process.pid)
        backends = subprocess.run(
            ["pgrep", "-P", pid], capture_output=True, text=True, check=False
        ).stdout.split()
        self._process.kill()
        self._process.wait(_PATIENCE)
        self._process = None
        end = time.monotonic() + _PATIENCE
        while any(Path(f"/proc/{backend}").exists() for backend in backends):
            assert time.monotonic() < end, "backends outlive the postmaster"
            time.sleep(0.02)

    def remove(self) -> None:
        """Stop it and delete all it has."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database, as a copy of ``template``, and return its address."""
        self.run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self.url(name)

    def create_database_at(self, folder: Path, name: str) -> str:
        """Create a database whose tables are in a folder of its own, which is made, and return its address."""
        folder.mkdir()
        self._own(folder)
        place, base = sql.Identifier(f"at_{name}"), sql.Identifier(name)
        self.run(
            sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(place, sql.Literal(str(folder))),
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 TABLESPACE {}").format(base, place),
        )
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def run(self, *statements: sql.Composed) -> None:
        """Run statements as the superuser, each by itself."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self._password)
        self._own(self.folder, secret)
        made = subprocess.run(
            [
                *_as_postgres(), str(self._programs / "initdb"), "-D", str(self.folder / "data"),
                "--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256", "--no-sync",
                "--encoding=UTF8", "--locale=C.UTF-8",
            ],
            capture_output=True, text=True, check=False, cwd="/",
        )  # fmt: skip
        assert made.returncode == 0, made.stderr

    def _own(self, *paths: Path) -> None:
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in paths:
                os.chown(path, owner.pw_uid, owner.pw_gid)

    def _wait(self) -> None:
        assert self._process is not None
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                log = (self.folder / "log").read_text()
                assert self._process.poll() is None, log
                assert time.monotonic() < end, log
                time.sleep(0.05)
            else:
                return


def server_version() -> str:
    """Return the version of the server that is installed."""
    command = [str(_programs() / "postgres"), "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[2]


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs, of the newest version that is installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    elsewhere = shutil.which("initdb")
    found = debian[-1] if debian else Path(elsewhere).resolve() if elsewhere else None
    if found is None:
        pytest.fail(
            "PostgreSQL is not installed: run ./dev test, or sudo apt-get install postgresql", pytrace=False
        )
    return found.parent


def _version(program: Path) -> list[int]:
    return [int(part) for part in program.parts[4].split(".")]


def _as_postgres() -> list[str]:
    """Return the beginning of a command that runs as a user whom PostgreSQL takes; it refuses root."""
    if os.getuid() != 0:
        return ["setpriv"]
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
