"""What is answered to whoever asked something of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.idempotency import Answer
from api.runs import service
from api.state import service_of

if TYPE_CHECKING:
    import sqlalchemy as sa
    from fastapi import Request

    from api.runs.repository import Run


def accepted(request: Request, connection: sa.Connection, run: Run, status: int = 202) -> Answer:
    """Return a run as it stands, with its address."""
    position = service.position(connection, run)
    location = request.app.url_path_for("get_run", run_id=run.id)
    headers = {"Location": location, "ETag": service.tag_of(connection, run, position)}
    return Answer(status, service.view(connection, service_of(request).views, run, position), headers)
