"""Reading uploads and applying edits in a process of their own, which may take so much memory and time."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.config import PREFIX
from api.problems import Refused
from api.rounds.endings import DISK_FULL, OUT_OF_MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from api.state import Service
    from matcher.codes import Language

#: Seconds after which a client may ask again.
_AGAIN = 10


@dataclass(frozen=True, slots=True)
class ReadRound:
    """A valid round, as data.

    Attributes
    ----------
    counties
        The counties that it is about.
    warnings
        What is odd about it, without values of a person.
    """

    document: dict[str, Any]
    digest: str
    name: str
    region: str
    counties: list[str]
    warnings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: a round, or the problems because of which there is none.

    Attributes
    ----------
    is_annotated
        Whether the marked copy was made.
    """

    round: ReadRound | None
    problems: list[dict[str, Any]]
    is_annotated: bool = False

    def required(self) -> ReadRound:
        """Return the round.

        Raises
        ------
        Refused
            With the code ``round_invalid`` and all problems.
        """
        if self.round is None:
            raise Refused("round_invalid", problems=self.problems, count=len(self.problems))
        return self.round


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying scenarios: the counties that they are about, or what is wrong with their edits."""

    counties: list[str]
    problems: list[dict[str, Any]]


def read(
    service: Service, path: Path, *, annotated: Path | None = None, language: Language = "zh"
) -> Reading:
    """Read a round from a workbook or JSON document.

    Raises
    ------
    Refused
        With the code ``busy``, ``upload_too_slow`` or ``upload_too_complex``.
    """
    copy = str(annotated) if annotated is not None else None
    limit = service.settings.upload_bytes
    asked = {"do": "read", "path": str(path), "annotated": copy, "language": language, "file_bytes": limit}
    return _asked(service, asked)


def edit(service: Service, document: Mapping[str, Any], edits: Iterable[Mapping[str, Any]]) -> Reading:
    """Apply edits to a round.

    Raises
    ------
    Refused
        With the code ``busy``, ``upload_too_slow`` or ``upload_too_complex``.
    """
    return _asked(service, {"do": "edit", "document": document, "edits": list(edits)})


def try_scenarios(
    service: Service,
    document: Mapping[str, Any],
    scenarios: Iterable[Mapping[str, Any]],
    adjusting: Mapping[str, Any] | None = None,
) -> Tried:
    """Apply the edits of each scenario to a round, and keep nothing of it.

    Parameters
    ----------
    adjusting
        The ``plan`` in force and what ``same_unit`` counts, where the edits are those of a mid-term adjustment.

    Raises
    ------
    Refused
        With the code ``busy``, ``upload_too_slow`` or ``upload_too_complex``.
    """
    asked = {"do": "try", "document": document, "scenarios": list(scenarios), "adjusting": adjusting}
    return Tried(**_answer(service, asked))


def _asked(service: Service, asked: Mapping[str, Any]) -> Reading:
    answer = _answer(service, asked)
    is_annotated = answer.pop("annotated", False)
    if "problems" in answer:
        return Reading(None, answer["problems"], is_annotated)
    return Reading(ReadRound(**answer), [], is_annotated)


def _answer(service: Service, asked: Mapping[str, Any]) -> dict[str, Any]:
    if not service.readers.acquire(timeout=service.settings.reader_wait_seconds):
        raise Refused("busy", headers={"Retry-After": str(_AGAIN)}, seconds=_AGAIN)
    try:
        return _run(service, json.dumps(asked, ensure_ascii=False).encode())
    finally:
        service.readers.release()


def _run(service: Service, asked: bytes) -> dict[str, Any]:
    settings = service.settings
    told = (str(settings.reading_bytes), str(settings.reading_seconds), str(os.getpid()))
    command = [sys.executable, "-P", "-m", "api.rounds.reading_child", *told]
    # The addresses and secrets of the service are none of its business.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    # Each thread of a numeric library would take a piece of the address space.
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        ended = subprocess.run(
            command,
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=settings.reading_seconds,
            env=environment,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise Refused("upload_too_slow", seconds=settings.reading_seconds) from None
    return _answer_of(ended)


def _answer_of(ended: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """Return the answer; a process that died by a signal most likely asked for more than it may have."""
    if ended.returncode == OUT_OF_MEMORY or ended.returncode < 0:
        raise Refused("upload_too_complex")
    if ended.returncode == DISK_FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if ended.returncode != 0:
        raise RuntimeError(f"the reading process ended with {ended.returncode}")
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer
