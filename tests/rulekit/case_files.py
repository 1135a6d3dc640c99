"""The case files: one YAML file a rule, as a personnel expert would write down what is allowed and what is not.

What every case of a file has in common stands at its top, what is special stands in the case:

    rule: young_share
    people:
      young: {birth_month: 1990-06}
      old: {}                               # in nobody is anything wrong unless the case says so
    cases:
      - allowed: one of two
        posts: {V: {first_secretary: old, resident: young}}
      - refused: none of two
        people: {young: {birth_month: 1989-06}}
        posts: {V: {first_secretary: old, resident: young}}
        breaches: [{plan: young, amount: 1}]
        says: {zh: …, en: …}
    values:                                 # of each parameter, limits included
      min_share: {right: [0, 0.2, 1], wrong: [-0.1, 1.1, half]}

Names such as ``y1..3`` stand for y1, y2 and y3.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped,unused-ignore]

Data = dict[str, Any]

#: Tables of a case by id; a case adds to those of its file, record by record and field by field.
BY_ID = ("villages", "units", "people")
#: Lists that a case replaces as a whole.
LISTS = ("incumbents", "decisions", "suitability", "baseline", "rules")
VERDICTS = ("allowed", "refused", "scores")
_SEVERAL = re.compile(r"(.*?)(\d+)\.\.(\d+)")


class _Loader(yaml.SafeLoader):  # type: ignore[misc,unused-ignore]
    """YAML with JSON's values only: ``off`` is a word, 2024-06-01 is text, and no key stands twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise ValueError(f"a key stands twice{node.start_mark}")
        return super().construct_mapping(node, deep=deep)


_PLAIN = {"bool": "true|false", "null": "null", "int": r"-?\d+", "float": r"-?\d+\.\d+"}
_Loader.yaml_implicit_resolvers = {}
for _kind, _form in _PLAIN.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"({_form})$"), list("tfn-0123456789")
    )


@dataclass(frozen=True, eq=False)
class Case:
    """One case with what it shares with its file filled in.

    Attributes
    ----------
    verdict
        ``allowed``, ``refused`` or (a term's points) ``scores``.
    data
        Tables (by id), lists, ``params``, ``round`` (its own fields) and what is expected.
    """

    rule: str
    title: str
    verdict: str
    data: Data

    def __str__(self) -> str:
        return f"{self.rule}: {self.title}"


@dataclass(frozen=True)
class CaseFile:
    """One file of cases.

    Attributes
    ----------
    values
        Of each parameter of the rule, values that are ``right`` and values that are ``wrong``.
    """

    path: Path
    rule: str
    cases: tuple[Case, ...]
    values: dict[str, dict[str, list[Any]]]

    def count(self, verdict: str) -> int:
        return sum(1 for case in self.cases if case.verdict == verdict)


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


@cache
def case_files(folder: Path) -> tuple[CaseFile, ...]:
    """All case files of ``folder``, by name."""
    return tuple(_case_file(path) for path in sorted(folder.glob("*.yaml")))


def cases_in(folder: Path) -> list[Case]:
    return [case for file in case_files(folder) for case in file.cases]


def _case_file(path: Path) -> CaseFile:
    document = read_yaml(path)
    rule = document.pop("rule")
    rows = document.pop("cases")
    values = document.pop("values", {})
    return CaseFile(path, rule, tuple(_case(rule, document, row) for row in rows), values)


def _case(rule: str, shared: Data, row: Data) -> Case:
    verdicts = [verdict for verdict in VERDICTS if verdict in row]
    assert len(verdicts) == 1, f"{rule}: a case is allowed, refused or scores: {row}"
    data = {key: value for key, value in row.items() if key != verdicts[0]}
    return Case(rule, row[verdicts[0]], verdicts[0], _merged(shared, data))


def _merged(shared: Data, own: Data) -> Data:
    merged = dict(shared) | own
    for table in BY_ID:
        rows: dict[str, Data] = {}
        for source in (shared, own):
            for id_, fields in _spread(source.get(table) or {}):
                rows[id_] = rows.get(id_, {}) | (fields or {})
        merged[table] = rows
    for key in ("params", "round"):
        merged[key] = (shared.get(key) or {}) | (own.get(key) or {})
    return merged


def _spread(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, fields in table.items():
        for id_ in several(name):
            yield id_, fields


def several(names: Any) -> list[str]:
    """The names that ``a``, ``[a, b]`` or ``y1..3`` stand for."""
    if isinstance(names, list):
        return [name for item in names for name in several(item)]
    match = _SEVERAL.fullmatch(str(names))
    if match is None:
        return [str(names)]
    return [f"{match[1]}{number}" for number in range(int(match[2]), int(match[3]) + 1)]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
