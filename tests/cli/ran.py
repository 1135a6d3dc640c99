"""Running the program in this process, and what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.cli import main
from matcher.synth.stress import stress

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

Document = dict[str, Any]
TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Ran:
    """What a command ended with."""

    status: int
    out: str
    err: str


class Program:
    """The program; every run is also looked at for a traceback."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self.captured = captured

    def __call__(self, *arguments: object) -> Ran:
        self.captured.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = self.captured.readouterr()
        assert TRACEBACK not in out + err
        return Ran(status, out, err)


def round_file(folder: Path, name: str = "twins", **changes: Any) -> Path:
    """Write a small round, with other fields than its own where asked, and return its path."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**stress(name).build(), **changes}), "utf-8")
    return path


def read(path: Path) -> Document:
    """Return a JSON document that the program wrote."""
    document = json.loads(path.read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def nothing_but(folder: Path, *paths: Path) -> bool:
    """Return whether a folder holds just these files: no part of anything else."""
    return {path.name for path in folder.iterdir()} == {path.name for path in paths}
