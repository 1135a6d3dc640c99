"""``./dev soak``: the real service under kills at random moments, and a report; exit status 1 where a promise was broken."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.api.postgres import server_version
from tests.soak import report
from tests.soak.campaign import DEPLOYMENTS, Campaign

if TYPE_CHECKING:
    from collections.abc import Sequence

_REPORTS = Path(__file__).parents[2] / "build" / "soak"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a soak and write its report."""
    given = _parser().parse_args(arguments)
    out = given.out or _REPORTS / f"{given.database}.md"
    asked = {"database": given.database, "rounds": given.rounds, "seed": given.seed}
    if given.database == "postgresql":
        asked["server"] = server_version()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    before = os.getloadavg()[0]
    campaign = Campaign(given.database, folder, given.seed, _say)
    signal.signal(signal.SIGTERM, lambda *_: campaign.end())
    try:
        outcome = campaign.run(given.rounds)
    except BaseException as error:
        # What was found until then is worth a report; what broke it off is none of the service's promises.
        outcome = campaign.outcome
        outcome.record.add("the soak comes to its end", f"{type(error).__name__}: {error}")
        if not isinstance(error, Exception | KeyboardInterrupt):
            raise
    found = report.document(outcome, asked, (before, os.getloadavg()[0]))
    report.write(found, out)
    _say(f"report: {out}; {len(outcome.record.found)} violation(s)")
    if outcome.record.found:
        _say(f"kept for a look: {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./dev soak", description="Kill parts of the real service while it works."
    )
    parser.add_argument("--database", choices=sorted(DEPLOYMENTS), default="sqlite")
    parser.add_argument("--rounds", type=int, default=10, help="how many rounds of work and harm (10)")
    parser.add_argument("--seed", type=int, default=1, help="one seed, one sequence of work and harm (1)")
    parser.add_argument(
        "--out", type=Path, help="the report, a page; the same as data beside it (build/soak)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
