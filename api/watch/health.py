"""Health: whether the process lives, and whether it can do its work."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.problems import Refused
from api.state import service_of
from api.storage.health import is_answering
from matcher.version import VERSION

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> JSONResponse:
    """Say that the process lives; it asks nothing of anybody."""
    return JSONResponse({"status": "alive", "version": VERSION})


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """Say whether requests can be answered: the database is there, and the service is not about to end."""
    service = service_of(request)
    if service.draining.is_set():
        raise Refused("draining", headers={"Retry-After": "2"}, seconds=2)
    if not is_answering(service.database):
        raise Refused("storage_unavailable", headers={"Retry-After": "2"}, seconds=2)
    return JSONResponse({"status": "ready", "version": VERSION})
