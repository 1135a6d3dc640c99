"""A webhook that leads nowhere, for tests of what may be done with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.storage.engine import connect
from api.storage.identifiers import new_identifier
from api.storage.schema import deliveries

if TYPE_CHECKING:
    from tests.api.server import Server

#: A private address, listed without a word on that: nothing is ever sent there.
HOST = "127.0.0.9"
HOOK = {"url": f"http://{HOST}/", "events": ["run.infeasible"]}


def listed_webhook(server: Server) -> str:
    """List the host, and make a webhook to it."""
    assert server.administrator.put(f"/webhook-hosts/{HOST}", json={}).status_code == 200
    return str(server.administrator.post("/webhooks", json=HOOK).json()["id"])


def delivered(server: Server, webhook: str, **changes: Any) -> str:
    """Put in a delivery that was delivered, or is otherwise as said, behind the server's back."""
    at = time.time_ns() // 1_000_000
    row = {"id": new_identifier(), "webhook_id": webhook, "event": "run.infeasible", "body": {}, "at": at}
    ended = {"next_at": at, "state": "delivered", "ended_at": at, **changes}
    database = connect(server.database_url)
    with database.begin() as connection:
        connection.execute(sa.insert(deliveries).values(**row, **ended))
    database.dispose()
    return str(row["id"])
