"""Files that nobody honest sends are refused in words, quickly and without being loaded."""

from __future__ import annotations

import contextlib
import io
import random
import resource
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from matcher.problems import InvalidInput, Problem
from matcher.tables import Limits, annotate, read_round, write_workbook
from tests.tables.samples import least, small_round, write_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CONTENT = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{}</sheetData></worksheet>"
)


def _package(path: Path, sheets: Mapping[str, str], strings: str = "", **more: str) -> Path:
    """Write a workbook from the XML of its sheets' rows."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{kinds}worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="s" Type="{kinds}sharedStrings" Target="sharedStrings.xml"/>'
    root = f'<Relationship Id="b" Type="{kinds}officeDocument" Target="xl/workbook.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT)
        archive.writestr("_rels/.rels", _RELATIONS.format(root))
        archive.writestr("xl/workbook.xml", _BOOK.format(listed))
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(relations))
        for number, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _SHEET.format(rows))
        archive.writestr("xl/sharedStrings.xml", strings or "<sst></sst>")
        for name, data in more.items():
            archive.writestr(name, data)
    return path


def _refusal(path: Path, limits: Limits | None = None) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        read_round(path, limits=limits)
    return caught.value.problems[0]


def _text(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def _remade(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Pack a proper workbook again with some parts changed."""
    write_workbook(small_round(), path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            changed = change(name, data)
            if changed is not None:
                archive.writestr(name, changed)
    return path


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 2**20)
    assert path.stat().st_size < 2**20
    assert _refusal(path).code == "unpacks_too_large"


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 3 * 2**20)
    data = path.read_bytes()
    size = (3 * 2**20).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))
    assert _refusal(path, Limits(unpacked_bytes=2**20)).code in ("unpacks_too_large", "damaged_workbook")


@pytest.mark.parametrize(("cells", "code"), [
    ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_rows"),
    ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
    ('<row r="1"><c r="A1"><v>1</v></c></row><row r="250000"><c r="GR250000"><v>1</v></c></row>', "too_many_cells"),
    ('<row r="250000"></row><row><c><v>1</v></c>' + "<c><v>1</v></c>" * 199 + "</row>", "too_many_cells"),
    ('<row r="9999999"><c><v>1</v></c></row>', "too_many_rows"),
    ('<row r="1"><c r="AAAAAA1"><v>1</v></c></row>', "damaged_workbook"),
    ('<row r="1"><c r="&#88;&#70;&#68;1"><v>1</v></c></row>', "too_many_columns"),
    ('<row r="x"><c><v>1</v></c></row>', "damaged_workbook"),
    ('<x:row xmlns:x="y" r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>', "too_many_columns"),
    ("<row><c>", "damaged_workbook"),
])  # fmt: skip
def test_a_huge_dimension(tmp_path: Path, cells: str, code: str) -> None:
    assert _refusal(_package(tmp_path / "huge.xlsx", {"村情表": cells})).code == code


def test_rows_that_are_only_formatted_do_no_harm(tmp_path: Path) -> None:
    blank = '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
    path = _remade(
        tmp_path / "round.xlsx",
        lambda name, data: data.replace(b"</sheetData>", blank.encode() + b"</sheetData>")
        if "worksheets/sheet" in name and b"<sheetData>" in data else data,
    )  # fmt: skip
    assert read_round(path).digest == small_round().digest


def test_one_long_text_used_many_times(tmp_path: Path) -> None:
    strings = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{chr(65 + column)}{row}" t="s"><v>0</v></c>' for column in range(20))
        + "</row>"
        for row in range(1, 2_000)
    )
    path = _package(tmp_path / "long.xlsx", {"村情表": rows}, strings)
    assert path.stat().st_size < 2**20
    assert _refusal(path).code == "too_much_text"


@pytest.mark.parametrize("shared", [True, False])
def test_a_cell_of_ten_megabytes(tmp_path: Path, shared: bool) -> None:
    text = "长" * (10 * 2**20 // 3)
    cell = '<c r="B2" t="s"><v>0</v></c>' if shared else _text("B2", text)
    header = _text("A1", "村编码") + _text("B1", "村名") + _text("C1", "乡镇")
    rows = f'<row r="1">{header}</row><row r="2">{_text("A2", "V1")}{cell}{_text("C2", "镇")}</row>'
    strings = f"<sst><si><t>{text}</t></si></sst>" if shared else ""
    with pytest.raises(InvalidInput) as caught:
        read_round(_package(tmp_path / "long.xlsx", {"村情表": rows}, strings))
    problem = next(problem for problem in caught.value.problems if problem.code == "cell_too_long")
    assert problem.location is not None
    assert (problem.location.sheet, problem.location.cell) == ("村情表", "B2")
    assert len(problem.value) < 100


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_document_types_and_entities(tmp_path: Path, part: str) -> None:
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = _remade(
        tmp_path / "dtd.xlsx",
        lambda name, data: data.replace(b"?>", b"?>" + lol, 1) if name == part else data,
    )
    problem = _refusal(path)
    assert (problem.code, problem.details["part"]) == ("xml_with_dtd", part)


def test_text_that_looks_like_markup_is_text(tmp_path: Path) -> None:
    sheets = least(村情表=[["村编码", "村名", "乡镇"], ["V1", "<!DOCTYPE a>&x;", "甲镇"]])
    assert read_round(write_cells(tmp_path / "round.xlsx", sheets)).villages[0].name == "<!DOCTYPE a>&x;"


def test_other_encodings_of_xml(tmp_path: Path) -> None:
    path = _remade(
        tmp_path / "utf16.xlsx",
        lambda name, data: (
            data.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "sheet1.xml" in name else data
        ),
    )
    assert _refusal(path).code == "xml_with_dtd"


def test_what_is_no_workbook(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    files = {
        "old.xls": (ole, "old_workbook"),
        "renamed.xlsx": (ole, "old_workbook"),
        "locked.xlsx": (ole + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
        "page.xlsx": (b"<html><table></table></html>", "not_a_workbook"),
        "empty.xlsx": (b"", "file_empty"),
        "round.pdf": (b"%PDF", "unknown_file_type"),
        "cut.xlsx": (b"PK\x03\x04" + b"\0" * 100, "damaged_workbook"),
    }
    for name, (data, code) in files.items():
        (tmp_path / name).write_bytes(data)
        assert _refusal(tmp_path / name).code == code, name
    assert _refusal(tmp_path / "none.xlsx").code == "file_missing"
    assert _refusal(tmp_path / "none.pdf").code == "file_missing"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook(tmp_path: Path, share: float) -> None:
    path = tmp_path / "round.xlsx"
    write_workbook(small_round(), path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert _refusal(path).code == "damaged_workbook"


@pytest.mark.parametrize("step", range(0, 40, 3))
def test_a_workbook_with_flipped_bytes(tmp_path: Path, step: int) -> None:
    path = tmp_path / "round.xlsx"
    write_workbook(small_round(), path)
    data = bytearray(path.read_bytes())
    for at in range(step, len(data), 97):
        data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(InvalidInput):
        read_round(path)


@pytest.mark.parametrize("seed", range(60))
def test_a_workbook_with_changed_markup(tmp_path: Path, seed: int) -> None:
    """Whatever stands in its parts, a workbook is read or refused in words; nothing else is raised."""
    chance = random.Random(seed)

    def change(_name: str, data: bytes) -> bytes:
        changed = bytearray(data)
        if chance.random() < 0.15:
            at, other = chance.randrange(len(changed)), chance.randrange(len(changed))
            changed[at:at] = changed[other : other + chance.randrange(1, 60)]
            changed[at % len(data)] = chance.choice(b'<>/"=0123456789ABC&;tsrv ')
        return bytes(changed)

    path = _remade(tmp_path / "round.xlsx", change)
    with contextlib.suppress(InvalidInput):
        read_round(path)
    with contextlib.suppress(InvalidInput):
        annotate(path, tmp_path / "marked.xlsx", [])


def test_macros_and_other_kinds(tmp_path: Path) -> None:
    cells = {"村情表": ""}
    macro = _package(tmp_path / "macro.xlsm", cells, **{"xl/vbaProject.bin": "x"})
    assert _refusal(macro).code == "macro_workbook"
    renamed = _remade(
        tmp_path / "macro.xlsx",
        lambda name, data: (
            data.replace(b"spreadsheetml.sheet.main", b"x.macroEnabled.main") if "Types" in name else data
        ),
    )
    renamed = _remade(
        renamed, lambda name, data: data + b"<!-- macroEnabled -->" if name == "[Content_Types].xml" else data
    )
    assert _refusal(renamed).code == "macro_workbook"
    for name, part, code in [("a.xlsb", "xl/workbook.bin", "other_workbook"), ("a.ods", "content.xml", "other_workbook"),
                             ("a.xlsx", "word/document.xml", "not_a_workbook")]:  # fmt: skip
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(part, "x")
        assert _refusal(tmp_path / name).code == code


def test_encrypted_and_doubled_members(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    assert _refusal(path).code == "encrypted_workbook"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", "y")
    assert _refusal(path).code == "damaged_workbook"


def test_limits(tmp_path: Path) -> None:
    path = tmp_path / "round.xlsx"
    write_workbook(small_round(), path)
    assert _refusal(path, Limits(file_bytes=1000)).code == "file_too_large"
    assert _refusal(path, Limits(sheets=3)).code == "too_many_sheets"
    assert _refusal(path, Limits(parts=5)).code == "too_many_parts"
    assert _refusal(path, Limits(rows=2)).code == "too_many_rows"
    assert _refusal(path, Limits(columns=2)).code == "too_many_columns"
    assert _refusal(path, Limits(cells=10)).code == "too_many_cells"


def test_problems_without_end_are_cut(tmp_path: Path) -> None:
    rows = [["干部编码", "姓名", "出生年月", "单位编码"], *(["C", "张", "不详", "U1"] for _ in range(200))]
    path = write_cells(tmp_path / "round.xlsx", least(干部表=rows))
    with pytest.raises(InvalidInput) as caught:
        read_round(path, limits=Limits(problems=50))
    assert len(caught.value.problems) == 51
    assert caught.value.problems[-1].code == "too_many_problems"


def test_error_values_and_formulas_without_a_result(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{_text("A1", "村编码")}{_text("B1", "村名")}{_text("C1", "乡镇")}{_text("D1", "人口")}{_text("E1", "备注")}</row>'
        f'<row r="2">{_text("A2", "V1")}<c r="B2" t="e"><v>#N/A</v></c>{_text("C2", "镇")}<c r="D2"><f>1+1</f><v></v></c></row>'
        f'<row r="3">{_text("A3", "V2")}<c r="B3" t="str"><f>A1</f><v>算出村</v></c>{_text("C3", "镇")}<c r="D3"><f>1+1</f><v>2</v></c>'
        '<c r="E3" t="str"><f>A1</f><v></v></c></row>'
    )
    with pytest.raises(InvalidInput) as caught:
        read_round(_package(tmp_path / "round.xlsx", {"村情表": rows}))
    found = [(p.code, p.location.cell) for p in caught.value.problems if p.location]
    assert found == [("error_value", "B2"), ("formula_without_value", "D2")]


def test_merged_cells(tmp_path: Path) -> None:
    book = io.BytesIO()
    made = xlsxwriter.Workbook(book)
    for title, cells in least().items():
        sheet = made.add_worksheet(title)
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
        if title == "村情表":
            sheet.merge_range("C2:C3", "甲镇")
    made.close()
    (tmp_path / "round.xlsx").write_bytes(book.getvalue())
    with pytest.raises(InvalidInput) as caught:
        read_round(tmp_path / "round.xlsx")
    assert [(p.code, p.location.cell) for p in caught.value.problems if p.location] == [
        ("merged_cells", "C2")
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited with the kernel's means")
def test_memory_stays_bounded(tmp_path: Path) -> None:
    """A workbook made to swell is refused with little memory to spare."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    path = _package(tmp_path / "far.xlsx", {"村情表": far})
    code = (
        "import sys; from matcher.tables import read_round\nfrom matcher.problems import InvalidInput\n"
        "try: read_round(sys.argv[1])\nexcept InvalidInput as error: print(error.problems[0].code)"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))

    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, preexec_fn=limit,
        cwd=Path(__file__).parents[2], env={"OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.stdout.strip() == "too_many_rows"
