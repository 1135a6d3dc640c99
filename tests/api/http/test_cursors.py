"""Pages: everything once, in order; a cursor is good only where it came from."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tests.api.server import Grant, Server, made_round, refused

if TYPE_CHECKING:
    import httpx


def pages(client: httpx.Client, path: str) -> list[list[str]]:
    """Return the identifiers of all pages, by the links that lead from one to the next."""
    found = []
    following: str | None = path
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        found.append(
            [str(item.get("id", item.get("seq", item.get("number")))) for item in answer.json()["items"]]
        )
        link = answer.links.get("next", {}).get("url")
        assert (link is None) == (answer.json()["next"] is None)
        following = link.removeprefix("/api/v1") if link else None
    return found


def test_rounds(server: Server) -> None:
    planner = server.planner()
    made = [made_round(planner).json()["id"] for _ in range(3)]
    found = pages(planner, "/rounds?limit=2")
    assert [len(page) for page in found[:-1]] == [2] * (len(found) - 1)
    everything = [one for page in found for one in page]
    assert everything == sorted(everything, reverse=True)
    assert everything[:3] == made[::-1]
    assert everything == [one for page in pages(planner, "/rounds?limit=200") for one in page]


def test_audit_and_principals(server: Server) -> None:
    person = server.principal(Grant("administrator"))
    client = server.client(person["key"])
    subjects = pages(client, f"/audit?limit=1&subject={person['id']}")
    assert len(subjects) == 2
    principals = [one for page in pages(client, "/principals?limit=7") for one in page]
    assert principals == sorted(principals)
    assert person["id"] in principals


def test_cursor_of_another_list(server: Server) -> None:
    administrator = server.administrator
    cursor = administrator.get("/audit?limit=1").json()["next"]
    assert administrator.get(f"/audit?limit=1&cursor={cursor}").status_code == 200
    for path in ("/principals?cursor=", "/audit?action=rounds.create&cursor="):
        refused(administrator.get(f"{path}{cursor}"), "bad_cursor")
    refused(server.person(Grant("administrator")).get(f"/audit?cursor={cursor}"), "bad_cursor")


def test_changed_cursor(server: Server) -> None:
    administrator = server.administrator
    cursor = administrator.get("/audit?limit=1").json()["next"]
    plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = base64.urlsafe_b64encode(plain.replace(b"[", b"[1", 1)).decode().rstrip("=")
    for given in (changed, cursor[:-4], cursor + "AAAA", "%00", "é"):
        refused(administrator.get("/audit", params={"cursor": given}), "bad_cursor")


@pytest.mark.parametrize("limit", ["0", "201", "x"])
def test_page_that_is_too_large_or_none(server: Server, limit: str) -> None:
    answer = server.planner().get(f"/rounds?limit={limit}")
    (problem,) = refused(answer, "request_invalid")["problems"]
    assert (problem["table"], problem["field"]) == ("query", "limit")
