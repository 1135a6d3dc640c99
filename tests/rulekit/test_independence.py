"""The encoding of a rule and its check share no code, not even a helper of the rule's own file.

Read from the source: from the methods that the checker calls, and from those that the engine calls, every
function of the same file that can be reached. No function may be reached from both. What both may share
are constants, the parameters (their properties included) and the facts of the round.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.check.recount import recount as checkers_recount
from tests.rulekit.registries import Entry, entries

CHECK = {
    "breaches", "breaches_alone", "breaches_inside", "kind", "named", "limits", "uses",  # a plan rule's
    "count", "count_plan",  # a term's
    "summary", "combine",  # of either
    "permits",  # a screening rule's
}  # fmt: skip
ENCODING = {
    "team", "always", "rows", "load", "seats", "admits",  # a plan rule's
    "points", "captain_points", "constant",  # a term's
    "refusals",  # a screening rule's
}  # fmt: skip


class Source:
    """The functions of one rule file by name: those of the module, and the methods of its rule's class."""

    def __init__(self, text: str) -> None:
        classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
        helpers = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
        self.helpers: dict[str, ast.AST] = {node.name: node for node in helpers}
        self.methods = dict(member for node in classes if not _is_params(node) for member in _members(node))
        self.functions = self.helpers | self.methods

    def reached(self, starts: set[str]) -> set[str]:
        """Every function that can be reached from ``starts``, themselves included where the file has them."""
        found: set[str] = set()
        waiting = [name for name in sorted(starts) if name in self.functions]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._names_in(self.functions[name])
        return found

    def _names_in(self, function: ast.AST) -> list[str]:
        """The functions of the file that a function names, called or handed on."""
        names = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Name):
                names |= {node.id} & self.helpers.keys()
            elif isinstance(node, ast.Attribute) and _is_own(node.value):
                names |= {node.attr} & self.methods.keys()
        return sorted(names)


def _members(node: ast.ClassDef) -> Iterator[tuple[str, ast.AST]]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            yield item.name, item
        elif isinstance(item, ast.Assign) and isinstance(item.value, ast.Name):
            for target in item.targets:
                if isinstance(target, ast.Name):  # captain_points = points
                    yield target.id, ast.parse(f"self.{item.value.id}")


def _is_params(node: ast.ClassDef) -> bool:
    return node.name.endswith("Params") or any(
        "Params" in ast.unparse(b) for b in node.bases if isinstance(b, ast.Name)
    )


def _is_own(node: ast.AST) -> bool:
    """Whether ``node`` is the rule itself (``self``, ``cls``, ``type(self)`` or a class by its name)."""
    if isinstance(node, ast.Name):
        return node.id in ("self", "cls") or node.id[:1].isupper()
    return isinstance(node, ast.Call) and ast.unparse(node) == "type(self)"


def shared(text: str) -> set[str]:
    """The functions of a file that its check and its encoding share."""
    source = Source(text)
    return source.reached(CHECK) & source.reached(ENCODING)


@pytest.mark.parametrize("entry", entries(), ids=str)
def test_the_check_shares_nothing_with_the_encoding(entry: Entry) -> None:
    assert shared(entry.source.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("entry", entries(), ids=str)
def test_there_is_a_check_and_an_encoding(entry: Entry) -> None:
    source = Source(entry.source.read_text(encoding="utf-8"))
    assert source.functions.keys() & {"breaches", "count", "count_plan", "permits"}
    assert source.functions.keys() & ENCODING


def test_the_checker_asks_no_rule_for_its_encoding() -> None:
    folder = Path(inspect.getfile(checkers_recount)).parent
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("rule"):
                assert node.attr not in ENCODING, f"{path.name}:{node.lineno}: {ast.unparse(node)}"


SPLIT = """
def _helper(person): return person.age
class Old(PlanRule):
    def team(self, team, params): yield Row(team.count(lambda person: _helper(person) > 50))
    def breaches(self, view, params): yield from self._found(view)
    def _found(self, view): return [person for person in view if {call}]
"""


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("person.age > 50", set()),
        ("_helper(person)", {"_helper"}),
        ("map(_helper, view)", {"_helper"}),
        ("self.team(view, None)", {"team", "_helper"}),
        ("Old.team", {"team", "_helper"}),
        ("other.team(view)", set()),
        ("team.team", set()),
    ],
)
def test_what_counts_as_shared(call: str, found: set[str]) -> None:
    assert shared(SPLIT.format(call=call)) == found
