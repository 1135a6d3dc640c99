"""The measured process: one round, one method. ``python -m benchmarks.measuring.worker FOLDER``.

FOLDER holds ``request.json``; the process leaves ``trace.jsonl``, ``posts.json`` and ``end.json`` in it.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any


def main(folder: Path) -> int:
    """Carry out the request in ``folder``."""
    request = json.loads((folder / "request.json").read_text("utf-8"))
    os.sched_setaffinity(0, request["cores"])
    try:
        said = _run(folder, request)
    except MemoryError:
        said = {"said": "out of memory", "why": "the process asked for more memory than there is"}
    except Exception as error:
        traceback.print_exc()
        said = {"said": "failed", "why": f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"}
    (folder / "end.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    return 0


def _run(folder: Path, request: dict[str, Any]) -> dict[str, str]:
    # Imported here, so that the cores are set before any library counts them and a failure is reported.
    from benchmarks.methods.base import Recorder, Task  # noqa: PLC0415
    from benchmarks.methods.registry import methods_of  # noqa: PLC0415
    from benchmarks.rounds import read_round  # noqa: PLC0415

    (method,) = methods_of([request["method"]])
    missing = method.missing()
    if missing is not None:
        return {"said": "not installed", "why": missing}
    task = Task(
        round=read_round(Path(request["round"])),
        ends=request["began"] + request["seconds"],
        gap=request["gap"],
        cores=len(request["cores"]),
        record=Recorder(folder, request["began"]),
    )
    ending = method.run(task)
    return {"said": ending.said, "why": ending.why}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
