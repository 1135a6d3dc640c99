"""JSON documents are read strictly, and their faults named by path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from matcher.problems import InvalidInput
from matcher.tables import Limits, read_round
from matcher.words.problems import path as path_of
from tests.tables.samples import document, small_round

if TYPE_CHECKING:
    from pathlib import Path


def _problems(path: Path, text: str | bytes) -> list[tuple[str, str]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InvalidInput) as caught:
        read_round(path)
    assert str(caught.value).encode()
    return [(problem.code, path_of(problem)) for problem in caught.value.problems]


def test_with_and_without_a_mark(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "round.json").write_text(json.dumps(document(), ensure_ascii=False), encoding)
        assert read_round(tmp_path / "round.json").digest == small_round().digest


def test_problems_have_paths(tmp_path: Path) -> None:
    changed = document()
    changed["cadres"][2]["specialties"] = {"party": 9}
    changed["cadres"][2]["birth_month"] = "1985.7"
    changed["cadres"][1]["unit"] = "999"
    changed["as_of"] = "x"
    changed["colour"] = 1
    changed["needs_by_type"] = {"general": {"party": 7}}
    assert _problems(tmp_path / "round.json", json.dumps(changed)) == [
        ("not_a_date", "as_of"), ("unknown_field", "colour"), ("too_large", "needs_by_type.general.party"),
        ("dangling_id", "cadres[1].unit"), ("not_a_month", "cadres[2].birth_month"),
        ("too_large", "cadres[2].specialties.party"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), [
    ('{"id": "a", "id": "b", "cadres": [{"id": "x", "id": "y", "specialties": {"party": 1, "party": 2}}]}',
     [("repeated_key", "id"), ("repeated_key", "cadres[0].id"), ("repeated_key", "cadres[0].specialties.party")]),
    ('{"term_months": NaN, "units": [{"funds": Infinity}, {"funds": -1e999}]}',
     [("not_a_number", "term_months"), ("not_a_number", "units[0].funds"), ("not_a_number", "units[1].funds")]),
    (f'{{"units": [{{"funds": {"9" * 5000}}}]}}', [("not_a_number", "units[0].funds")]),
    ('{"name": "\\ud800", "cadres": [{"\\udfff": 1}]}', [("not_text", "name"), ("not_text", "cadres[0]")]),
    (f'{{"rules": [{{"params": {"[" * 40}1{"]" * 40}}}]}}', [("too_deep", "rules[0].params" + "." + ".".join("0" * 17))]),
    ("[" * 100_000, [("too_deep", "")]),
    ('{"a":' * 100_000, [("too_deep", "")]),
    ('{"id": 1,}', [("json_syntax", "")]),
    ("", [("file_empty", "")]),
    ("[]", [("not_a_round", "round")]),
    ("null", [("not_a_round", "round")]),
    ('"x"', [("not_a_round", "round")]),
    ("王".encode("gb18030"), [("not_utf8", "")]),
])  # fmt: skip
def test_what_is_no_proper_json(tmp_path: Path, text: str | bytes, found: list[tuple[str, str]]) -> None:
    assert _problems(tmp_path / "round.json", text) == found


def test_syntax_errors_have_their_line(tmp_path: Path) -> None:
    (tmp_path / "round.json").write_text('{\n "id": "x"\n "name": 1}')
    with pytest.raises(InvalidInput) as caught:
        read_round(tmp_path / "round.json")
    assert dict(caught.value.problems[0].details) == {
        "line": 3,
        "column": 2,
        "message": "Expecting ',' delimiter",
    }


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "round.json").write_text(" " * 2000 + "{}")
    with pytest.raises(InvalidInput) as caught:
        read_round(tmp_path / "round.json", limits=Limits(file_bytes=1000))
    assert caught.value.problems[0].code == "file_too_large"
