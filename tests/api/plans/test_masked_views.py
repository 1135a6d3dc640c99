"""No sensitive value of anybody appears in what a viewer may see of a plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from api.access.sensitivity import SENSITIVE, class_of
from tests.api.plans.solved import import_plan, round_, solved
from tests.api.server import Grant, made_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.api.server import Server

SAMPLE = "huaxi"


def sensitive_values(document: dict[str, Any]) -> dict[str, set[str]]:
    """Return what is known of each cadre that is sensitive, as text; ids of places are kept apart below."""
    found: dict[str, set[str]] = {}
    for table in ("cadres", "incumbents", "suitability"):
        for row in document.get(table, ()):
            who = row["id"] if table == "cadres" else row["cadre"]
            for field, value in row.items():
                if class_of(table, field) in SENSITIVE:
                    found.setdefault(who, set()).update(texts(value))
    return found


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def strings(part: Any) -> Iterator[str]:
    """Yield every text of an answer, the names of its fields too."""
    yield from texts(part)


@pytest.fixture(scope="module")
def asked(server: Server) -> tuple[httpx.Client, str]:
    planner = server.planner()
    plan = import_plan(planner, made_round(planner, marked()).json()["id"], solved(SAMPLE)).json()["id"]
    return server.person(Grant("viewer")), f"/plans/{plan}"


def marked() -> dict[str, Any]:
    return round_(SAMPLE).document()


def answers(client: httpx.Client, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every masked answer about a plan, with what was asked."""
    plan = solved(SAMPLE)
    yield "plan", client.get(path).json()
    yield "check", client.post(f"{path}/check").json()
    yield "diff", client.get(f"{path}/diff/{path.rpartition('/')[2]}").json()
    for post in plan.posts[::12]:
        yield f"why {post.cadre}", client.get(f"{path}/why", params={"cadre": post.cadre}).json()
    for village in dict.fromkeys(post.village for post in plan.posts if post.village):
        yield f"why {village}", client.get(f"{path}/why", params={"village": village}).json()
    yield "notice", client.get(f"{path}/exports/notice.txt").text


def test_no_sensitive_value_appears(asked: tuple[httpx.Client, str]) -> None:
    document = marked()
    facts = round_(SAMPLE).facts
    everything = set().union(*sensitive_values(document).values())
    # What is open besides: a village is one's place of birth, and a place of posts for everybody.
    open_values = set(facts.places) | {name for township in facts.townships for name in township}
    open_values |= {place.village.name for place in facts.places.values()} | set(facts.people)
    secret = {value for value in everything - open_values if len(value) > 1}
    assert any(len(value) == 7 and value[4] == "-" for value in secret)  # months of birth
    assert {"优秀", "称职"} & secret
    for name, answer in answers(*asked):
        told = json.dumps(answer, ensure_ascii=False)
        # Codes such as “able” are parts of the names of fields; as a text of its own none appears.
        whole = set(strings(answer))
        assert not {value for value in secret if value in (told if not value.isascii() else whole)}, name
        assert not {value for value in secret if value[:1].isdigit() and value in told}, name


def test_no_age_and_no_point_of_a_sensitive_fact(asked: tuple[httpx.Client, str]) -> None:
    closed = {"competence", "age_mix", "local_fit", "suitability"}
    names = ("个人能力", "老中青搭配", "适应度", "面谈评分")
    for name, answer in answers(*asked):
        if name.startswith("why"):
            told = json.dumps(answer, ensure_ascii=False)
            assert "岁" not in told, name
            assert not [
                one for one in names if one in json.dumps(answer.get("post", {}), ensure_ascii=False)
            ], name
            posts = [answer["post"]] if "post" in answer else answer["members"]
            assert not {item["id"] for post in posts for item in post["brings"]} & closed, name
        if name == "plan":
            assert not any("terms" in village for village in answer["villages"])
            assert "certificate" not in answer


def test_what_is_hidden_is_there_for_who_may_see_it(server: Server, asked: tuple[httpx.Client, str]) -> None:
    _, path = asked
    full = server.person(Grant("approver")).get(f"{path}/full").json()
    assert full == solved(SAMPLE).document()
    assert any("岁" in post["sentence"]["zh"] for post in full["explanation"]["posts"])


def test_who_breaks_a_rule_about_sensitive_facts_is_told_to_those_alone_who_may_know(server: Server) -> None:
    planner = server.planner()
    plan = import_plan(planner, made_round(planner, marked()).json()["id"], solved(SAMPLE)).json()["id"]
    cadre, village = refused_pairing()
    post = next(post for post in solved(SAMPLE).posts if post.cadre == cadre)
    body = {"changed": [{"cadre": cadre, "role": post.role, "village": village}]}
    masked = planner.post(f"/plans/{plan}/edit", json=body).json()
    (hidden,) = [broken for broken in masked["breaks"] if broken["rule"] == "recusal"]
    name = round_(SAMPLE).facts.people[cadre].record.name
    assert hidden["subjects"] == {}
    assert hidden["sentence"]["zh"] == "任职回避：有岗位不符合，涉及个人信息，此处不列明"
    full = planner.post(f"/plans/{plan}/edit/full", json=body).json()
    (shown,) = [broken for broken in full["breaks"] if broken["rule"] == "recusal"]
    assert shown["subjects"]["cadre"] == cadre
    assert name in shown["sentence"]["zh"]


def refused_pairing() -> tuple[str, str]:
    """Return somebody posted, and a village where recusal keeps them from."""
    facts = round_(SAMPLE).facts
    for post in solved(SAMPLE).posts:
        native = facts.people[post.cadre].record.native_village
        if native in facts.places and native != post.village:
            return post.cadre, native
    raise AssertionError("nobody posted was born in a village of the round")
