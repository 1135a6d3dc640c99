"""Sessions: the cookie and what it may, how they end, and what another site can't do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.http.headers import SECURITY
from api.storage.schema import sessions
from tests.api.access.test_passwords import change_rows, entries, rows
from tests.api.server import Grant, made_run, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.api.server import Server

HOUR = 3_600_000


def answer_of_log_in(server: Server, person: dict[str, Any], **headers: str) -> httpx.Response:
    body = {"name": person["name"], "password": person["password"]}
    return server.client(None, **headers).post("/session", json=body)


def session_of(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/session").json()
    return found


def test_cookie_is_for_this_host_and_no_script(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    answer = answer_of_log_in(server, person)
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("matcher_session=")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]
    for header, value in SECURITY.items():
        assert answer.headers[header] == value
    secret = name.partition("=")[2]
    assert len(secret) == 43
    (kept,) = (row for row in rows(server, sessions) if row["principal_id"] == person["id"])
    assert secret not in str(kept)
    assert answer.json()["csrf_token"] not in str(kept)
    assert secret not in server.log.read_text()


def test_cookie_over_https(own_server: Callable[..., Server]) -> None:
    server = own_server(PUBLIC_URL="https://matcher.example")
    person = server.with_password(Grant("viewer"))
    answer = answer_of_log_in(server, person, Origin="https://matcher.example")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-matcher_session=")
    assert "; Secure" in cookie
    assert "domain" not in cookie.lower()
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    refused(answer_of_log_in(server, person, Origin=server.url), "origin_foreign")
    secret = cookie.split(";")[0].partition("=")[2]
    secure = {"Cookie": f"__Host-matcher_session={secret}"}
    assert server.client(None).get("/me", headers=secure).json()["id"] == person["id"]
    # Another host of the same domain could set one of the plain name.
    refused(server.client(None).get("/me", headers={"Cookie": f"matcher_session={secret}"}), "key_missing")


def test_proxy_says_how_browsers_come(own_server: Callable[..., Server]) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    server = own_server(PROXIES="127.0.0.1")
    person = server.with_password(Grant("viewer"))
    assert "; Secure" in answer_of_log_in(server, person, **told).headers["set-cookie"]
    other = own_server()
    person = other.with_password(Grant("viewer"))
    assert "Secure" not in answer_of_log_in(other, person, **told).headers["set-cookie"]


def test_session_says_whose_it_is(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    told = session_of(client)
    assert told["principal"] == {"id": person["id"], "kind": "user", "name": person["name"]}
    assert told["csrf_token"] == client.headers["X-CSRF-Token"]
    assert (told["method"], told["current"]) == ("password", True)
    assert told["expires_at"] - told["begun_at"] == 12 * HOUR
    assert told["idle_at"] - told["used_at"] == HOUR // 2
    assert client.get("/me").json()["id"] == person["id"]


def test_log_out(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    cookie = {"Cookie": f"matcher_session={client.cookies['matcher_session']}"}
    answer = client.delete("/session")
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    refused(client.get("/me"), "key_missing")
    refused(server.client(None).get("/me", headers=cookie), "session_over")
    assert entries(server, "session.begin", actor=person["id"]) == [(person["id"], "done")]
    assert entries(server, "session.end", actor=person["id"]) == [(person["id"], "done")]


def test_own_sessions_are_listed_and_ended(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    first, second = server.log_in(person), server.log_in(person)
    items = second.get("/sessions").json()["items"]
    assert [item["current"] for item in items] == [False, True]
    assert "csrf_token" not in items[0]
    stranger = server.log_in(server.with_password(Grant("viewer")))
    refused(stranger.delete(f"/sessions/{items[0]['id']}"), "not_found")
    assert second.delete(f"/sessions/{items[0]['id']}").status_code == 204
    refused(first.get("/me"), "session_over")
    third = server.log_in(person)
    assert third.delete("/sessions").status_code == 204
    for client in (second, third):
        assert client.get("/me").status_code == 401
    assert entries(server, "sessions.end", subject=person["id"]) == [(person["id"], "done")]


def test_administrator_ends_all_sessions_of_somebody(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    clients = [server.log_in(person) for _ in range(3)]
    assert server.administrator.delete(f"/principals/{person['id']}/sessions").status_code == 204
    for client in clients:
        refused(client.get("/me"), "session_over")
    refused(server.administrator.delete("/principals/none/sessions"), "not_found")
    assert len(entries(server, "sessions.end_of_others", subject=person["id"])) == 1


def test_sessions_of_a_disabled_principal_end_for_good(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    for is_disabled in (True, False):
        given = {"json": {"disabled": is_disabled}, "headers": {"If-Match": "*"}}
        server.administrator.patch(f"/principals/{person['id']}", **given)  # type: ignore[arg-type]
        refused(client.get("/me"), "session_over")


@pytest.mark.parametrize(
    ("values", "what"),
    [({"expires_at": 1}, "age"), ({"used_at": 1}, "nobody used it")],
    ids=str,
)
def test_session_is_over(server: Server, values: dict[str, int], what: str) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    assert client.get("/me").status_code == 200
    change_rows(server, sa.update(sessions).where(sessions.c.principal_id == person["id"]).values(**values))
    refused(client.get("/me"), "session_over")
    # The next log-in clears it away.
    server.log_in(person)
    assert len([row for row in rows(server, sessions) if row["principal_id"] == person["id"]]) == 1, what


def test_use_is_noted_now_and_then(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    before = session_of(client)["used_at"]
    client.get("/me")
    assert session_of(client)["used_at"] == before
    earlier = {"used_at": before - 5 * 60_000}
    change_rows(server, sa.update(sessions).where(sessions.c.principal_id == person["id"]).values(**earlier))
    client.get("/me")
    assert session_of(client)["used_at"] >= before


def test_log_in_begins_anew_whatever_the_browser_had(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    had = client.cookies["matcher_session"]
    body = {"name": person["name"], "password": person["password"]}
    assert client.post("/session", json=body).status_code == 201
    assert client.cookies["matcher_session"] != had
    refused(server.client(None).get("/me", headers={"Cookie": f"matcher_session={had}"}), "session_over")
    # What nobody here made is not taken up either.
    planted = "A" * 43
    answer = server.client(None, Cookie=f"matcher_session={planted}").post("/session", json=body)
    assert planted not in answer.headers["set-cookie"]


def test_key_counts_where_both_are_sent(server: Server) -> None:
    person, other = server.with_password(Grant("viewer")), server.principal(Grant("viewer"))
    client = server.log_in(person)
    key = {"Authorization": f"Bearer {other['key']}"}
    assert client.get("/me", headers=key).json()["id"] == other["id"]
    refused(client.get("/me", headers={"Authorization": "Bearer mk_x"}), "key_bad")
    refused(client.get("/session", headers=key), "session_needed")
    # With a key there is nothing that a browser would send by itself, so no token is asked for.
    client.headers.pop("X-CSRF-Token")
    assert (
        client.delete("/sessions", headers={**key, "Origin": "https://elsewhere.example"}).status_code == 204
    )


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1", ""])
def test_page_of_another_site(server: Server, origin: str) -> None:
    person = server.with_password(Grant("planner"))
    client = server.log_in(person)
    refused(client.delete("/session", headers={"Origin": origin}), "origin_foreign")
    body = {"name": person["name"], "password": person["password"]}
    refused(server.client(None).post("/session", json=body, headers={"Origin": origin}), "origin_foreign")
    assert client.get("/me").status_code == 200


def test_change_without_origin_or_with_another_sessions_token(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client, other = server.log_in(person), server.log_in(person)
    del client.headers["Origin"]
    refused(client.delete("/session"), "origin_foreign")
    client.headers["Origin"] = server.url
    for token in (other.headers["X-CSRF-Token"], "", "x" * 64):
        refused(client.delete("/session", headers={"X-CSRF-Token": token}), "csrf_token")
    assert client.delete("/session").status_code == 204


def test_no_cookie_and_no_change_for_other_origins(server: Server) -> None:
    """CORS is off: a browser is told of no other site that may read or send anything."""
    client = server.log_in(server.with_password(Grant("planner")))
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    answers = [client.options("/session", headers=asked), client.get("/session", headers=asked)]
    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control")]
    assert answers[0].status_code == 405
    assert answers[1].headers["cross-origin-resource-policy"] == "same-origin"


def test_stream_ends_with_its_session_and_keeps_none_alive(own_server: Callable[..., Server]) -> None:
    server = own_server(RECHECK_SECONDS="0.05", HEARTBEAT_SECONDS="0.05")
    person = server.with_password(Grant("planner"))
    client = server.log_in(person)
    run = made_run(client).json()["id"]
    asked = {"Accept": "text/event-stream"}
    with client.stream("GET", f"/runs/{run}/events", headers=asked) as stream:
        lines = stream.iter_lines()
        assert next(lines)
        earlier = sa.update(sessions).values(used_at=sessions.c.used_at - 20 * 60_000)
        change_rows(server, earlier)
        noted = rows(server, sessions)[0]["used_at"]
        for _ in range(20):
            next(lines)
        assert rows(server, sessions)[0]["used_at"] == noted
        other = server.log_in(person)
        assert other.delete("/sessions").status_code == 204
        assert list(lines) is not None
    assert client.get(f"/runs/{run}").status_code == 401


def test_sessions_are_good_at_every_api(postgresql_url: str, own_server: Callable[..., Server]) -> None:
    shared = {"SERVER_SECRET": "s" * 40, "PUBLIC_URL": "http://matcher.example"}
    first = own_server(postgresql_url, **shared)
    second = own_server(postgresql_url, **shared)
    person = first.with_password(Grant("viewer"))
    answer = answer_of_log_in(first, person)
    cookie = {"Cookie": f"matcher_session={answer.cookies['matcher_session']}"}
    assert second.client(None).get("/me", headers=cookie).json()["id"] == person["id"]
    token = {"X-CSRF-Token": answer.json()["csrf_token"], "Origin": "http://matcher.example"}
    assert second.client(None).delete("/session", headers={**cookie, **token}).status_code == 204
    refused(first.client(None).get("/me", headers=cookie), "session_over")
