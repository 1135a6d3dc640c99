"""The whole API's document against the real server, on a fixed seed; ``./dev fuzz`` asks for thousands of cases more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.databases import KINDS, new_url
from tests.api.fuzz.fuzzing import Pass, fuzz, things, unexpected
from tests.api.server import API, Server, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED = 20_250_501
METHODS = ("DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")


@pytest.fixture(scope="module", params=KINDS)
def fuzzed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of this module's own: who shuts people out at random does not do so among others."""
    folder = tmp_path_factory.mktemp("fuzzed")
    (folder / "data").mkdir()
    with new_url(request, request.param, folder / "data", is_migrated=True) as url:
        server = Server(folder, url).start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="module")
def made(fuzzed: Server) -> dict[str, str]:
    return things(fuzzed)


@pytest.mark.parametrize(
    "given",
    [
        Pass("administrator", "examples,fuzzing", examples=2),
        Pass("planner", "examples,fuzzing,stateful", examples=2, scenarios=6, steps=5),
        Pass("viewer", "fuzzing", examples=2),
    ],
    ids=lambda given: given.role,
)
def test_cases_made_from_the_document(
    fuzzed: Server, made: dict[str, str], given: Pass, tmp_path: Path
) -> None:
    report = fuzz(fuzzed, made, given, SEED, tmp_path)
    assert report.status == 0, report.said
    assert report.cases > report.operations
    assert unexpected(fuzzed) == []


def test_other_methods_are_not_taken(fuzzed: Server, made: dict[str, str]) -> None:
    client, outside = fuzzed.planner(), httpx.Client(base_url=fuzzed.url)
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        if path.endswith("/rounds/validate"):
            continue  # to other methods it is a round of that name
        taken = {method.upper() for method in operations}
        taken |= {"HEAD"} if "GET" in taken else set()
        address = path.removeprefix(API).format_map(dict.fromkeys(_variables(path), "1") | made)
        for method in sorted({*METHODS} - taken):
            answer = (client if path.startswith(API) else outside).request(method, address)
            refused(answer, "method_not_allowed")
            assert answer.headers["allow"] == ", ".join(sorted(taken)), address
    outside.close()


def test_nothing_is_answered_without_a_key(fuzzed: Server, made: dict[str, str]) -> None:
    stranger = fuzzed.client(None)
    for path, operations in stranger.get("/openapi.json").json()["paths"].items():
        address = path.removeprefix(API).format_map(dict.fromkeys(_variables(path), "1") | made)
        for method, operation in operations.items():
            if operation.get("security"):  # logging in asks for none
                refused(stranger.request(method, address), "key_missing")


def _variables(path: str) -> list[str]:
    return [piece.partition("}")[0] for piece in path.split("{")[1:]]
