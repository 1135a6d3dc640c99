"""The API's document: complete, with examples that are what they are examples of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi.routing import APIRoute

from api.app import routers
from api.plans.schemas import EXAMPLE_PLAN
from api.rounds.schemas import EXAMPLE_ROUND
from api.words import REFUSALS
from matcher.plan import Plan
from matcher.round import Round
from tests.api.server import API, Server, made_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


def bodies() -> list[type[BaseModel]]:
    """Return what the routes take as their bodies."""
    found: dict[str, type[BaseModel]] = {}
    for router in routers():
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for field in route.dependant.body_params:
                body: Any = field.field_info.annotation
                found[body.__name__] = body
    return list(found.values())


BODIES = bodies()


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
    known = {
        f"#/components/{part}/{name}"
        for part in ("schemas", "responses")
        for name in document["components"][part]
    }
    assert set(references(document)) <= known
    assert "#/components/schemas/Round" in known


def test_every_operation_says_how_it_is_refused_and_what_key_it_asks_for(document: dict[str, Any]) -> None:
    answers = document["components"]["responses"]
    for answer in answers.values():
        assert list(answer["content"]) == ["application/problem+json"]
    said = " ".join(answer["description"] for answer in answers.values())
    assert not [code for code in REFUSALS if f"`{code}`" not in said]
    for name, operation in operations(document):
        references_ = [answer["$ref"] for answer in operation["responses"].values() if "$ref" in answer]
        assert {"#/components/responses/Refused500", "#/components/responses/Refused503"} <= {*references_}, (
            name
        )
        assert operation["description"], name
        assert ("security" in operation) == (API in name), name


def test_every_example_is_one_of_a_body(document: dict[str, Any]) -> None:
    with_examples = {
        name for name, schema in document["components"]["schemas"].items() if "examples" in schema
    }
    assert with_examples == {body.__name__ for body in BODIES}


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


def test_links_lead_from_what_is_made_to_what_is_done_with_it(document: dict[str, Any]) -> None:
    known = {operation["operationId"]: name for name, operation in operations(document)}
    assert len(known) == len(list(operations(document)))
    links: dict[str, dict[str, Any]] = {}
    for name, operation in operations(document):
        for answer in operation["responses"].values():
            for link in answer.get("links", {}).values():
                links.setdefault(name, {})[known[link["operationId"]]] = link["parameters"]
    made = links[f"POST {API}/rounds"]
    assert made[f"POST {API}/rounds/{{round_id}}/runs"] == {"round_id": "$response.body#/id"}
    assert made[f"PATCH {API}/rounds/{{round_id}}"]["header.If-Match"] == "$response.header.ETag"
    assert f"GET {API}/runs/{{run_id}}/events" in links[f"POST {API}/rounds/{{round_id}}/runs"]
    assert f"POST {API}/plans/{{plan_id}}/publications" in links[f"POST {API}/rounds/{{round_id}}/plans"]
    assert (
        f"POST {API}/publications/{{publication_id}}/approve"
        in links[f"POST {API}/plans/{{plan_id}}/publications"]
    )
    assert f"POST {API}/keys/{{key_id}}/revoke" in links[f"POST {API}/principals/{{principal_id}}/keys"]


def test_what_was_read_is_not_sent_again_where_the_document_says_so(
    server: Server, document: dict[str, Any]
) -> None:
    planner = server.planner()
    path = f"/rounds/{made_round(planner).json()['id']}/document/full"
    assert "304" in document["paths"][f"{API}/rounds/{{round_id}}/document/full"]["get"]["responses"]
    tag = planner.get(path).headers["etag"]
    assert planner.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_example_plan_is_a_plan() -> None:
    assert Plan.from_document(EXAMPLE_PLAN).posts


@pytest.mark.parametrize("path", ["/docs", "/redoc", f"{API}/docs"])
def test_no_pages_that_load_scripts_from_elsewhere(server: Server, path: str) -> None:
    assert httpx.get(f"{server.url}{path}").status_code == 404
