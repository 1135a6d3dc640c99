"""Files that nobody honest uploads, each with what becomes of it."""

from __future__ import annotations

import io
import json
import stat
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.api.server import SAMPLES, sample

if TYPE_CHECKING:
    from collections.abc import Callable

HUAXI = SAMPLES / "huaxi" / "round.xlsx"
READ = "read"
_VILLAGES = "xl/worksheets/sheet2.xml"
_OUTSIDE = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"'
    ' Target="{}" TargetMode="External"/></Relationships>'
)


class Hostile(NamedTuple):
    """A file, and the codes of which one is its problem; :data:`READ` where it does no harm and is read."""

    content: Callable[[], bytes]
    name: str
    codes: tuple[str, ...]


def parts() -> dict[str, bytes]:
    """Return the parts of a proper workbook."""
    with zipfile.ZipFile(HUAXI) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(changed: dict[str, bytes]) -> bytes:
    """Return a workbook of the sample's parts, some of them changed or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in {**parts(), **changed}.items():
            archive.writestr(name, data)
    return target.getvalue()


def _in_sheet(before: bytes, added: bytes) -> bytes:
    """Return the sample with something put before a mark of its second sheet."""
    sheet = parts()[_VILLAGES]
    assert before in sheet
    return packed({_VILLAGES: sheet.replace(before, added + before, 1)})


def _zeros(megabytes: int) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("0", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(2**20))
    return target.getvalue()


def nested_bomb() -> bytes:
    """Return a workbook with an archive of archives in it, gigabytes if anybody opened them."""
    target = io.BytesIO()
    inner = _zeros(256)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(16):
            archive.writestr(f"{number}.zip", inner)
    return packed({"xl/media/image1.zip": target.getvalue()})


def flat_bomb() -> bytes:
    """Return an archive whose directory names one small entry a thousand times, a gigabyte all told."""
    entry = _zeros(1)
    at = entry.index(b"PK\x01\x02")
    end = entry.index(b"PK\x05\x06")
    one = entry[at:end]
    name = one.index(b"0", 46)
    listed = (
        b"".join(
            one[:28] + len(text).to_bytes(2, "little") + one[30:46] + text + one[name + 1 :]
            for text in (f"xl/worksheets/sheet{number}.xml".encode() for number in range(1, 1001))
        )
        + one[:28]
        + (15).to_bytes(2, "little")
        + one[30:46]
        + b"xl/workbook.xml"
        + one[name + 1 :]
    )
    count, size = (1001).to_bytes(2, "little"), len(listed).to_bytes(4, "little")
    return (
        entry[:at]
        + listed
        + b"PK\x05\x06"
        + bytes(4)
        + count * 2
        + size
        + at.to_bytes(4, "little")
        + bytes(2)
    )


def doubled() -> bytes:
    """Return a workbook with one of its parts twice."""
    target = io.BytesIO(HUAXI.read_bytes())
    with zipfile.ZipFile(target, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return target.getvalue()


def climbing() -> bytes:
    """Return a workbook with parts whose names lead out of any folder, one of them a link."""
    target = io.BytesIO(HUAXI.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("../../../../../../tmp/climbed.xml", "<x/>")
        archive.writestr("/tmp/climbed.xml", "<x/>")
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


def with_macro() -> bytes:
    """Return a workbook with macros."""
    return packed({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def linked() -> bytes:
    """Return a workbook that points outside, to be fetched by whoever is careless."""
    rels = {
        f"xl/externalLinks/_rels/externalLink{number}.xml.rels": _OUTSIDE.format(target).encode()
        for number, target in enumerate(
            ("http://127.0.0.1:9/x.xlsx", "file:///etc/passwd", "\\\\127.0.0.1\\x"), 1
        )
    }
    book = b'<externalLink xmlns:r="r"><externalBook r:id="rId1"/></externalLink>'
    return packed({**rels, "xl/externalLinks/externalLink1.xml": book})


def outside_entity() -> bytes:
    """Return a workbook whose sheet asks for a file of the machine."""
    sheet = parts()[_VILLAGES]
    asked = b'?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return packed({_VILLAGES: sheet.replace(b"?>", asked, 1)})


def formula(text: str, value: str) -> bytes:
    """Return the sample with a formula far to the right of its first row."""
    cell = f'<c r="HZ1" t="str"><f>{text}</f><v>{value}</v></c>'.encode()
    return _in_sheet(b"</row>", cell)


def long_cell() -> bytes:
    """Return the sample with one cell of ten megabytes, in a row of its own."""
    cell = b'<c r="A99" t="inlineStr"><is><t>' + b"x" * 10 * 2**20 + b"</t></is></c>"
    return _in_sheet(b"</sheetData>", b'<row r="99">' + cell + b"</row>")


def long_header() -> bytes:
    """Return the sample with a heading of ten megabytes."""
    return _in_sheet(b"</row>", b'<c r="HZ1" t="inlineStr"><is><t>' + b"x" * 10 * 2**20 + b"</t></is></c>")


def many_columns() -> bytes:
    """Return the sample with a hundred thousand cells in its first row."""
    return _in_sheet(b"</row>", b'<c t="inlineStr"><is><t>x</t></is></c>' * 100_000)


def wrong_types() -> bytes:
    """Return the sample with a truth, an error and a date where words and numbers are wanted."""
    cells = b'<c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c><c r="C3" t="d"><v>2025-13-45T99:99</v></c>'
    return _in_sheet(b"</sheetData>", b'<row r="99999">' + cells.replace(b"3", b"99999") + b"</row>")


def deep_markup() -> bytes:
    """Return the sample with half a million elements one inside the other."""
    return _in_sheet(b"</sheetData>", b"<a>" * 500_000 + b"</a>" * 500_000)


def encrypted() -> bytes:
    """Return what Excel writes when a password is asked for: the beginning of it is enough."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def document(**changed: Any) -> bytes:
    """Return a sample's document with some fields changed; half characters stay as escapes."""
    return json.dumps({**sample(), **changed}).encode()


def raw(field: str, text: str) -> bytes:
    """Return a sample's document with one more field, written as it is."""
    return document()[:-1] + f', "{field}": {text}}}'.encode()


_PLACE = ("damaged_workbook", "unpacks_too_large")

WORKBOOKS: dict[str, Hostile] = {
    "nested bomb": Hostile(nested_bomb, "选派.xlsx", (READ,)),
    "flat bomb": Hostile(flat_bomb, "选派.xlsx", _PLACE),
    "doubled part": Hostile(doubled, "选派.xlsx", ("damaged_workbook",)),
    "names that climb": Hostile(climbing, "选派.xlsx", (READ,)),
    "macros": Hostile(with_macro, "选派.xlsm", ("macro_workbook",)),
    "macros, renamed": Hostile(with_macro, "选派.xlsx", ("macro_workbook",)),
    "links outside": Hostile(linked, "选派.xlsx", (READ,)),
    "entity of a file": Hostile(outside_entity, "选派.xlsx", ("xml_with_dtd",)),
    "formula that starts a program": Hostile(
        lambda: formula("cmd|'/C calc'!A0", "x"), "选派.xlsx", ("unknown_header",)
    ),
    "cell of 10 MB": Hostile(long_cell, "选派.xlsx", ("cell_too_long",)),
    "heading of 10 MB": Hostile(long_header, "选派.xlsx", ("unknown_header",)),
    "100,000 columns": Hostile(many_columns, "选派.xlsx", ("too_many_columns",)),
    "a far cell": Hostile(
        lambda: _in_sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "选派.xlsx", ("too_many_rows",),
    ),
    "a dimension that is none": Hostile(
        lambda: _in_sheet(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/>'), "选派.xlsx", (READ,)
    ),
    "values of wrong types": Hostile(wrong_types, "选派.xlsx", ("error_value",)),
    "deep markup": Hostile(deep_markup, "选派.xlsx", (READ, "damaged_workbook")),
    "password": Hostile(encrypted, "选派.xlsx", ("encrypted_workbook",)),
    "old workbook, renamed": Hostile(
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "选派.xlsx", ("old_workbook",)
    ),
    "table of text, renamed": Hostile("村编码,村名\n9901,杏花村\n".encode, "选派.xlsx", ("not_a_workbook",)),
    "page, renamed": Hostile(lambda: b"<html><table></table></html>", "选派.xlsx", ("not_a_workbook",)),
}  # fmt: skip

DOCUMENTS: dict[str, Hostile] = {
    "number of 5,000 digits": Hostile(lambda: raw("term_months", "9" * 5000), "round.json", ("not_a_number",)),
    "number beyond measure": Hostile(lambda: raw("term_months", "1e999"), "round.json", ("not_a_number",)),
    "endless": Hostile(lambda: raw("term_months", "-Infinity"), "round.json", ("not_a_number",)),
    "number that fits nowhere": Hostile(lambda: document(term_months=10**30), "round.json", ("too_large",)),
    "half a character": Hostile(lambda: document(name="\ud800"), "round.json", ("not_text",)),
    "half a character in a key": Hostile(lambda: document(**{"\udfff": 1}), "round.json", ("not_text",)),
    "NUL": Hostile(lambda: document(name="a\0b", region="\0"), "round.json", ("not_text",)),
    "UTF-16": Hostile(lambda: document().decode().encode("utf-16"), "round.json", ("not_utf8",)),
    "byte order mark": Hostile(lambda: b"\xef\xbb\xbf" + document(), "round.json", (READ,)),
    "list of nothing": Hostile(lambda: document(cadres=[None] * 10**6), "round.json", ("too_many_problems", "upload_too_slow")),
    "a million rows": Hostile(
        lambda: document(cadres=[{"id": "x"}] * 10**6), "round.json",
        ("upload_too_complex", "upload_too_slow", "too_many_problems"),
    ),
    "a million scores": Hostile(
        lambda: document(suitability=[{"cadre": "C1", "village": "V1", "score": 1}] * 10**6), "round.json",
        ("upload_too_complex", "upload_too_slow", "too_many_problems"),
    ),
    "text of 60 MB": Hostile(
        lambda: document(name="x" * (60 * 2**20)), "round.json", ("too_long", "upload_too_complex", "upload_too_slow")
    ),
    "tables that are none": Hostile(lambda: document(cadres={"id": "x"}), "round.json", ("not_a_list",)),
    "null": Hostile(lambda: b"null", "round.json", ("not_a_round",)),
}  # fmt: skip
