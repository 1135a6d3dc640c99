"""Documents: kept once by digest, found when damaged."""

from __future__ import annotations

import gzip
import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from api.storage import documents, schema
from api.storage.refusals import StorageRefused
from api.storage.session import reading, writing
from matcher.round import Round
from matcher.synth import generate

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = {"name": "示例轮次", "villages": [{"id": "V1"}], "share": 0.1, "nothing": None}


def test_document_comes_back(database: sa.Engine) -> None:
    with writing(database) as connection:
        digest = documents.put(connection, "round", TEXT)
    with reading(database) as connection:
        assert documents.get(connection, digest) == TEXT
        assert documents.get_text(connection, digest) == (
            '{"name":"示例轮次","nothing":null,"share":0.1,"villages":[{"id":"V1"}]}'
        )
        assert documents.damaged(connection) == []


def test_digest_is_that_of_the_canonical_text(database: sa.Engine) -> None:
    with writing(database) as connection:
        digest = documents.put(connection, "round", {"b": 1, "a": "村"})
    assert digest == "fc3e08a4b3555ff91f2862b1086a78c483a64e4ebd8a20e48e3a49e9b509c9c8"


def test_round_has_the_same_digest_here_as_in_the_engine(database: sa.Engine) -> None:
    round_ = Round.from_document(generate("huaxi").document)
    with writing(database) as connection:
        assert documents.put(connection, "round", round_.document()) == round_.digest
    with reading(database) as connection:
        assert documents.get_text(connection, round_.digest) == round_.canonical_json()


def test_same_document_is_one_row(database: sa.Engine) -> None:
    with writing(database) as connection:
        first = documents.put(connection, "round", {"a": 1, "b": 2})
        second = documents.put(connection, "plan", {"b": 2, "a": 1})
    assert first == second
    with reading(database) as connection:
        assert connection.execute(sa.select(schema.documents.c.kind)).scalars().all() == ["round"]


def test_same_document_at_the_same_time_is_one_row(database: sa.Engine) -> None:
    together = threading.Barrier(4)
    digests = []

    def keep() -> None:
        together.wait()
        with writing(database) as connection:
            digests.append(documents.put(connection, "round", TEXT))

    keepers = [threading.Thread(target=keep) for _ in range(4)]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()
    assert len(digests) == 4
    with reading(database) as connection:
        assert connection.execute(sa.select(schema.documents.c.digest)).scalars().all() == list(set(digests))


def test_missing_document_is_named(database: sa.Engine) -> None:
    digest = "0" * 64
    with reading(database) as connection:
        with pytest.raises(
            StorageRefused, match=f"no document with the digest {digest} – restore"
        ) as refused:
            documents.get(connection, digest)
        assert refused.value.code == "document_missing"


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda body: body[:-12],
    "a bit turned": lambda body: body[:20] + bytes([body[20] ^ 1]) + body[21:],
    "no gzip": lambda _body: b"something else",
    "another text": lambda _body: gzip.compress(b"{}"),
    "far too long": lambda _body: gzip.compress(b" " * 50_000_000),
    "nothing": lambda _body: b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_document_is_refused_with_its_digest(database: sa.Engine, damage: str) -> None:
    with writing(database) as connection:
        digest = documents.put(connection, "round", TEXT)
        whole = documents.put(connection, "round", {})
        body: Any = schema.documents.c.body
        chosen = schema.documents.c.digest == digest
        before = connection.execute(sa.select(body).where(chosen)).scalar_one()
        connection.execute(sa.update(schema.documents).where(chosen).values(body=DAMAGES[damage](before)))
    with reading(database) as connection:
        with pytest.raises(StorageRefused, match=f"digest {digest} is damaged – restore it") as refused:
            documents.get(connection, digest)
        assert refused.value.code == "document_damaged"
        assert digest in refused.value.sentence("zh")
        assert documents.damaged(connection) == [digest]
        assert documents.get(connection, whole) == {}


def test_number_that_json_does_not_have_is_refused(database: sa.Engine) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"), writing(database) as connection:
        documents.put(connection, "round", {"share": float("nan")})
