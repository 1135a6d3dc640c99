"""python -m tests.outside ROUND.json PLAN.json: print what differs; exit 0 if nothing, 1 otherwise."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from .recount import differences


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    round_doc, plan_doc = (_read(name) for name in arguments)
    plans = plan_doc.get("plans", [plan_doc])  # a result document holds several
    found = [f"plan {n}: {text}" for n, plan in enumerate(plans, 1) for text in differences(round_doc, plan)]
    sys.stdout.write("\n".join(found or [f"{len(plans)} plan(s): no difference"]) + "\n")
    return 1 if found else 0


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"), parse_float=Decimal)
    return document


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
