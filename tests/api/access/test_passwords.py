"""Passwords: set with a code, changed, reset; what is refused, how guessing slows down, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import argon2
import pytest
import sqlalchemy as sa

from api.access.common_passwords import is_common
from api.access.hashing import Hasher
from api.storage.engine import connect
from api.storage.schema import login_attempts, password_codes, passwords
from api.storage.session import reading
from tests.api.server import Grant, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.api.server import Server

GOOD = "采菊东篱下，悠然见南山，山气日夕佳"


def rows(server: Server, table: sa.Table) -> list[dict[str, Any]]:
    database = connect(server.database_url)
    with reading(database) as connection:
        found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
    database.dispose()
    return found


def change_rows(server: Server, statement: sa.Executable) -> None:
    database = connect(server.database_url)
    with database.begin() as connection:
        connection.execute(statement)
    database.dispose()


def log_in(server: Server, name: str, password: str) -> httpx.Response:
    return server.client(None).post("/session", json={"name": name, "password": password})


def entries(server: Server, action: str, **filters: str) -> list[tuple[str, str]]:
    items = server.administrator.get("/audit", params={"action": action, "limit": 200, **filters}).json()[
        "items"
    ]
    return [(item["actor"], item["outcome"]) for item in items]


def test_code_sets_a_password_once(server: Server) -> None:
    person = server.principal(Grant("viewer"))
    path = f"/principals/{person['id']}/password"
    given = {"Idempotency-Key": f"reset-{person['id']}"}
    made = server.administrator.post(path, json={"hours": 1}, headers=given).json()
    again = server.administrator.post(path, json={"hours": 1}, headers=given).json()
    assert again == {**made, "code": None}
    (kept,) = (row for row in rows(server, password_codes) if row["principal_id"] == person["id"])
    assert made["code"] not in str(kept)
    body = {"name": person["name"], "code": made["code"], "password": GOOD}
    refused(server.client(None).post("/password", json={**body, "code": made["code"][:-1]}), "code_bad")
    refused(server.client(None).post("/password", json={**body, "name": "谁也不是"}), "code_bad")
    # What is refused for the password alone leaves the code good.
    refused(server.client(None).post("/password", json={**body, "password": "x" * 11}), "password_short")
    assert server.client(None).post("/password", json=body).status_code == 204
    refused(server.client(None).post("/password", json=body), "code_bad")
    assert log_in(server, person["name"], GOOD).status_code == 201
    assert entries(server, "password.redeem", subject=person["id"]) == [
        (person["id"], "denied"), (person["id"], "done"), (person["id"], "denied"),
    ]  # fmt: skip
    assert entries(server, "passwords.reset", subject=person["id"])[0][1] == "done"


def test_code_that_has_expired(server: Server) -> None:
    person = server.principal()
    made = server.administrator.post(f"/principals/{person['id']}/password", json={}).json()
    ours = password_codes.c.principal_id == person["id"]
    change_rows(server, sa.update(password_codes).where(ours).values(expires_at=1))
    body = {"name": person["name"], "code": made["code"], "password": GOOD}
    refused(server.client(None).post("/password", json=body), "code_bad")


def test_reset_takes_the_password_and_the_sessions_away(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    client = server.log_in(person)
    assert server.administrator.post(f"/principals/{person['id']}/password", json={}).status_code == 201
    refused(client.get("/me"), "session_over")
    refused(log_in(server, person["name"], person["password"]), "login_failed")


def test_program_has_no_password(server: Server) -> None:
    made = server.administrator.post("/principals", json={"kind": "service", "name": "夜间导入"}).json()
    answer = server.administrator.post(f"/principals/{made['id']}/password", json={})
    refused(answer, "password_of_program")
    refused(server.administrator.post("/principals/none/password", json={}), "not_found")


def test_change_ends_the_other_sessions(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    here, elsewhere = server.log_in(person), server.log_in(person)
    body = {"current": person["password"], "new": GOOD}
    refused(here.put("/me/password", json={**body, "current": "x"}), "password_wrong")
    refused(here.put("/me/password", json={**body, "new": "password1234"}), "password_common")
    assert here.put("/me/password", json=body).status_code == 204
    assert here.get("/me").status_code == 200
    refused(elsewhere.get("/me"), "session_over")
    refused(log_in(server, person["name"], person["password"]), "login_failed")
    assert log_in(server, person["name"], GOOD).status_code == 201
    assert [outcome for _, outcome in entries(server, "password.change", actor=person["id"])] == [
        "done",
        "denied",
    ]


def test_whatever_is_wrong_is_told_alike(server: Server) -> None:
    person = server.with_password(Grant("viewer"))
    without = server.principal(Grant("viewer"))
    disabled = server.with_password(Grant("viewer"))
    path = f"/principals/{disabled['id']}"
    server.administrator.patch(path, json={"disabled": True}, headers={"If-Match": "*"})
    answers = [
        log_in(server, person["name"], "不是这个密码"),
        log_in(server, "谁也不是", GOOD),
        log_in(server, without["name"], GOOD),
        log_in(server, disabled["name"], disabled["password"]),
    ]
    told = [{**refused(answer, "login_failed"), "request_id": ""} for answer in answers]
    assert all(one == told[0] for one in told)
    assert not [answer for answer in answers if "set-cookie" in answer.headers]
    assert (person["id"], "denied") in entries(server, "session.begin", actor=person["id"])
    # A name that nobody has may be somebody's password.
    assert ("anonymous", "denied") in entries(server, "session.begin", actor="anonymous")
    assert "谁也不是" not in server.administrator.get("/audit", params={"limit": 200}).text


def test_password_is_kept_as_its_hash_alone_and_logged_nowhere(server: Server) -> None:
    person = server.with_password()
    (kept,) = (row for row in rows(server, passwords) if row["principal_id"] == person["id"])
    assert kept["argon2"].startswith("$argon2id$v=19$m=19456,t=1,p=4$")
    assert person["password"] not in str(kept)
    server.client(None).post(
        "/session", json={"name": person["name"], "password": person["password"], "x": 1}
    )
    assert log_in(server, person["name"], person["password"]).status_code == 201
    assert person["password"] not in server.log.read_text()
    assert person["password"] not in server.administrator.get("/audit", params={"limit": 200}).text


def test_guessing_takes_ever_longer(own_server: Callable[..., Server]) -> None:
    server = own_server(ACCOUNT_TRIES="2", ADDRESS_TRIES="1000")
    person, other = server.with_password(), server.with_password()
    answers = [log_in(server, person["name"], f"猜一猜{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert int(answers[3].headers["retry-after"]) == 1
    # Nor is the right one looked at; others are not held up.
    refused(log_in(server, person["name"], person["password"]), "login_delayed")
    assert log_in(server, other["name"], other["password"]).status_code == 201
    waits = []
    for _ in range(12):
        change_rows(server, sa.update(login_attempts).values(until=login_attempts.c.until - 10_000_000))
        assert log_in(server, person["name"], "猜一猜").status_code == 401
        waits.append(int(log_in(server, person["name"], "猜一猜").headers["retry-after"]))
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    # A restart forgets nothing; a success forgets all of the account.
    server.stop()
    server.start()
    refused(log_in(server, person["name"], person["password"]), "login_delayed")
    change_rows(server, sa.update(login_attempts).values(until=login_attempts.c.until - 10_000_000))
    assert log_in(server, person["name"], person["password"]).status_code == 201
    assert [log_in(server, person["name"], "猜").status_code for _ in range(3)] == [401, 401, 401]


def test_address_that_guesses_at_many_accounts(own_server: Callable[..., Server]) -> None:
    server = own_server(ACCOUNT_TRIES="1000", ADDRESS_TRIES="3")
    person = server.with_password()
    assert [log_in(server, f"账户{n}", "猜").status_code for n in range(5)] == [401, 401, 401, 401, 429]
    refused(log_in(server, person["name"], person["password"]), "login_delayed")
    assert server.client(person["key"]).get("/me").status_code == 200
    kept = str(rows(server, login_attempts))
    assert "账户" not in kept
    assert "127.0.0.1" not in kept


def test_attempts_are_forgotten_after_a_quiet_day(own_server: Callable[..., Server]) -> None:
    server = own_server(ACCOUNT_TRIES="2")
    person = server.with_password()
    for _ in range(3):
        log_in(server, person["name"], "猜")
    change_rows(server, sa.update(login_attempts).values(until=login_attempts.c.until - 90_000_000))
    assert [log_in(server, person["name"], "猜").status_code for _ in range(3)] == [401, 401, 401]


def test_hash_is_renewed_when_it_became_too_cheap(own_server: Callable[..., Server]) -> None:
    server = own_server()
    person = server.with_password()
    cheap = rows(server, passwords)[0]["argon2"]
    server.stop()
    server._settings["PASSWORD_PASSES"] = "2"  # noqa: SLF001
    server.start()
    assert log_in(server, person["name"], "不是这个密码").status_code == 401
    assert rows(server, passwords)[0]["argon2"] == cheap
    assert log_in(server, person["name"], person["password"]).status_code == 201
    dearer = rows(server, passwords)[0]["argon2"]
    assert argon2.extract_parameters(dearer).time_cost == 2
    assert log_in(server, person["name"], person["password"]).status_code == 201
    assert rows(server, passwords)[0]["argon2"] == dearer


def test_same_letters_written_otherwise_fit() -> None:
    hasher = Hasher(19_456, 1)
    hashed = hasher.hash("Café au lait, s'il vous plaît")
    assert hasher.fits(hashed, "Cafe\u0301 au lait, s'il vous plai\u0302t")
    assert not hasher.fits(hashed, "Cafe au lait, s'il vous plait")
    assert not hasher.fits(None, "nobody")
    assert not hasher.fits("$argon2id$broken", "nobody")


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password!2026", "P@ssw0rd2026", "123456789012", "qwertyuiop12", "1q2w3e4r5t6y", "aaaaaaaaaaaa",
        "abababababab", "210987654321", "woaini5201314", "iloveyou1314", "administrator", "Welcome@2026", "abcdefghijkl",
        "1qaz2wsx3edc", "qwertyqwerty", "passwordpassword", "密码密码密码密码密码密码", "zhangsan-1", "2026zhangsan!", "!!!!!!!!!!!!",
    ],
)  # fmt: skip
def test_common_password(password: str) -> None:
    assert is_common(password, "ZhangSan")


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "zhangsan walks to the village",
        "k7#Qp!mZ2v@x",
        "三更灯火五更鸡，正是读书时",
    ],
)
def test_decent_password(password: str) -> None:
    assert not is_common(password, "ZhangSan")
