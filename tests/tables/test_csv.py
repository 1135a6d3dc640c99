"""Folders of CSV files, as Excel and others write them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from matcher.problems import InvalidInput
from matcher.tables import Limits, located_warnings, read_document, read_round, round_of, write_csv
from tests.tables.samples import document, least, small_round

if TYPE_CHECKING:
    from pathlib import Path


def _write(folder: Path, encoding: str = "utf-8", **files: str) -> Path:
    folder.mkdir()
    for title, rows in least().items():
        text = "\n".join(",".join(map(str, row)) for row in rows)
        (folder / f"{title}.csv").write_text(text, encoding)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding)
    return folder


def _problems(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_round(folder)
    return [(p.code, p.location.sheet if p.location else "", p.location.cell if p.location else "")
            for p in caught.value.problems]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    folder = _write(tmp_path / "round", encoding, 村情表="村编码,村名,乡镇\n0012,𬭩河村,㛃镇")
    (village,) = read_round(folder).villages
    assert (village.id, village.name, village.township) == ("0012", "𬭩河村", "㛃镇")


def test_mixed_encodings_and_other_files(tmp_path: Path) -> None:
    folder = _write(tmp_path / "round")
    (folder / "单位表.csv").write_text("单位编码,单位名称,单位层级\nU1,农业局,县", "gb18030")
    (folder / "README.txt").write_text("x")
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "锁定表.csv").write_bytes(b"")
    assert read_round(folder).units[0].name == "农业局"


def test_english_names(tmp_path: Path) -> None:
    folder = tmp_path / "round"
    folder.mkdir()
    (folder / "round.csv").write_text("Item,Content\nid,HX\nas of,2025-05-01")
    (folder / "villages.csv").write_text("id,name,township\n1,One,North")
    (folder / "UNITS.CSV").write_text("Unit id,Unit,Level\n001,Bureau,county")
    (folder / "cadres.csv").write_text("id,name,birth month,unit\nC1,Ann,1985-07,001")
    assert read_round(folder).cadres[0].unit == "001"


def test_problems_stand_in_the_file(tmp_path: Path) -> None:
    folder = _write(
        tmp_path / "round",
        干部表='干部编码,姓名,出生年月,单位编码\nC1,"张\n三",1985-13,U1\n\nC2,李四,1985.1,U1\nC3,王五,1985-10,U9\n',
        村庄表="村编码\nV1",
    )
    assert _problems(folder) == [
        ("impossible_date", "干部表.csv", "C2"), ("ambiguous_month", "干部表.csv", "C4"), ("dangling_id", "干部表.csv", "D5"),
        ("unknown_sheet", "村庄表.csv", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), [
    ("村编码,村名\nV1,一村".encode("utf-16"), "unknown_encoding"),
    (b"\xff\xff\xff", "unknown_encoding"),
    (b"\xef\xbb\xbf\xd6\xd0", "unknown_encoding"),
    ('村编码,村名,乡镇\nV1,"一村,甲镇'.encode(), "bad_csv"),
    (b"a," * 300, "too_many_columns"),
    (b'"' + b"x" * 200_000 + b'"', "bad_csv"),
])  # fmt: skip
def test_files_that_can_not_be_read(tmp_path: Path, data: bytes, code: str) -> None:
    folder = _write(tmp_path / "round")
    (folder / "村情表.csv").write_bytes(data)
    assert [found[:2] for found in _problems(folder)] == [(code, "村情表.csv")]


def test_limits(tmp_path: Path) -> None:
    folder = _write(tmp_path / "round")
    for limits, code in ((Limits(file_bytes=100), "file_too_large"), (Limits(rows=2), "too_many_rows"),
                         (Limits(cells=5), "too_many_cells"), (Limits(parts=2), "too_many_parts")):  # fmt: skip
        with pytest.raises(InvalidInput) as caught:
            read_round(folder, limits=limits)
        assert caught.value.problems[0].code == code
    (tmp_path / "empty").mkdir()
    assert _problems(tmp_path / "empty")[0][0] == "no_csv_files"


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-5", "@x", "'=1", "''@", "'quoted", "=\t"])
def test_texts_that_look_like_formulas(tmp_path: Path, text: str) -> None:
    villages = [{**document()["villages"][0], "notes": text}, document()["villages"][1]]
    round_ = small_round(villages=villages)
    write_csv(round_, tmp_path / "round")
    with (tmp_path / "round" / "村情表.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [cell for row in csv.reader(file) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in written)
    assert read_round(tmp_path / "round").digest == round_.digest


def test_a_formula_is_kept_as_text_with_a_warning(tmp_path: Path) -> None:
    folder = _write(
        tmp_path / "round", 村情表="村编码,村名,乡镇\nV1,=cmd|x,甲镇\nV2,-,甲镇\nV3,二村,+86 138-0"
    )
    source = read_document(folder)
    round_ = round_of(source)
    assert round_.villages[0].name == "=cmd|x"
    found = [p for p in located_warnings(source, round_) if p.code == "text_like_formula"]
    assert [p.location.cell for p in found if p.location] == ["B2"]
