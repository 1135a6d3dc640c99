"""The API's document: complete, with examples that are what they are examples of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.access.login_schemas import Identity, LogIn, PasswordChange, PasswordReset, PasswordSetting
from api.access.schemas import Grants, NewKey, NewPrincipal, PrincipalChange
from api.hooks.schemas import HostRules, NewWebhook
from api.plans.schemas import EXAMPLE_PLAN, PlanEdit
from api.publishing.schemas import RollBack
from api.rounds.schemas import EXAMPLE_ROUND, RoundEdits
from api.runs.question_schemas import (
    CoreAsked,
    MendAsked,
    PricesAsked,
    ScenarioSaved,
    WhatIfsAsked,
    WhyNotAsked,
)
from api.runs.schemas import NewRun
from matcher.plan import Plan
from matcher.round import Round
from tests.api.server import API, Server, made_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

BODIES: tuple[type[BaseModel], ...] = (
    NewPrincipal,
    Grants,
    PrincipalChange,
    NewKey,
    RoundEdits,
    NewRun,
    PlanEdit,
    RollBack,
    HostRules,
    NewWebhook,
    LogIn,
    PasswordChange,
    PasswordReset,
    PasswordSetting,
    Identity,
    WhyNotAsked,
    PricesAsked,
    CoreAsked,
    MendAsked,
    WhatIfsAsked,
    ScenarioSaved,
)


@pytest.fixture(scope="module")
def document(server: Server) -> dict[str, Any]:
    answer = httpx.get(f"{server.url}{API}/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def test_no_reference_dangles(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known
    assert "#/components/schemas/Round" in known


def test_every_operation_says_how_it_is_refused_and_what_key_it_asks_for(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        refusal = operation["responses"]["default"]["content"]
        assert list(refusal) == ["application/problem+json"], name
        assert "422" not in operation["responses"], name
        assert operation["description"], name
        assert ("security" in operation) == (API in name), name


def test_every_body_has_an_example(document: dict[str, Any]) -> None:
    with_examples = {body.__name__ for body in BODIES}
    for name, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content and "example" not in content["application/json"]:
            schema = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
            assert schema in with_examples, name
            assert document["components"]["schemas"][schema]["examples"], name


@pytest.mark.parametrize("body", BODIES)
def test_examples_are_valid(body: type[BaseModel]) -> None:
    extra: Any = body.model_config["json_schema_extra"]
    for example in extra["examples"]:
        body.model_validate_json(json.dumps(example))


def test_example_round_is_a_round(server: Server, document: dict[str, Any]) -> None:
    shown = document["paths"][f"{API}/rounds"]["post"]["requestBody"]["content"]["application/json"][
        "example"
    ]
    assert shown == EXAMPLE_ROUND
    assert Round.from_document(shown).warnings is not None
    planner = server.planner()
    made = made_round(planner, shown)
    (example,) = document["components"]["schemas"]["RoundEdits"]["examples"]
    path = f"/rounds/{made.json()['id']}"
    edited = planner.patch(path, json=example, headers={"If-Match": made.headers["etag"]})
    assert edited.status_code == 200, edited.text


def test_example_plan_is_a_plan() -> None:
    assert Plan.from_document(EXAMPLE_PLAN).posts


@pytest.mark.parametrize("path", ["/docs", "/redoc", f"{API}/docs"])
def test_no_pages_that_load_scripts_from_elsewhere(server: Server, path: str) -> None:
    assert httpx.get(f"{server.url}{path}").status_code == 404
