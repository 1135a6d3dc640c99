"""Problems and refusals as a short table: where, what stands there, what is wrong, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.cli.desk import Column
from matcher.words import command_line as words
from matcher.words.problems import QUESTION, TABLES, place, remedy, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.cli.desk import Desk
    from matcher.cli.refusals import Refusal
    from matcher.codes import Language
    from matcher.problems import Problem
    from matcher.round import Round

#: Problems shown on the screen; the rest is a matter for --annotate.
SHOWN = 40
#: The tables that options can change.
_CHANGED = ("rules", "decisions", "baseline")
_COLUMNS = (
    Column(words.LEVEL, least=4), Column(words.AT, least=6), Column(words.ROW, right=True), Column(words.COLUMN, least=6),
    Column(words.VALUE, least=6), Column(words.WHAT, least=20), Column(words.THEN, least=16),
)  # fmt: skip


def show_problems(desk: Desk, problems: Sequence[Problem]) -> None:
    """Print problems as a table on standard error, or one alone without a place as a sentence."""
    if is_whole_file(problems):
        _sentence(desk, sentence(problems[0], desk.language), remedy(problems[0], desk.language))
        return
    desk.complain(*table_of(desk, problems))
    if len(problems) > SHOWN:
        desk.note(words.MORE, count=len(problems) - SHOWN)


def table_of(desk: Desk, problems: Sequence[Problem]) -> tuple[tuple[Column, ...], list[tuple[object, ...]]]:
    """Return the columns and rows of the table of problems, no more than fit on a screen; blank columns left out."""
    rows = [_row(desk, problem) for problem in problems[:SHOWN]]
    filled = [index for index in range(len(_COLUMNS)) if any(row[index] not in ("", None) for row in rows)]
    return tuple(_COLUMNS[index] for index in filled), [tuple(row[index] for index in filled) for row in rows]


def show_refusals(desk: Desk, refusals: Iterable[Refusal]) -> None:
    """Print refusals on standard error, a sentence each, led by the option that is at fault."""
    for refusal in refusals:
        text, then = refusal.sentence(desk.language), refusal.remedy(desk.language)
        colon = "：" if desk.language == "zh" else ": "
        _sentence(desk, f"{refusal.where}{colon}{text}" if refusal.where else text, then)


def show_new_warnings(desk: Desk, before: Round, after: Round) -> None:
    """Print the warnings that a changed round has and the round as it was read has not."""
    known = [problem for problem in before.warnings if problem.table in _CHANGED]
    for problem in after.warnings:
        if problem.table in _CHANGED and problem not in known:
            _sentence(desk, sentence(problem, desk.language), remedy(problem, desk.language))


def _sentence(desk: Desk, text: str, then: str) -> None:
    desk.note(words.REFUSED, sentence=text, remedy=then)


def is_whole_file(problems: Sequence[Problem]) -> bool:
    """Return whether the one problem is the file itself, so that there is no place to name."""
    if len(problems) != 1 or problems[0].table:
        return False
    where = problems[0].location
    return not (where and (where.row or where.column))


def _row(desk: Desk, problem: Problem) -> tuple[object, ...]:
    where, language = problem.location, desk.language
    level = words.SEVERITY[problem.severity].in_(language)
    what, then = sentence(problem, language), remedy(problem, language)
    if where is None or not where.sheet:
        table = _table(problem, language)
        return (level, table, "", place(problem, language), problem.value, what, then)
    row = "" if where.row is None else where.row
    return (level, where.sheet, row, where.column, problem.value, what, then)


def _table(problem: Problem, language: Language) -> str:
    """Return what the problem is in: a table of the round, a question, or the name of another document's part."""
    if problem.table == "question":
        return QUESTION.in_(language)
    return TABLES[problem.table].in_(language) if problem.table in TABLES else problem.table
