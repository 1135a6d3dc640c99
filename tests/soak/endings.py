"""The end of a soak: ended in good order, verified, backed up and restored, all with the commands that people have."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from api.storage.restore import verify
from tests.api.operate.serving import matcher
from tests.soak.deployments import end, processes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.soak.deployments import Deployment
    from tests.soak.violations import Record


def check_backup(deployment: Deployment, folder: Path, record: Record) -> None:
    """Back up while the service runs, restore into an empty database, and compare table by table."""
    first, second = folder / "first.tar.gz", folder / "second.tar.gz"
    url = deployment.database_url
    other = f"sqlite:///{folder / 'restored' / 'matcher.sqlite3'}"
    (folder / "restored").mkdir()
    if deployment.server is not None:
        other = deployment.server.create_database("restored")
    data = folder / "commands"
    commands = [
        ("backup", first, url),
        ("restore", first, other),
        ("backup", second, other),
    ]
    for name, file, database in commands:
        done = matcher(name, file, "--data", data, MATCHER_DATABASE=database)
        record.unless(done.returncode == 0, "a backup can be restored", f"{name}: {done.stderr}")
        if done.returncode != 0:
            return
    tables = verify(first).tables
    record.unless(tables == verify(second).tables, "a restored backup is equal", tables)


def check_trail_by_command(
    deployment: Deployment, folder: Path, anchors: dict[int, str], record: Record
) -> None:
    """Verify the audit trail with every anchor that was taken on the way."""
    file = folder / "anchors"
    file.write_text("".join(f"{number} {digest}\n" for number, digest in anchors.items() if number), "utf-8")
    given = ("audit", "verify", "--anchor", file, "--data", folder / "commands")
    done = matcher(*given, MATCHER_DATABASE=deployment.database_url)
    record.unless(done.returncode == 0, "the audit trail is whole", done.stderr)


def check_end(deployment: Deployment, record: Record) -> None:
    """End everything in good order; nothing may be left."""
    statuses = end(deployment)
    record.unless(not any(statuses), "it ends in good order", statuses)
    time.sleep(0.5)
    left = processes(deployment)
    record.unless(not left, "no process is left over", left)


def check_logs(deployment: Deployment, record: Record) -> int:
    """Look through the logs for errors that nobody foresaw; return how often a woken worker found its lease lost."""
    lost = 0
    for serving in deployment.servings:
        for number, line in enumerate(
            serving.log.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            is_foreseen = line.startswith("{") and '"event": "unexpected error"' not in line
            record.unless(
                is_foreseen,
                "the log has no error that nobody foresaw",
                f"{serving.log.parent.name}:{number} {line}",
            )
            lost += '"event": "lease_lost"' in line
    return lost
