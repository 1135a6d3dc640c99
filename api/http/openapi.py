"""The API's document: with the schemas of round, plan and result, the key that is asked for, refusals and links."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import PydanticJsonSchemaWarning

from api.access.cookies import PLAIN, SECURE, TOKEN_HEADER
from api.access.roles import PUBLIC_PATHS
from api.http import openapi_links, openapi_refusals
from matcher.plan import Plan
from matcher.result import Result
from matcher.round import Round

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.routing import APIRoute
    from pydantic import BaseModel

_REFERENCE = "#/components/schemas/{model}"
_SCHEME, _SESSION, _TOKEN = "key", "session", "token"
_OVER_HTTPS = f"Of a log-in at POST /session; over https its name is {SECURE}."
_FOR_CHANGES = (
    "The csrf_token of the session; asked for with POST, PUT, PATCH and DELETE, as is the header Origin."
)
#: Documents of the engine, which are given and taken as they are.
_DOCUMENTS: Final[tuple[type[BaseModel], ...]] = (Round, Plan, Result)


def operation_id(route: APIRoute) -> str:
    """Return the name of an operation: what it is about, and what it does."""
    return "_".join([*map(str, route.tags), route.name])


def document_of(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """Return what a route that answers with a document of the engine says of it in ``responses``."""
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {200: {"content": {"application/json": {"schema": schema}}}}


def prepare(app: FastAPI) -> None:
    """Let the application's document be completed when it is first asked for."""
    plain = app.openapi

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(plain())
        return app.openapi_schema

    app.openapi = complete  # type: ignore[method-assign] # as the framework's guide does it


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for model in _DOCUMENTS:
        schemas |= _schemas_of(model)
    schemas["Problem"] = openapi_refusals.PROBLEM
    components["responses"] = openapi_refusals.answers()
    components["securitySchemes"] = {
        _SCHEME: {"type": "http", "scheme": "bearer", "bearerFormat": "mk_…"},
        _SESSION: {"type": "apiKey", "in": "cookie", "name": PLAIN, "description": _OVER_HTTPS},
        _TOKEN: {"type": "apiKey", "in": "header", "name": TOKEN_HEADER, "description": _FOR_CHANGES},
    }
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if path not in PUBLIC_PATHS:
                operation.setdefault("security", [{_SCHEME: []}, {_SESSION: [], _TOKEN: []}])
            _complete_answers(path, method, operation)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    openapi_links.link(document)
    return document


def _complete_answers(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    # What the framework says of invalid requests is not what they are answered.
    responses.pop("422", None)
    if any(parameter["name"] == "If-None-Match" for parameter in operation.get("parameters", [])):
        responses["304"] = {"description": "It is as the caller has it already."}
    responses |= openapi_refusals.refusals_of(path, method, operation)


def _schemas_of(model: type[BaseModel]) -> dict[str, Any]:
    with warnings.catch_warnings():
        # Some defaults are maps that JSON schemas can't hold; they are left out.
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        whole = model.model_json_schema(ref_template=_REFERENCE)
    return {**whole.pop("$defs", {}), model.__name__: whole}
