"""Entity tags: what has not changed is not sent again, and what has is not overwritten."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.api.server import Server, made_round, refused

if TYPE_CHECKING:
    import httpx


@pytest.fixture(scope="module")
def planner(server: Server) -> httpx.Client:
    return server.planner()


@pytest.fixture(scope="module")
def path(planner: httpx.Client) -> str:
    return f"/rounds/{made_round(planner).json()['id']}"


def rename(client: httpx.Client, path: str, name: str, tag: str) -> httpx.Response:
    body = {"reason": "x", "edits": [{"op": "field", "values": {"name": name}}]}
    return client.patch(path, json=body, headers={"If-Match": tag})


@pytest.mark.parametrize("view", ["", "/document", "/document/full", "/revisions/1"])
def test_known_is_not_sent_again(planner: httpx.Client, path: str, view: str) -> None:
    first = planner.get(path + view)
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = planner.get(path + view, headers={"If-None-Match": given})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert planner.get(path + view, headers={"If-None-Match": '"other"'}).content == first.content


def test_each_view_has_its_own_tag(planner: httpx.Client, path: str) -> None:
    views = ("", "/document", "/document/full", "/revisions/1")
    assert len({planner.get(path + view).headers["etag"] for view in views}) == len(views)


def test_only_who_has_read_may_change(planner: httpx.Client, path: str) -> None:
    tag = planner.get(path).headers["etag"]
    for given in (f"W/{tag}", '"other"', tag.strip('"')):
        refused(rename(planner, path, "甲", given), "precondition_failed")
    changed = rename(planner, path, "甲", f'"other", {tag}')
    assert changed.status_code == 200
    assert changed.headers["etag"] == planner.get(path).headers["etag"] != tag
    refused(rename(planner, path, "乙", tag), "precondition_failed")
    assert planner.get(path).json()["name"] == "甲"
    assert rename(planner, path, "丙", "*").status_code == 200


def test_of_two_who_change_at_once_one_is_refused(server: Server, planner: httpx.Client) -> None:
    made = made_round(planner)
    path = f"/rounds/{made.json()['id']}"
    answers: list[httpx.Response] = []

    def change(name: str) -> None:
        answers.append(rename(planner, path, name, made.headers["etag"]))

    changers = [threading.Thread(target=change, args=(name,)) for name in ("甲", "乙")]
    for changer in changers:
        changer.start()
    for changer in changers:
        changer.join()
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    (won,) = (answer for answer in answers if answer.status_code == 200)
    assert server.planner().get(path).json() == won.json()
