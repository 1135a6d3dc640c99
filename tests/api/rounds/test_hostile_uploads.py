"""Hostile files through the real route: refused in words or read, within a gigabyte, with nothing left behind."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matcher.tables import read_round
from tests.api.fuzz.fuzzing import unexpected
from tests.api.operate.serving import children
from tests.api.rounds.hostile import DOCUMENTS, HUAXI, READ, WORKBOOKS, packed, parts
from tests.api.server import Grant, Server, codes, made_round, refused, sample, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

#: In kB, as the kernel says it.
GIBIBYTE = 2**20

#: The same cases each time; whoever mends something wants to see the same one again.
FEW = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)  # fmt: skip


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server of this module's own, whose memory is what these files make of it."""
    server = Server(tmp_path_factory.mktemp("besieged"), READING_SECONDS="20").start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def planner(besieged: Server) -> httpx.Client:
    return besieged.person(Grant("planner"))


class Watch:
    """Looks at the memory of the processes that read, while a block lasts."""

    def __init__(self, server: Server) -> None:
        self.most = 0
        self._server = server
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self.most = max([self.most, *map(peak, children(self._server.pid))])


def peak(pid: int) -> int:
    """Return the most memory that a process ever held, in kB; 0 where it is gone."""
    with contextlib.suppress(OSError):
        found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
        return int(found[1]) if found else 0
    return 0


def upload(client: httpx.Client, content: bytes, name: str, path: str = "/rounds/validate") -> httpx.Response:
    return client.post(path, files={"file": (name, content)})


def nothing_is_left(server: Server) -> None:
    # A file goes once its answer has left, which may be a moment after the answer has arrived here.
    wait_for(lambda: not any((server.data / "tmp").iterdir()))


@pytest.mark.parametrize("name", [*WORKBOOKS, *DOCUMENTS])
def test_hostile_file(besieged: Server, planner: httpx.Client, name: str) -> None:
    hostile = {**WORKBOOKS, **DOCUMENTS}[name]
    with Watch(besieged) as watch:
        answer = upload(planner, hostile.content(), hostile.name)
    found = _codes_of(answer)
    assert found & set(hostile.codes), (sorted(found), answer.text[:500])
    assert "root:" not in answer.text
    # Nothing is told back at length, but for problems where there are many.
    assert len(answer.content) < 2**20 or "too_many_problems" in found, len(answer.content)
    assert 0 < watch.most < GIBIBYTE
    assert peak(besieged.pid) < GIBIBYTE
    nothing_is_left(besieged)
    assert planner.get("/me").status_code == 200


def _codes_of(answer: httpx.Response) -> set[str]:
    """Return the codes of what is wrong with a file; :data:`READ` where it was read."""
    if answer.status_code != 200:
        problem = answer.json()
        assert problem["code"] in ("upload_too_complex", "upload_too_slow"), answer.text[:500]
        return {problem["code"]}
    document = answer.json()
    if document["valid"]:
        assert not document["problems"]
        return {READ}
    return set(codes(document["problems"]))


@pytest.mark.parametrize("name", [name for name, made in WORKBOOKS.items() if made.codes == (READ,)])
def test_what_does_no_harm_is_the_round_that_it_seems(planner: httpx.Client, name: str) -> None:
    answer = upload(planner, WORKBOOKS[name].content(), "选派.xlsx", "/rounds")
    assert answer.status_code == 201, answer.text
    assert answer.json()["revision"]["digest"] == read_round(HUAXI).digest
    assert not Path("/tmp/climbed.xml").exists()


@pytest.mark.parametrize("name", ["a million rows", "half a character", "NUL", "number beyond measure"])
def test_hostile_document_is_not_stored(server: Server, name: str) -> None:
    hostile = DOCUMENTS[name]
    answer = upload(server.planner(), hostile.content(), hostile.name, "/rounds")
    assert answer.status_code == 422
    assert answer.json()["code"] in ("round_invalid", "upload_too_complex")


def test_marked_copies_of_hostile_workbooks(besieged: Server, planner: httpx.Client) -> None:
    for name, hostile in WORKBOOKS.items():
        answer = upload(planner, hostile.content(), hostile.name, "/rounds/validate?annotated=true")
        assert answer.status_code in (200, 406, 422), name
    assert peak(besieged.pid) < GIBIBYTE
    nothing_is_left(besieged)


def test_marked_copy_of_a_workbook_that_only_some_can_open(planner: httpx.Client) -> None:
    content = packed({"xl/styles.xml": b"<styleSheet><fonts><font><b val='x'/></font></fonts></styleSheet>"})
    assert upload(planner, content, "选派.xlsx").json()["valid"]
    refused(upload(planner, content, "选派.xlsx", "/rounds/validate?annotated=true"), "not_acceptable")


@pytest.mark.parametrize(
    "name", ["annotated.xlsx", ".annotated.xlsx", "𠀀" * 90 + ".xlsx", "长" * 90 + ".xlsx"]
)
def test_name_of_a_file_stands_in_no_way(planner: httpx.Client, name: str) -> None:
    answer = upload(planner, HUAXI.read_bytes(), name, "/rounds/validate?annotated=true")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert answer.content != HUAXI.read_bytes()


def test_edit_with_numbers_and_texts_that_are_none(server: Server) -> None:
    client = server.planner()
    made = made_round(client)
    headers = {"If-Match": made.headers["etag"], "Content-Type": "application/json"}
    body = '{"reason": "x", "edits": [{"op": "field", "values": {"name": %s}}]}'
    for value, code in (
        ('"\\ud800"', "bad_text"), ('"\\u0000"', "bad_text"), ("NaN", "bad_number"), ("1e999", "bad_number"),
        ("9" * 5000, "bad_number"), ('"\\', "json_syntax"),
    ):  # fmt: skip
        answer = client.patch(
            f"/rounds/{made.json()['id']}", content=(body % value).encode(), headers=headers
        )
        refused(answer, code)
    # A pair of halves is a character, and an escaped backslash is no escape.
    answer = client.patch(
        f"/rounds/{made.json()['id']}",
        content=(body % '"\\ud840\\udc00 \\\\u0000"').encode(),
        headers=headers,
    )
    assert answer.json()["name"] == "𠀀 \\u0000", answer.text


# ---------------------------------------------------------------- what nobody thought of

ODD = (
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats()
    | st.text(st.characters(), max_size=40) | st.sampled_from(["\ud800", "\0", "=1+1", "2025-02-30", "x" * 10_000])
    | st.lists(st.integers(), max_size=3) | st.dictionaries(st.text(max_size=5), st.integers(), max_size=3)
)  # fmt: skip


@st.composite
def documents(draw: Callable[..., Any]) -> bytes:
    """Make a sample's document with a few values anywhere in it replaced by odd ones, or taken away."""
    document = sample()
    for _ in range(draw(st.integers(1, 4))):
        place: Any = document
        key: Any = draw(st.sampled_from(sorted(document)))
        while isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
            place = place[key]
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if draw(st.integers(0, 5)):
            place[key] = draw(ODD)
        else:
            del place[key]
            if not document:
                break
    return json.dumps(document).encode()


@FEW
@given(content=documents())
def test_documents_with_odd_values(besieged: Server, planner: httpx.Client, content: bytes) -> None:
    _is_read_or_refused(besieged, planner, content, "round.json")


@FEW
@given(data=st.data())
def test_workbooks_with_changed_bytes(besieged: Server, planner: httpx.Client, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(parts())))
    changed = bytearray(parts()[part])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    content = packed({part: bytes(changed)})
    cut = data.draw(st.integers(0, 4))
    _is_read_or_refused(besieged, planner, content if cut else content[: len(content) // 2], "选派.xlsx")


def _is_read_or_refused(server: Server, client: httpx.Client, content: bytes, name: str) -> None:
    answer = upload(client, content, name)
    assert answer.status_code == 200, answer.text
    assert answer.json()["valid"] == (not answer.json()["problems"])
    for problem in answer.json()["problems"]:
        assert problem["message"]["zh"]
        assert problem["remedy"]["en"]
    if answer.json()["valid"]:
        stored = upload(client, content, name, "/rounds")
        assert stored.status_code == 201, stored.text
    nothing_is_left(server)


def test_the_service_had_no_error_of_its_own(besieged: Server, planner: httpx.Client) -> None:
    assert planner.get("/me").status_code == 200
    assert unexpected(besieged) == []
    assert peak(besieged.pid) < GIBIBYTE
