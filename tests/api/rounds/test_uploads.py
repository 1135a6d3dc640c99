"""Uploads: workbooks and forms, what is wrong at its cell, and files that mean harm."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from matcher.tables import read_round
from tests.api.server import SAMPLES, Server, codes, made_round, refused, sample, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HUAXI = SAMPLES / "huaxi" / "round.xlsx"


@pytest.fixture(scope="module")
def planner(server: Server) -> httpx.Client:
    return server.planner()


def spoilt() -> bytes:
    """Return a workbook in which one cadre has no decent month of birth."""
    book = openpyxl.load_workbook(HUAXI)
    sheet = book["干部表"]
    header = next(cell for row in sheet.iter_rows(max_row=5) for cell in row if cell.value == "出生年月")
    sheet.cell(header.row + 1, header.column).value = "七十年代"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_form(
    client: httpx.Client, content: bytes, name: str = "选派.xlsx", path: str = "/rounds/validate"
) -> httpx.Response:
    return client.post(path, files={"file": (name, content)})


def test_workbook_in_a_form_and_as_the_body(planner: httpx.Client) -> None:
    digest = read_round(HUAXI).digest
    content = HUAXI.read_bytes()
    by_form = as_form(planner, content, path="/rounds")
    as_body = planner.post("/rounds", content=content, headers={"Content-Type": WORKBOOK})
    for answer in (by_form, as_body):
        assert answer.status_code == 201, answer.text
        assert answer.json()["revision"]["digest"] == digest
        # The place of a warning is the workbook's.
        assert answer.json()["warnings"][0]["sheet"] == "村情表"


def test_document_in_a_form(planner: httpx.Client) -> None:
    content = json.dumps(sample()).encode()
    assert as_form(planner, content, "round.json", "/rounds").status_code == 201


def test_problem_is_at_its_cell_without_the_value(planner: httpx.Client) -> None:
    answer = as_form(planner, spoilt())
    (problem,) = answer.json()["problems"]
    assert (problem["sheet"], problem["column"]) == ("干部表", "出生年月")
    assert problem["cell"]
    assert problem["value"] == "…"
    assert "七十年代" not in answer.text


def test_marked_copy(planner: httpx.Client) -> None:
    content = spoilt()
    cell = as_form(planner, content).json()["problems"][0]["cell"]
    for language, title in (("zh", "问题"), ("en", "Problems")):
        answer = as_form(planner, content, path=f"/rounds/validate?annotated=true&lang={language}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == WORKBOOK
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book["干部表"][cell].comment is not None
        assert book.sheetnames[0].startswith(title) or title in book.sheetnames[0]


def test_marked_copy_of_what_is_no_workbook(planner: httpx.Client) -> None:
    answer = as_form(planner, b"PK nothing", path="/rounds/validate?annotated=true")
    problem = refused(answer, "round_invalid")
    assert codes(problem["problems"]) == ["damaged_workbook"]
    refused(as_form(planner, b"{}", "round.json", "/rounds/validate?annotated=true"), "not_acceptable")


def bomb() -> bytes:
    """Return a small archive whose one sheet is a gigabyte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1024):
                sheet.write(b" " * 2**20)
    return target.getvalue()


def entities() -> bytes:
    """Return a workbook whose part defines entities."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (bomb, "选派.xlsx", "unpacks_too_large"),
        (entities, "选派.xlsx", "xml_with_dtd"),
        (lambda: b"", "选派.xlsx", "file_empty"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "选派.xlsx", "old_workbook"),
        (lambda: HUAXI.read_bytes()[:5000], "选派.xlsx", "damaged_workbook"),
        (lambda: b"id,name\n", "选派.csv", "unknown_file_type"),
        (lambda: b"x", "选派", "unknown_file_type"),
        (lambda: b"{", "round.json", "json_syntax"),
        (lambda: b"[" * 10**6, "round.json", "too_deep"),
        (lambda: b'{"a":' * 30 + b"1" + b"}" * 30, "round.json", "too_deep"),
        (lambda: b"[]", "round.json", "not_a_round"),
        (lambda: b"\xff\xfe{}", "round.json", "not_utf8"),
        (lambda: b'{"id": "a", "id": "b"}', "round.json", "repeated_key"),
        (lambda: b'{"term_months": NaN}', "round.json", "not_a_number"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_that_means_harm(
    planner: httpx.Client, content: Callable[[], bytes], name: str, code: str
) -> None:
    answer = as_form(planner, content(), name)
    assert answer.status_code == 200, answer.text
    assert code in codes(answer.json()["problems"])
    problem = refused(as_form(planner, content(), name, "/rounds"), "round_invalid")
    assert code in codes(problem["problems"])


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.xlsx", "C:\\x\\选派.xlsx", ".xlsx", "a\x00b.xlsx", "长" * 300 + ".xlsx"]
)
def test_name_of_a_file_leads_nowhere(server: Server, planner: httpx.Client, name: str) -> None:
    body = (
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + HUAXI.read_bytes()
        + b"\r\n--b--\r\n"
    )
    answer = planner.post(
        "/rounds/validate", content=body, headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert answer.status_code in (200, 400), answer.text
    assert list((server.data / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (b"", "multipart/form-data"),
        (b"", "multipart/form-data; boundary=b"),
        (b"--b--\r\n", "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n', "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="other"; filename="r.json"\r\n\r\n{}\r\n--b--\r\n',
         "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="r.json"\r\n\r\n{}\r\n--b\r\n'
         b'Content-Disposition: form-data; name="file"; filename="s.json"\r\n\r\n{}\r\n--b--\r\n',
         "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="r.json"\r\n\r\n{}',
         "multipart/form-data; boundary=b"),
        (b"garbage", "multipart/form-data; boundary=b"),
    ],
)  # fmt: skip
def test_broken_form(server: Server, planner: httpx.Client, body: bytes, type_: str) -> None:
    answer = planner.post("/rounds", content=body, headers={"Content-Type": type_})
    refused(answer, "multipart_broken")
    assert list((server.data / "tmp").iterdir()) == []


def test_nothing_is_left_behind_and_nothing_is_told_to_the_reader(
    server: Server, planner: httpx.Client
) -> None:
    made_round(planner)
    as_form(planner, HUAXI.read_bytes(), path="/rounds/validate?annotated=true")
    # A file goes once its answer has left, which may be a moment after the answer has arrived here.
    wait_for(lambda: not any((server.data / "tmp").iterdir()))
    assert (server.data / "tmp").stat().st_mode & 0o777 == 0o700
