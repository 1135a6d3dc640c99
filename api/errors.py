"""What becomes of errors: whatever goes wrong is answered as a problem, with a code and in the caller's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.http.headers import request_id_of
from api.http.languages import language_of
from api.http.validation import request_problems
from api.no_room import AGAIN_WHEN_FULL
from api.problems import Refused, problem_response
from api.state import service_of
from api.storage.health import UNAVAILABLE, is_full
from api.storage.refusals import StorageRefused
from api.watch.logging import where

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

_AGAIN = 2
#: A body that could not be read as JSON is the one thing that the framework answers 400.
_BY_STATUS = {400: "json_syntax", 404: "not_found", 413: "body_too_large", 415: "body_type"}
_METHOD_NOT_ALLOWED = 405

_log = structlog.get_logger()


def prepare(app: FastAPI) -> None:
    """Let every error of the routes be answered as a problem."""
    kinds: dict[type[Exception], Callable[[Request, Any], Refused]] = {
        Refused: lambda _request, error: error,
        RequestValidationError: _invalid,
        HTTPException: _of_framework,
        StorageRefused: _storage_refused,
        **dict.fromkeys(UNAVAILABLE, _unavailable),
        OSError: _of_a_file,
    }
    for kind, refusal in kinds.items():
        app.add_exception_handler(kind, _handler(refusal))


def _handler(refusal: Callable[[Request, Any], Refused]) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        refused = refusal(request, error)
        if refused.code == "not_found":
            service_of(request).denials.not_found(request)
        return problem_response(refused, language_of(request), request.url.path, request_id_of(request))

    return handle


def _invalid(_request: Request, error: RequestValidationError) -> Refused:
    if any(found["type"] == "json_invalid" for found in error.errors()):
        return Refused("json_syntax")
    problems = request_problems(error)
    return Refused("request_invalid", problems=problems, count=len(problems))


def _of_framework(request: Request, error: HTTPException) -> Refused:
    if error.status_code == _METHOD_NOT_ALLOWED:
        allowed = ", ".join(_methods(request))
        return Refused(
            "method_not_allowed", headers={"Allow": allowed}, method=request.method, allowed=allowed
        )
    return Refused(_BY_STATUS.get(error.status_code, "json_syntax"))


def _methods(request: Request) -> list[str]:
    """Return the methods that this address takes; the framework names those of one of its routes only."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    path = request.url.path
    named = (
        [paths[path]]
        if path in paths
        else [m for p, m in paths.items() if compile_path(p)[0].fullmatch(path)]
    )
    found = {method.upper() for methods in named for method in methods}
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _storage_refused(_request: Request, error: StorageRefused) -> Refused:
    _log.error("storage refused", reason=error.code, **where(error))
    return Refused("storage_refused", reason=error.code)


def _unavailable(_request: Request, error: Exception) -> Refused:
    if is_full(error):
        return _full(error)
    _log.error("storage unavailable", **where(error))
    return Refused("storage_unavailable", headers={"Retry-After": str(_AGAIN)}, seconds=_AGAIN)


def _of_a_file(_request: Request, error: OSError) -> Refused:
    if not is_full(error):
        raise error
    return _full(error)


def _full(error: Exception) -> Refused:
    _log.error("storage full", **where(error))
    return Refused("storage_full", headers={"Retry-After": str(AGAIN_WHEN_FULL)}, seconds=AGAIN_WHEN_FULL)
