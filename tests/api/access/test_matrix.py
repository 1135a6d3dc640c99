"""Every route, every role, every scope: a route or a cell that is not written out in the matrix fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from fastapi.routing import APIRoute

from api.access.guard import Allowed, Open
from api.access.roles import ACTIONS, FOR_EVERYBODY, FOR_STRANGERS, PUBLIC_PATHS, SYSTEM_WIDE
from api.app import API, create_app, route_methods, routers
from api.config import Settings
from api.storage.engine import connect
from api.storage.schema import grants
from tests.api.access.matrix import ENDING, ROLES, ROUTES, SCOPES, World, expected
from tests.api.server import Grant, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from fastapi.dependencies.models import Dependant

    from tests.api.server import Server


def actions_of(dependant: Dependant) -> Iterator[str]:
    """Yield the actions that a route's dependencies ask about."""
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Allowed | Open):
            yield dependency.call.action
        yield from actions_of(dependency)


def routes() -> Iterator[tuple[str, str, APIRoute]]:
    for router in routers():
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods or ():
                yield method, route.path, route


def test_every_route_names_one_action_and_is_in_the_matrix() -> None:
    found = {(method, path): list(actions_of(route.dependant)) for method, path, route in routes()}
    assert found == {key: [route.action] for key, route in ROUTES.items()}


def test_nothing_else_is_answered(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path / "data"))
    listed = set(route_methods(app))
    app.state.service.database.dispose()
    guarded = {(method, f"{API}{path}") for method, path, _ in routes()}
    assert listed - guarded == {("GET", "/healthz"), ("GET", "/readyz")}
    open_paths = {getattr(route, "path", None) for route in app.routes} - {None}
    assert open_paths == {f"{API}/openapi.json"}
    assert {"/healthz", "/readyz"} | open_paths == PUBLIC_PATHS


def test_matrix_agrees_with_the_table_of_roles() -> None:
    by_action = {route.action: route for route in ROUTES.values() if not route.stranger}
    assert {name: set(roles) for name, roles in ACTIONS.items()} == {
        name: route.roles for name, route in by_action.items()
    }
    assert {name for name, route in by_action.items() if route.system_wide} == SYSTEM_WIDE
    assert {name for name, route in by_action.items() if route.everybody} == FOR_EVERYBODY
    assert {route.action for route in ROUTES.values() if route.stranger} == FOR_STRANGERS
    assert not FOR_STRANGERS & set(ACTIONS)


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    return World(server)


@pytest.fixture(scope="module")
def people(server: Server) -> dict[tuple[str, str], httpx.Client]:
    """Return a client of each role with each scope."""
    found = {}
    database = connect(server.database_url)
    for role in ROLES:
        for name, (kind, scope, _) in SCOPES.items():
            if role == "administrator" and kind != "all":
                # The service gives no such grant; the guard must not trust that it is so.
                person = server.principal()
                row = {"principal_id": person["id"], "role": role, "scope_kind": kind, "scope": scope}
                with database.begin() as connection:
                    connection.execute(sa.insert(grants).values(**row))
            else:
                person = server.principal(Grant(role, kind, scope))
            found[role, name] = server.client(person["key"])
    database.dispose()
    return found


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_cells(world: World, people: dict[tuple[str, str], httpx.Client], route: tuple[str, str]) -> None:
    asked = ROUTES[route]
    answered = {cell: asked.ask(world, client).status_code for cell, client in people.items()}
    assert answered == {cell: expected(asked, *cell) for cell in people}


@pytest.fixture(scope="module")
def logged_in(server: Server) -> dict[tuple[str, str], dict[str, Any]]:
    """Return people of each role with a password, for everything and for a county that is not the round's."""
    found = {}
    for role in ROLES:
        for name in ("all",) if role == "administrator" else ("all", "other county"):
            kind, scope, _ = SCOPES[name]
            found[role, name] = server.with_password(Grant(role, kind, scope))
    return found


@pytest.fixture(scope="module")
def in_sessions(
    server: Server, logged_in: dict[tuple[str, str], dict[str, Any]]
) -> dict[tuple[str, str], httpx.Client]:
    return {cell: server.log_in(person) for cell, person in logged_in.items()}


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_cells_by_cookie(
    world: World,
    server: Server,
    logged_in: dict[tuple[str, str], dict[str, Any]],
    in_sessions: dict[tuple[str, str], httpx.Client],
    route: tuple[str, str],
) -> None:
    asked = ROUTES[route]
    answered = {cell: asked.ask(world, client).status_code for cell, client in in_sessions.items()}
    assert answered == {cell: asked.in_session or expected(asked, *cell) for cell in in_sessions}
    if route in ENDING:
        in_sessions |= {cell: server.log_in(person) for cell, person in logged_in.items()}


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_change_by_cookie_asks_for_the_token(
    world: World, in_sessions: dict[tuple[str, str], httpx.Client], route: tuple[str, str]
) -> None:
    client = in_sessions["planner", "all"]
    token = client.headers.pop("X-CSRF-Token")
    try:
        answer = ROUTES[route].ask(world, client)
    finally:
        client.headers["X-CSRF-Token"] = token
    if route[0] != "GET" and not ROUTES[route].stranger:
        refused(answer, "csrf_token")
    else:
        assert answer.status_code < 500


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_no_grant_and_no_key(world: World, server: Server, route: tuple[str, str]) -> None:
    asked = ROUTES[route]
    nobody = asked.ask(world, server.person())
    assert nobody.status_code == (asked.ok if asked.everybody else 403)
    stranger = asked.ask(world, server.client(None))
    if asked.stranger:
        assert stranger.status_code == asked.ok
        return
    refused(stranger, "key_missing")
    assert stranger.headers["www-authenticate"] == 'Bearer realm="matcher"'


def test_lists_show_what_is_within_the_scope_alone(
    world: World, people: dict[tuple[str, str], httpx.Client]
) -> None:
    for (role, scope), client in people.items():
        if role != "administrator":
            shown = [item["id"] for item in client.get("/rounds?limit=200").json()["items"]]
            assert (world.round in shown) == SCOPES[scope][2], (role, scope)


def test_roles_hold_where_they_were_given(server: Server, world: World) -> None:
    # A viewer here who is a planner elsewhere is no planner here.
    client = server.person(Grant("viewer"), Grant("planner", "county", "别的县"))
    assert client.get(f"/rounds/{world.round}").status_code == 200
    path = f"/rounds/{world.round}"
    answer = client.delete(path, headers={"If-Match": world.tag(path)})
    refused(answer, "not_found")
