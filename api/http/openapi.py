"""The API's document: with the schemas of round and plan, the key that is asked for, and the form of every refusal."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import PydanticJsonSchemaWarning

from api.access.cookies import PLAIN, SECURE, TOKEN_HEADER
from api.access.roles import PUBLIC_PATHS
from api.problems import MEDIA_TYPE
from matcher.plan import Plan
from matcher.round import Round

if TYPE_CHECKING:
    from fastapi import FastAPI
    from pydantic import BaseModel

_REFERENCE = "#/components/schemas/{model}"
_SCHEME, _SESSION, _TOKEN = "key", "session", "token"
_OVER_HTTPS = f"Of a log-in at POST /session; over https its name is {SECURE}."
_FOR_CHANGES = (
    "The csrf_token of the session; asked for with POST, PUT, PATCH and DELETE, as is the header Origin."
)
_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "required": ["type", "code", "title", "detail", "status", "instance", "request_id", "problems"],
    "properties": {
        **dict.fromkeys(("type", "code", "title", "detail", "instance", "request_id"), _TEXT),
        "status": {"type": "integer"},
        "problems": {"type": "array", "items": {"type": "object"}},
    },
}


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
    schemas |= _schemas_of(Round) | _schemas_of(Plan)
    schemas["Problem"] = _PROBLEM
    components["securitySchemes"] = {
        _SCHEME: {"type": "http", "scheme": "bearer", "bearerFormat": "mk_…"},
        _SESSION: {"type": "apiKey", "in": "cookie", "name": PLAIN, "description": _OVER_HTTPS},
        _TOKEN: {"type": "apiKey", "in": "header", "name": TOKEN_HEADER, "description": _FOR_CHANGES},
    }
    for path, methods in document["paths"].items():
        for operation in methods.values():
            responses = operation["responses"]
            # What the framework says of invalid requests is not what they are answered.
            responses.pop("422", None)
            responses["default"] = {
                "description": "The request is refused.",
                "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}},
            }
            if path not in PUBLIC_PATHS:
                operation.setdefault("security", [{_SCHEME: []}, {_SESSION: [], _TOKEN: []}])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return document


def _schemas_of(model: type[BaseModel]) -> dict[str, Any]:
    with warnings.catch_warnings():
        # Some defaults are maps that JSON schemas can't hold; they are left out.
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        whole = model.model_json_schema(ref_template=_REFERENCE)
    return {**whole.pop("$defs", {}), model.__name__: whole}
