"""The words that mean something in this one file: the round's own codes, and the names of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from matcher.rulebook import catalogue


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Vocabulary:
    """What a file's words mean besides the code lists.

    Attributes
    ----------
    flags
        Codes and wordings of the round's own negative list, each with its code.
    conditions
        Codes and wordings of the round's qualification conditions, each with its code.
    typed
        False where the file (CSV) can't tell numbers from text.
    depth
        How deep rule parameters may be nested.
    """

    flags: Mapping[str, str] = field(default_factory=_nothing)
    conditions: Mapping[str, str] = field(default_factory=_nothing)
    typed: bool = True
    depth: int = 20


def vocabulary_of(rules: Sequence[Mapping[str, Any]], *, typed: bool = True, depth: int = 20) -> Vocabulary:
    """Return the vocabulary that a round's rules table sets (rows as in the round document)."""
    return Vocabulary(_items(rules, "negative_list"), _items(rules, "qualification"), typed, depth)


def _items(rules: Sequence[Mapping[str, Any]], rule: str) -> dict[str, str]:
    """Return the codes and wordings of a rule's ``items``; a code goes before a wording."""
    meaning: dict[str, str] = {}
    for row in rules:
        params = row.get("params")
        if row.get("id") != rule or not isinstance(params, Mapping):
            continue
        items = params.get("items")
        if isinstance(items, Mapping):
            worded = {str(word): str(code) for code, word in items.items() if word}
            meaning |= worded | {str(code): str(code) for code in items}
        elif isinstance(items, Sequence) and not isinstance(items, str):
            meaning |= {str(code): str(code) for code in items}
    return meaning


@cache
def rule_names() -> Mapping[str, str]:
    """Return the Chinese and English names of the built-in rules with the id that each means; names twice are left out."""
    ids: dict[str, set[str]] = {}
    for rule in catalogue().values():
        for name in {rule.name.zh, rule.name.en}:
            ids.setdefault(_key(name), set()).add(rule.id)
    return MappingProxyType({name: next(iter(found)) for name, found in ids.items() if len(found) == 1})


def rule_id(word: str) -> str:
    """Return the id of the rule that ``word`` (id or name) means, or ``word`` itself."""
    return word if word in catalogue() else rule_names().get(_key(word), word)


def rule_name(id_: str, zh: bool) -> str:
    """Return the name under which a rule is written: in Chinese its name where that is its alone, else its id."""
    rule = catalogue().get(id_)
    return rule.name.zh if zh and rule and rule_id(rule.name.zh) == id_ else id_


def _key(name: str) -> str:
    return "".join(name.split()).casefold()
