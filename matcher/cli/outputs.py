"""Files that a command writes: their places are tried before the work, and each is written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from matcher.cli.refusals import Refusal, Refused
from matcher.tables import write_whole
from matcher.words import command_line as words
from matcher.words.problems import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from matcher.cli.desk import Desk
    from matcher.codes import Text

#: The endings of the files that each option writes.
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "--json": (".json",),
    "--xlsx": (".xlsx",),
    "--annotate": (".xlsx",),
    "--checkpoint": (".json",),
    "OUT": (".xlsx", ".json"),
    "OUT.xlsx": (".xlsx",),
}
#: The sheets that make a workbook a round, in either language.
_SHEETS_OF_A_ROUND = tuple({TABLES[table].zh, TABLES[table].en.lower()} for table in ("cadres", "villages"))


def check_outputs(
    outputs: Mapping[str, Path | None], inputs: Iterable[Path | None] = (), *, force: bool = False
) -> None:
    """Refuse places where nothing can be written, before any work is done.

    Parameters
    ----------
    outputs
        By option, where it is to write; None where it was not given.
    inputs
        Files that are read and must not be replaced.
    force
        Whether a workbook that somebody filled in may be replaced: what is not an input, but holds a round.

    Raises
    ------
    Refused
        With every place that is no good.
    """
    given = {option: path for option, path in outputs.items() if path is not None}
    read = [path for path in inputs if path is not None]
    refusals = [refusal for option, path in given.items() if (refusal := _refusal(option, path, read, force))]
    refusals += _twice(given)
    if refusals:
        raise Refused(*refusals)


def check_apart(outputs: Mapping[str, Path | None]) -> None:
    """Refuse two options that are to write the same file."""
    refusals = _twice({option: path for option, path in outputs.items() if path is not None})
    if refusals:
        raise Refused(*refusals)


def _twice(given: Mapping[str, Path]) -> list[Refusal]:
    places = [path.resolve() for path in given.values()]
    twice = (option for option, path in given.items() if places.count(path.resolve()) > 1)
    return [Refusal("output_twice", option, {"path": given[option]}) for option in [*twice][:1]]


def _refusal(option: str, path: Path, inputs: list[Path], force: bool) -> Refusal | None:
    suffixes = SUFFIXES[option]
    if path.is_dir():
        return Refusal("output_is_folder", option, {"path": path})
    if path.suffix.lower() not in suffixes:
        return Refusal("output_suffix", option, {"path": path, "suffixes": " / ".join(suffixes)})
    if any(_same(path, read) for read in inputs):
        return Refusal("output_is_input", option, {"path": path})
    if not force and is_round_workbook(path):
        return Refusal("output_is_round", option, {"path": path})
    return _unwritable(option, path)


def is_round_workbook(path: Path) -> bool:
    """Return whether a file is a workbook with the sheets of a round: cadres and villages."""
    try:
        with zipfile.ZipFile(path) as parts, parts.open("xl/workbook.xml") as part:
            root = ElementTree.fromstring(part.read())
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, ElementTree.ParseError):
        return False
    named = {item.get("name", "").strip().lower() for item in root.iter() if item.tag.endswith("}sheet")}
    return all(names & named for names in _SHEETS_OF_A_ROUND)


def check_folder(option: str, path: Path, inputs: Iterable[Path] = ()) -> None:
    """Refuse a place where no folder of files can be made; what the folder may replace is the writer's to judge."""
    refusal = _unwritable(option, path)
    if any(_same(path, read) for read in inputs):
        refusal = Refusal("output_is_input", option, {"path": path})
    if refusal:
        raise Refused(refusal)


def _unwritable(option: str, path: Path) -> Refusal | None:
    """Try the folder with a file that leaves no trace: rights alone don't tell of a full or read-only disk."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return Refusal("output_no_folder", option, {"folder": folder})
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"x")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        return Refusal("output_not_writable", option, {"path": path, "message": error.strerror or error})
    return None


def _same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let what fails in the block name the file that was asked for: really written is one beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or type(error).__name__, str(path)) from error


def write_file(desk: Desk, what: Text, path: Path, data: bytes) -> None:
    """Write a file, whole or not at all, and say so."""
    with naming(path):
        write_whole(path, data)
    written(desk, what, path)


def written(desk: Desk, what: Text, path: Path) -> None:
    """Say that a file was written."""
    desk.say(words.WRITTEN, what=desk.words(what), path=path)


def json_bytes(document: Any) -> bytes:
    """Return a document as readable JSON."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()
