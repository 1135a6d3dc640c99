"""The edge: what every answer carries, what the log says and does not, and bodies that are refused unread."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import sqlalchemy as sa
from starlette.requests import HTTPConnection

from api.http.headers import SECURITY
from api.http.languages import language_of
from api.http.strict_json import refuse_deep
from api.problems import Refused
from api.storage.engine import connect
from tests.api.server import API, Grant, Server, made_round, refused, sample

if TYPE_CHECKING:
    from collections.abc import Callable


def log_of(server: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.log.read_text().splitlines()]


def test_every_answer_has_the_headers(server: Server) -> None:
    planner = server.planner()
    answers = [
        planner.get("/me"),
        planner.get("/none"),
        planner.post("/rounds", content=b"x"),
        planner.post("/principals", content=b"[" * 100, headers={"Content-Type": "application/json"}),
        httpx.get(f"{server.url}/healthz"),
    ]
    for answer in answers:
        for name, value in SECURITY.items():
            assert answer.headers[name] == value
        assert len(answer.headers["x-request-id"]) == 36
        assert "server" not in answer.headers


def test_address_says_which_methods_it_takes(server: Server) -> None:
    answer = server.planner().put("/rounds/any", json={})
    refused(answer, "method_not_allowed")
    assert answer.headers["allow"] == "DELETE, GET, HEAD, PATCH"


def test_no_other_site_is_let_in(server: Server) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answers = [
        server.client(None).options("/rounds", headers=asked),
        server.planner().get("/rounds", headers=asked),
    ]
    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control")]


def test_request_is_called_what_its_caller_calls_it(server: Server) -> None:
    client = server.client(None)
    decent = "trace-0123.abc"
    assert client.get("/me", headers={"X-Request-ID": decent}).headers["x-request-id"] == decent
    for odd in ("short", "x" * 65, 'quote"quote'):
        assert client.get("/me", headers={"X-Request-ID": odd}).headers["x-request-id"] != odd


def test_log_has_one_line_a_request_and_nothing_of_anybody(server: Server) -> None:
    person = server.principal(Grant("planner"))
    planner = server.client(person["key"])
    made = made_round(planner)
    planner.get(f"/rounds/{made.json()['id']}/document", params={"revision": 1})
    planner.get("/rounds", params={"cursor": "secret-query"})
    planner.post("/rounds", json={**sample(), "term_months": "secret-value"})
    lines = {line.get("request_id"): line for line in log_of(server)}
    line = lines[made.headers["x-request-id"]]
    assert (line["event"], line["method"], line["route"]) == ("request", "POST", "/rounds")
    assert (line["status"], line["principal"]) == (201, person["id"])
    text = server.log.read_text()
    said = [cadre["name"] for cadre in sample()["cadres"]] + [person["key"], "secret-"]
    assert not [word for word in said if word in text]


def test_unexpected_error_is_logged_by_its_place(own_server: Callable[..., Server]) -> None:
    server = own_server()
    planner = server.planner()
    made = made_round(planner).json()
    database = connect(server.database_url)
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE revisions SET warnings = '{\"name\": 秘密'"))
    database.dispose()
    answer = planner.get(f"/rounds/{made['id']}")
    problem = refused(answer, "unexpected")
    (line,) = (line for line in log_of(server) if line["event"] == "unexpected error")
    assert line["request_id"] == problem["request_id"]
    assert line["error"] == "JSONDecodeError"
    assert any("repository.py" in place for place in line["trace"])
    assert "秘密" not in server.log.read_text() + answer.text
    assert "Traceback" not in server.log.read_text()


def test_declared_giant_is_refused_before_it_is_sent(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    key = server.principal(Grant("planner"))["key"]
    for path, most in (("principals", 2**20), ("rounds", 64 * 2**20)):
        with socket.create_connection((host, int(port)), timeout=30) as raw:
            raw.sendall(
                f"POST {API}/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {10**12}\r\n\r\n".encode()
            )
            answer = b""
            while piece := raw.recv(65536):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 413")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["title"] == f"请求正文超过 {most} 字节"


def test_giant_without_a_length_is_cut_off(own_server: Callable[..., Server]) -> None:
    server = own_server(UPLOAD_BYTES=str(2**20))
    key = server.principal(Grant("planner"))["key"]

    def pieces() -> Any:
        for _ in range(40):
            yield b"x" * 65536

    for path, type_ in (
        ("rounds", "application/json"),
        ("rounds", "multipart/form-data; boundary=x"),
        ("principals", "application/json"),
    ):
        # The client may see the answer, or find the connection closed while it still sends.
        try:
            answer = server.client(key, **{"Content-Type": type_}).post(f"/{path}", content=pieces())
        except httpx.WriteError:
            continue
        assert answer.status_code in (400, 413), answer.text
    assert list((server.data / "tmp").iterdir()) == []
    assert server.client(key).get("/me").status_code == 200


@pytest.mark.parametrize("type_", ["text/plain", "", "application/xml", "application/jsonx"])
def test_body_of_another_type(server: Server, type_: str) -> None:
    for path in ("/principals", "/rounds"):
        client = server.person(Grant("administrator"), Grant("planner"))
        answer = client.post(path, content=b"{}", headers={"Content-Type": type_})
        problem = refused(answer, "body_type")
        assert "application/json" in problem["detail"]


def test_depth_is_counted_outside_texts() -> None:
    refuse_deep(b'{"a": "[[[[[[", "b": "\\"[[[[[", "c": [[1]]}', 3)
    with pytest.raises(Refused, match="nested more than 2 deep"):
        refuse_deep(b'{"a": [[1]]}', 2)
    with pytest.raises(Refused, match="nested more than 3 deep"):
        refuse_deep(b'"[[[[', 3)


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "zh"), ("", "en", "en"), ("", "en-GB,zh;q=0.5", "en"), ("", "zh-CN,en;q=0.9", "zh"),
        ("", "en;q=0.4, zh;q=0.6", "zh"), ("", "fr", "zh"), ("", "en;q=x", "zh"), ("", "en;level=1", "en"),
        ("lang=en", "zh", "en"), ("lang=zh", "en", "zh"), ("lang=fr", "en", "en"),
    ],
)  # fmt: skip
def test_language(query: str, accepted: str, language: str) -> None:
    headers = [(b"accept-language", accepted.encode())]
    scope = {"type": "http", "query_string": query.encode(), "headers": headers}
    assert language_of(HTTPConnection(scope)) == language
