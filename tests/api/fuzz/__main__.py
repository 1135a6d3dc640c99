"""``./dev fuzz``: thousands of cases, made from the API's document, against the real server; prints a table in Markdown."""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.api.fuzz.fuzzing import ROLES, Pass, fuzz, things, unexpected
from tests.api.postgres import PostgresServer
from tests.api.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    """Fuzz until there were as many cases as asked for, each role in turn."""
    asked = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    asked.add_argument("--cases", type=int, default=5000, help="go on until there were so many")
    asked.add_argument("--seed", type=int, default=1, help="of the first pass; the next ones count on")
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = asked.parse_args()
    print("| seed | as | operations | cases | failures | seconds |\n|---|---|---|---|---|---|")  # noqa: T201
    with (
        tempfile.TemporaryDirectory(prefix="fuzz-") as folder,
        running(Path(folder), given.database) as server,
    ):
        failures, cases = 0, 0
        made = things(server)
        for turn, role in zip(itertools.count(), itertools.cycle(ROLES)):
            if turn >= len(ROLES) and cases >= given.cases:
                break
            begun = time.monotonic()
            report = fuzz(server, made, Pass(role), given.seed + turn, Path(folder))
            cases += report.cases
            failures += report.status
            seconds = time.monotonic() - begun
            row = (given.seed + turn, role, report.operations, report.cases, report.status, f"{seconds:.0f}")
            print("|", " | ".join(map(str, row)), "|", flush=True)  # noqa: T201
            if report.status:
                print(report.said, file=sys.stderr)  # noqa: T201
        errors = unexpected(server)
    print(f"\n{cases} cases, {failures} passes with failures, {len(errors)} errors in the server's log")  # noqa: T201
    return int(bool(failures or errors))


@contextmanager
def running(folder: Path, database: str) -> Iterator[Server]:
    """Give the server on a new database."""
    with ExitStack() as ending:
        url = ""
        if database == "postgresql":
            postgres = PostgresServer()
            ending.callback(postgres.remove)
            postgres.start()
            url = postgres.create_database("fuzzed", "template0")
        server = Server(folder, url, QUEUED_RUNS="1000000").start()
        ending.callback(server.stop)
        yield server


if __name__ == "__main__":
    sys.exit(main())
