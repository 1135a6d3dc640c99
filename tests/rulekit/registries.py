"""Every rule and term of the registries, with where it stands and where its cases are."""

import importlib
import inspect
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from matcher import constraints, scoring, screening
from matcher.rulekit import Rule, ScoreTerm
from tests.rulekit.case_files import CaseFile, case_files

TESTS = Path(__file__).parent.parent


@dataclass(frozen=True)
class Entry:
    """A rule of one registry."""

    rule: Rule[Any]
    package: str

    def __str__(self) -> str:
        return f"{self.package}.{self.rule.id}"

    @property
    def is_term(self) -> bool:
        return isinstance(self.rule, ScoreTerm)

    @property
    def module(self) -> ModuleType:
        return importlib.import_module(type(self.rule).__module__)

    @property
    def source(self) -> Path:
        return Path(inspect.getfile(type(self.rule)))

    @property
    def case_path(self) -> Path:
        return TESTS / self.package / "cases" / f"{self.rule.id}.yaml"

    @property
    def case_file(self) -> CaseFile:
        """The rule's cases; none where there is no such file."""
        found = [file for file in case_files(self.case_path.parent) if file.path == self.case_path]
        return found[0] if found else CaseFile(self.case_path, "", (), {})


def entries() -> list[Entry]:
    registries = {
        "screening": screening.RULES,
        "constraints": constraints.RULES,
        "scoring": scoring.TERMS,
    }
    return [Entry(rule, package) for package, rules in registries.items() for rule in rules]
