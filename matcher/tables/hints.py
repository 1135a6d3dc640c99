"""Guesses what an unknown id was meant to be: an id without its zeros, or a name instead of an id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.tables.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.problems import Problem


def with_hints(problems: Iterable[Problem], document: Mapping[str, Any]) -> list[Problem]:
    """Return the problems, those about unknown ids with the id that was probably meant as ``nearest``."""
    known: dict[str, dict[str, str]] = {}
    hinted: list[Problem] = []
    for problem in problems:
        target = str(problem.details.get("target", ""))
        if problem.code == "dangling_id" and target:
            if target not in known:
                known[target] = _spellings(document.get(target))
            meant = known[target].get(_key(problem.value))
            if meant:
                hinted.append(replace(problem, details={**problem.details, "nearest": meant}))
                continue
        hinted.append(problem)
    return hinted


def _spellings(rows: Any) -> dict[str, str]:
    """Return the ids of a table by other ways in which they are written; ambiguous ones are left out."""
    meant: dict[str, set[str]] = {}
    for row in rows if isinstance(rows, list) else ():
        id_ = row.get("id") if isinstance(row, dict) else None
        if isinstance(id_, str):
            for word in {id_, row.get("name")}:
                if isinstance(word, str):
                    meant.setdefault(_key(word), set()).add(id_)
    return {key: next(iter(ids)) for key, ids in meant.items() if len(ids) == 1}


def _key(word: str) -> str:
    return "".join(folded(word).split()).casefold().lstrip("0")
