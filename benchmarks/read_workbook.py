"""How long it takes to read and validate a prefecture's workbook: 9,000 cadres, 1,319 villages.

Run ``python -m benchmarks.read_workbook``; it fails where reading takes 3 seconds or more. Reported apart:
the start of the process (imports), and where the time goes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from matcher import synth
from matcher.round import Round
from matcher.tables import Limits, read_document, read_round, round_of, write_csv, write_json, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds that reading and validating may take.
ALLOWED = 3.0
_IN_A_PROCESS = """
import sys, time
begun = time.perf_counter()
from matcher.tables import read_round
imported = time.perf_counter()
round_ = read_round(sys.argv[1])
read = time.perf_counter()
print(imported - begun, read - imported, len(round_.cadres), len(round_.villages))
"""


def _seconds(task: Callable[[], object], times: int) -> float:
    """Return the best of several runs."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        task()
        best = min(best, time.perf_counter() - begun)
    return best


def _in_a_process(path: Path) -> tuple[float, float, float]:
    """Return seconds of the whole process, of its imports and of reading, measured from outside and inside."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_PROCESS, str(path)], capture_output=True, text=True, check=True
    )
    whole = time.perf_counter() - begun
    imports, read, _cadres, _villages = map(float, done.stdout.split())
    return whole, imports, read


def main() -> int:
    """Measure, print, and return 1 where reading takes too long."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kind", default="qiannan", help="the synthetic county")
    parser.add_argument("--times", type=int, default=3, help="runs, of which the best counts")
    arguments = parser.parse_args()
    round_ = Round.from_document(synth.county(arguments.kind, 1))
    print(
        f"{arguments.kind}: {len(round_.cadres)} cadres, {len(round_.villages)} villages, {len(round_.units)} units"
    )
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "round.xlsx"
        print(f"write workbook          {_seconds(lambda: write_workbook(round_, book), 1):6.2f} s")
        write_csv(round_, Path(folder) / "csv")
        write_json(round_, Path(folder) / "round.json")
        print(f"workbook                {book.stat().st_size / 2**20:6.2f} MiB")
        whole, imports, first = min(_in_a_process(book) for _ in range(arguments.times))
        print(f"process, all of it      {whole:6.2f} s")
        print(f"  start and imports     {whole - first:6.2f} s (imports {imports:.2f} s)")
        print(f"  read and validate     {first:6.2f} s")
        cells = _seconds(lambda: read_document(book), arguments.times)
        source = read_document(book, limits=Limits())
        print(f"    of it cells         {cells:6.2f} s")
        print(f"    of it records       {_seconds(lambda: round_of(source), arguments.times):6.2f} s")
        print(f"read CSV folder         {_seconds(lambda: read_round(Path(folder) / 'csv'), 1):6.2f} s")
        print(
            f"read JSON               {_seconds(lambda: read_round(Path(folder) / 'round.json'), 1):6.2f} s"
        )
        assert read_round(book).digest == round_.digest
    verdict = "within" if first < ALLOWED else "NOT within"
    print(f"reading and validating is {verdict} {ALLOWED} s")
    return int(first >= ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
