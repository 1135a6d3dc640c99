"""The application: its routes, its layers and what becomes of errors."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from api import errors
from api.access import password_routes as passwords
from api.access import routes as access
from api.access import session_routes as sessions
from api.access.oidc import routes as oidc
from api.catalogue import routes as catalogue
from api.exports import routes as exports
from api.hooks import host_routes as hook_hosts
from api.hooks import routes as hooks
from api.hooks.courier import Courier
from api.http import openapi
from api.http.head import Head
from api.http.headers import Edge
from api.http.limits import BodyLimits
from api.plans import routes as plans
from api.publishing import routes as publishing
from api.rounds import routes as rounds
from api.runs import answer_routes as run_answers
from api.runs import question_routes as questions
from api.runs import routes as runs
from api.state import open_service
from api.upkeep import Upkeep
from api.watch import health, metrics
from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.config import Settings

API = "/api/v1"

#: The framework's own traces hold paths, queries and messages of errors; ours do not (:mod:`api.watch.traces`).
_NO_TELEMETRY: TelemetryConfig = {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}

#: Requests that work at the same time; each may hold a connection to the database.
_WORKING = 16


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of the API, all below :data:`API`."""
    return (
        access.router, sessions.router, passwords.router, oidc.router, rounds.router, runs.router, run_answers.router,
        questions.router, plans.router, exports.router, publishing.router, catalogue.router, hook_hosts.router, hooks.router,
    )  # fmt: skip


def create_app(settings: Settings) -> FastAPI:
    """Make the application; the database is opened here, and closed when the application ends.

    Raises
    ------
    StorageRefused
        When the database can't be used.
    BadSettings
        When a file that the settings name can't be used.
    """
    service = open_service(settings)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _WORKING
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(service.hub.live)
            tasks.start_soon(Courier(service.database, service.secrets, settings).live)
            tasks.start_soon(Upkeep(service).live)
            yield
            tasks.cancel_scope.cancel()
        await anyio.to_thread.run_sync(service.desk.close)
        service.database.dispose()

    # No pages of documentation: they would load scripts from elsewhere.
    app = FastAPI(
        title="Village cadre matcher", version=VERSION, lifespan=living,
        openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None, telemetry=_NO_TELEMETRY,
        generate_unique_id_function=openapi.operation_id,
    )  # fmt: skip
    app.state.service = service
    app.include_router(health.router)
    app.include_router(metrics.router)
    for router in routers():
        app.include_router(router, prefix=API)
    errors.prepare(app)
    openapi.prepare(app)
    uploads = [f"{API}{path}" for path in (*rounds.UPLOADS, *plans.UPLOADS)]
    app.add_middleware(BodyLimits, most=settings.body_bytes, depth=settings.json_depth, uploads=uploads)
    app.add_middleware(Head)
    app.add_middleware(Edge, is_https=settings.public_url.startswith("https:"))
    return app


def route_methods(app: FastAPI) -> list[tuple[str, str]]:
    """Return method and path of every route of the API's document."""
    paths: dict[str, dict[str, Any]] = app.openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]
