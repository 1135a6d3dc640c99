"""No rule without its sentence, its reason, an example of each kind, its words, and its cases."""

import re
import string
from collections import Counter
from typing import Any

import pytest

from matcher.rulekit import NoParams, PlanRule
from tests.rulekit.case_files import case_files
from tests.rulekit.registries import TESTS, Entry, entries

ENTRIES = entries()
TEXTS = ("name", "sentence", "why", "allowed", "refused", "words")
#: Words that stay Chinese in an English text: codes of the trade.
KEPT = re.compile("中共党员|优秀|基本称职|不称职|称职")
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_it_has_its_texts_in_both_languages(entry: Entry) -> None:
    for field in TEXTS:
        text = getattr(entry.rule, field)
        assert CHINESE.search(text.zh), f"{field} has no Chinese: {text.zh!r}"
        assert text.en.strip(), f"{field} has no English"
        assert not CHINESE.search(KEPT.sub("", text.en)), f"{field} has Chinese in its English: {text.en!r}"


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_its_sentences_end_as_sentences_do(entry: Entry) -> None:
    for field in ("sentence", "why", "allowed", "refused"):
        text = getattr(entry.rule, field)
        assert text.zh.endswith("。"), f"{field}: {text.zh!r}"
        assert text.en.endswith("."), f"{field}: {text.en!r}"


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_its_words_say_the_same_in_both_languages(entry: Entry) -> None:
    fields = [
        {field for _, field, _, _ in string.Formatter().parse(entry.rule.words.in_(language)) if field}
        for language in ("zh", "en")
    ]
    assert fields[0] == fields[1]
    assert fields[0] or entry.rule.id == "retain", "words without anything to fill in say nothing of the case"


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_its_parameters_are_documented_and_have_defaults(entry: Entry) -> None:
    params = entry.rule.Params
    documented = params.__doc__ or ""
    for name in params.model_fields:
        assert f"``{name}``" in documented, f"{params.__name__} says nothing of {name}"
    assert params() == params.model_validate({})
    assert (params is NoParams) == (not params.model_fields)


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_its_defaults_are_sound(entry: Entry) -> None:
    rule = entry.rule
    if isinstance(rule, PlanRule):
        assert rule.default_mode in rule.modes
        assert (rule.default_weight is not None) == (rule.default_mode == "soft")
    elif entry.is_term:
        assert rule.default_weight >= 0  # type: ignore[attr-defined]  # 0: off unless a round asks for it


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_it_has_a_file_of_its_own(entry: Entry) -> None:
    own = {str(other) for other in ENTRIES if other.source == entry.source}
    assert own == {str(entry)}
    assert (entry.module.__doc__ or "").startswith(("Screening rule", "Plan rule", "Score term"))
    assert f"``{entry.rule.id}``" in (entry.module.__doc__ or "")


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_it_has_enough_cases(entry: Entry) -> None:
    file = entry.case_file
    assert file.rule == entry.rule.id
    titles = Counter(case.title for case in file.cases)
    assert max(titles.values()) == 1, titles.most_common(1)
    if entry.is_term:
        assert file.count("scores") >= 3
        assert len({str(case.data["points"]) for case in file.cases}) >= 2
    else:
        assert file.count("allowed") >= 2
        assert file.count("refused") >= 2
        assert any("says" in case.data for case in file.cases), "one refusal at least is read in words"


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.rule.Params.model_fields], ids=str)
def test_its_cases_try_every_parameter(entry: Entry) -> None:
    file = entry.case_file
    tried = {name for case in file.cases for name in case.data["params"]}
    assert tried == set(entry.rule.Params.model_fields)


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_right_and_wrong_values_of_every_parameter_are_given(entry: Entry) -> None:
    values = entry.case_file.values
    assert set(values) == set(entry.rule.Params.model_fields)
    assert all(rows.keys() == {"right", "wrong"} and all(rows.values()) for rows in values.values())


@pytest.mark.parametrize("package", ["screening", "constraints", "scoring"])
def test_every_file_of_cases_belongs_to_a_rule(package: str) -> None:
    files = {file.path for file in case_files(TESTS / package / "cases")}
    assert files == {entry.case_path for entry in ENTRIES if entry.package == package}


def test_ids_and_names_are_unique() -> None:
    """One id has one name; ``decisions`` is a screening rule and a plan rule, by design of one name."""
    for name_of in (_id, _name_zh, _name_en):
        owners: dict[str, set[str]] = {}
        for entry in ENTRIES:
            owners.setdefault(name_of(entry), set()).add(entry.rule.id)
        assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    twice = [id_ for id_, times in Counter(entry.rule.id for entry in ENTRIES).items() if times > 1]
    assert twice == ["decisions"]


def _id(entry: Entry) -> str:
    return entry.rule.id


def _name_zh(entry: Entry) -> Any:
    return entry.rule.name.zh


def _name_en(entry: Entry) -> Any:
    return entry.rule.name.en.casefold()
