"""Whatever a round holds, writing and reading it gives the same round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import codes, synth
from matcher.codes import Language
from matcher.round import Round
from matcher.tables import read_document, read_round, write_csv, write_json, write_workbook
from matcher.tables.folding import exactly, filled, literal, trimmed
from matcher.tables.params import read_params, write_params
from matcher.tables.scalars import read_id, read_text
from matcher.tables.several import Known, answers_reader, read_ids, read_names, write_ids, write_names
from tests.tables.samples import document, small_round

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES: tuple[Language, ...] = get_args(Language)
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")

quick = settings(max_examples=300, deadline=None)
slow = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook(tmp_path: Path, language: Language) -> None:
    round_ = small_round()
    write_workbook(round_, tmp_path / "round.xlsx", language)
    assert read_round(tmp_path / "round.xlsx").document() == round_.document()
    assert read_round(tmp_path / "round.xlsx").digest == round_.digest


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_csv(tmp_path: Path, language: Language, encoding: Any) -> None:
    round_ = small_round()
    write_csv(round_, tmp_path / "round", language, encoding)
    assert read_round(tmp_path / "round").document() == round_.document()


def test_json(tmp_path: Path) -> None:
    round_ = small_round()
    write_json(round_, tmp_path / "round.json")
    assert read_round(tmp_path / "round.json").digest == round_.digest
    assert read_document(tmp_path / "round.json").document == round_.document()


def test_a_type_without_needs_stays_without(tmp_path: Path) -> None:
    round_ = small_round()
    assert round_.needs_by_type["general"] == {}
    write_workbook(round_, tmp_path / "round.xlsx")
    assert read_round(tmp_path / "round.xlsx").needs_by_type["general"] == {}


def test_parameters_longer_than_a_cell_go_on_in_further_columns(tmp_path: Path) -> None:
    units = [f"U{number:06}" for number in range(9_000)]
    rules = [{"id": "township_captain", "mode": "hard", "params": {"units": {"青岩镇": units}}}]
    round_ = small_round(rules=rules, cadres=[{**cadre, "flags": []} for cadre in document()["cadres"]])
    assert len(write_params(dict(round_.rules[0].params))) > 70_000
    write_workbook(round_, tmp_path / "round.xlsx")
    assert read_round(tmp_path / "round.xlsx").digest == round_.digest
    write_csv(round_, tmp_path / "round")
    assert read_round(tmp_path / "round").digest == round_.digest


@pytest.mark.parametrize("number", [0.1 + 0.2, 1e-7, 123456789.123456789, 1e12, 0.1, 5])
def test_numbers_keep_every_digit(tmp_path: Path, number: float) -> None:
    villages = [{**document()["villages"][0], "income": number}, document()["villages"][1]]
    round_ = small_round(villages=villages)
    write_workbook(round_, tmp_path / "round.xlsx")
    assert read_round(tmp_path / "round.xlsx").digest == round_.digest


@pytest.mark.parametrize("kind", ["huaxi", "yuzhong"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_synthetic_counties(tmp_path: Path, kind: str, language: Language) -> None:
    round_ = Round.from_document(synth.county(kind, 1))
    write_workbook(round_, tmp_path / "round.xlsx", language)
    assert read_round(tmp_path / "round.xlsx").digest == round_.digest
    write_csv(round_, tmp_path / "round", language)
    assert read_round(tmp_path / "round").digest == round_.digest


def test_one_round_gives_one_file(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(small_round(), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


# Any text a round may hold: blanks at its ends, signs, control characters, rare characters; NUL is refused.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
texts = st.text(characters, min_size=1, max_size=12) | st.text(
    "0１Ａ \u3000、,，;；\"'=+-@\n\t无/\\:：x", min_size=1, max_size=6
)


@quick
@given(texts)
def test_any_text(text: str) -> None:
    assert read_text(exactly(text, trimmed)) == text
    assert read_id(exactly(text, filled)) == text


@quick
@given(texts)
def test_what_a_planner_quotes_stays_quoted(text: str) -> None:
    typed = f'"{text}"'
    read = literal(typed, trimmed)
    assert read == trimmed(typed) or exactly(read or "", trimmed) == typed


@quick
@given(st.lists(texts, max_size=4), st.sampled_from(["、", "; "]))
def test_any_list(words: list[str], separator: str) -> None:
    assert read_names(write_names(words, separator)) == words
    assert read_ids(write_ids(words, separator)) == words


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
nested = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | st.just(""), inner, max_size=3),
    max_leaves=8,
)


@quick
@given(st.dictionaries(texts, nested, max_size=3))
def test_any_parameters(params: dict[str, Any]) -> None:
    read = read_params(write_params(params))
    assert json.dumps(read, sort_keys=True) == json.dumps(params, sort_keys=True)


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """Draw a small round with whatever the records allow."""
    ids = st.lists(texts, min_size=2, max_size=3, unique=True)
    units, villages, cadres, own = draw(ids), draw(ids), draw(ids), draw(ids)
    levels = st.dictionaries(st.sampled_from(list(codes.SPECIALTIES)), st.integers(1, 5), max_size=4)
    amounts = st.floats(0, 1e12) | st.integers(0, 99)

    def some(**fields: st.SearchStrategy[Any]) -> dict[str, Any]:
        return {name: draw(strategy) for name, strategy in fields.items() if draw(st.booleans())}

    def code(known: codes.CodeList) -> st.SearchStrategy[str]:
        return st.sampled_from(list(known))

    flags = st.lists(st.sampled_from([*own, *codes.NEGATIVE_ITEMS]), unique=True, max_size=3)
    return Round.from_document({
        "id": draw(texts), "as_of": "2025-05-01",
        "units": [
            {"id": id_, "name": draw(texts), "level": "county"}
            | some(kind=code(codes.UNIT_KINDS), quota=st.integers(0, 10**9), funds=amounts, leader=texts, resources=levels,
                   county=st.just("县"), rating=code(codes.RATINGS))
            for id_ in units
        ],
        "villages": [
            {"id": id_, "name": "无名村" + draw(texts), "township": draw(texts), "county": "县"}
            | some(types=st.lists(code(codes.VILLAGE_TYPES), unique=True), needs=levels, notes=texts, income=amounts,
                   languages=st.lists(texts, unique=True, max_size=3), lead_unit=st.sampled_from(units))
            for id_ in villages
        ],
        "cadres": [
            {"id": id_, "name": draw(texts), "birth_month": "1985-10", "unit": draw(st.sampled_from(units))}
            | some(specialties=levels, flags=flags, position=texts, rank=code(codes.RANKS), native_village=texts,
                   kin_villages=st.lists(texts, unique=True, max_size=3), education=code(codes.EDUCATIONS),
                   conditions=st.dictionaries(texts | st.sampled_from(own), st.none() | st.booleans(), max_size=3),
                   appraisals=st.lists(code(codes.APPRAISALS), max_size=4), grassroots_years=amounts,
                   willing=st.booleans(), party_joined=st.dates().map(str).filter(lambda day: day > "1986"))
            for id_ in cadres
        ],
        "rules": [
            {"id": "negative_list", "params": {"items": {code_: draw(texts) for code_ in own}}},
            {"id": "qualification", "params": {"items": draw(st.dictionaries(texts, texts, max_size=3))}},
        ],
    })  # fmt: skip


def test_a_condition_named_by_a_quote_spares_what_is_quoted() -> None:
    read = answers_reader(Known(None, {'"': '"', "a;b": "ab"}))
    assert read('";":否、"0;":是') == {";": False, "0;": True}
    assert read('"\\"":否') == {'"': False}
    assert read('a;b:否、"a;b":是') == {"ab": False, "a;b": True}


@slow
@given(rounds(), st.sampled_from(LANGUAGES), st.sampled_from(ENCODINGS))
def test_any_round(
    tmp_path_factory: pytest.TempPathFactory, round_: Round, language: Language, encoding: Any
) -> None:
    folder = tmp_path_factory.mktemp("any")
    write_workbook(round_, folder / "round.xlsx", language)
    assert read_round(folder / "round.xlsx").document() == round_.document()
    write_csv(round_, folder / "csv", language, encoding)
    assert read_round(folder / "csv").document() == round_.document()
    write_json(round_, folder / "round.json")
    assert read_round(folder / "round.json").document() == round_.document()
