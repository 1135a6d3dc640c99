"""A checker's report on the screen: hard rules broken, figures that differ, and what was recounted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.check.bounding import says_nothing
from matcher.cli.desk import Column
from matcher.exports.findings import figure, situation
from matcher.problems import shortened
from matcher.rulebook import RuleBook
from matcher.words import command_line as words
from matcher.words import infeasible as infeasible_words
from matcher.words import result as result_words
from matcher.words.problems import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matcher.check import Report
    from matcher.check.bounding import BoundReport
    from matcher.check.difference import Difference
    from matcher.cli.desk import Desk
    from matcher.exports import Names
    from matcher.round import Round

#: Rows shown at most of each table.
SHOWN = 60
_BROKEN = (Column(words.RULE), Column(words.SITUATION), Column(infeasible_words.AMOUNT, right=True))
_DIFFERENCES = (Column(words.FIGURE), Column(words.STATED), Column(words.COUNTED))


def show_report(desk: Desk, report: Report, names: Names) -> None:
    """Print whether a plan stands, and everything that speaks against it."""
    broken, differences = report.recount.broken, report.differences
    if not broken and not differences:
        desk.say(words.STANDS)
    else:
        desk.say(words.FALLS, broken=len(broken), differences=len(differences))
    if broken:
        rows = [
            (names.rule(item.rule), situation(names, item), item.breach.amount) for item in broken[:SHOWN]
        ]
        desk.table(_BROKEN, rows, words.BROKEN_TITLE)
    if differences:
        desk.table(_DIFFERENCES, _differences(names, differences), words.DIFFERENCES_TITLE)
    for rows_of, name in ((broken, "broken"), (differences, "differences")):
        if len(rows_of) > SHOWN:
            desk.say(words.MORE_ROWS, count=len(rows_of) - SHOWN, options=f"--json ({name})")
    if report.bound is not None:
        show_bound(desk, report.bound, names)


def show_bound(desk: Desk, shown: BoundReport, names: Names) -> None:
    """Print what is proven of a plan's bound, or everything that speaks against its certificate."""
    if not shown.ok:
        desk.say(words.BOUND_FALLS, problems=len(shown.problems))
        for problem in shown.problems[:SHOWN]:
            desk.say(words.BOUND_PROBLEM, line=line(problem, names.language))
        if len(shown.problems) > SHOWN:
            desk.say(words.MORE_ROWS, count=len(shown.problems) - SHOWN, options="--json (bound)")
        return
    if shown.floor is not None:
        desk.say(words.BOUND_STANDS_FAIR, bound=shown.proven, floor=shown.floor)
    else:
        desk.say(words.BOUND_STANDS, bound=shown.proven)
    if shown.by_search:
        desk.say(words.BOUND_BY_SEARCH, bound=shown.proven, stated=shown.stated)


def note_slow(desk: Desk, round_: Round, names: Names) -> None:
    """Print which rules make checking a bound take very long, if any do."""
    slow = says_nothing(RuleBook.of(round_.rules))
    if slow:
        desk.note(words.BOUND_SLOW, rules=names.listed(names.rule(id_) for id_ in slow))


def show_recounted(desk: Desk, report: Report) -> None:
    """Print what was recounted and what was taken from the plan."""
    desk.say(result_words.RECOUNTED if report.bound is None else result_words.RECOUNTED_BOUND)
    desk.say(result_words.ATTAINABLE_SEARCHED if report.attainable_checked else result_words.ATTAINABLE_TAKEN)


def _differences(names: Names, differences: tuple[Difference, ...]) -> Iterator[tuple[str, str, str]]:
    for difference in differences[:SHOWN]:
        stated, counted = _apart(difference.stated, difference.recounted)
        yield (
            figure(names, difference.figure),
            shortened(_told(names, stated), 200),
            shortened(_told(names, counted), 200),
        )


def _apart(stated: Any, counted: Any) -> tuple[Any, Any]:
    """Leave out what two rows of figures have in common."""
    if not (isinstance(stated, dict) and isinstance(counted, dict)):
        return stated, counted
    different = [key for key in stated if stated.get(key) != counted.get(key)]
    left, right = {}, {}
    for key in different:
        left[key], right[key] = _terms_apart(stated[key], counted.get(key))
    return left, right


def _terms_apart(stated: Any, counted: Any) -> tuple[Any, Any]:
    if not (isinstance(stated, list | tuple) and isinstance(counted, list | tuple)):
        return stated, counted
    return [row for row in stated if row not in counted], [row for row in counted if row not in stated]


def _told(names: Names, value: Any, part: str = "") -> str:
    """Write a figure, or a row of figures part by part."""
    if value is None or value in ({}, []):
        return "—"
    if isinstance(value, dict):
        if "weighted" in value and "id" in value:
            return f"{names.rule(str(value['id']))} {value['weighted']}"
        return names.listed(f"{_part(names, key)} {_told(names, item, key)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return names.listed(_told(names, item, part) for item in value)
    if part == "rule":
        return names.rule(str(value))
    if not part and isinstance(value, str) and value in result_words.VALUES:
        return names.say(result_words.VALUES[value])
    if part == "kind" and value in result_words.BUNDLE:
        return names.say(result_words.BUNDLE[value])
    return names.subject(part, value)


def _part(names: Names, key: str) -> str:
    return names.say(result_words.PARTS[key]) if key in result_words.PARTS else key


def documents(reports: Sequence[tuple[int, Report]]) -> list[dict[str, Any]]:
    """Return reports as JSON data, each with the rank of its plan."""
    return [{"rank": rank, **report.document()} for rank, report in reports]
