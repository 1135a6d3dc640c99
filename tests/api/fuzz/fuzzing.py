"""The fuzzer: cases made from the API's document, sent to the real server by people of every role.

Schemathesis makes the cases and judges the answers, in a process of its own; here is whom it asks as, about what, and
what is read from its report. New routes are fuzzed as soon as they are in the document.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.api.plans.solved import import_plan
from tests.api.server import API, ROOT, Grant, made_round, made_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.server import Server

ROLES = ("administrator", "planner", "viewer")

#: What a pass is told; what is not named is as the library does it by itself. Whether a request that fits its schema
#: is accepted is not asked: whose it is, and what it meets, decides that.
_SETTINGS = """
headers = {{ Authorization = "Bearer {key}" }}
request-timeout = 120.0
suppress-health-check = ["all"]
hooks = "tests.api.fuzz.hooks"

[generation]
max-examples = {examples}
database = "none"
no-shrink = true

[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.expected-statuses = [304, 400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]
missing_required_header.expected-statuses = [400, 401, 403, 404, 406, 415, 422, 428]

[phases.stateful]
generation.max-examples = {scenarios}
max-steps = {steps}
"""


@dataclass(frozen=True)
class Pass:
    """How much is asked in one pass, as one role.

    Attributes
    ----------
    phases
        Of examples, coverage (limits and omissions, one after the other), fuzzing and stateful (along the links).
    examples
        Random cases of each operation.
    scenarios, steps
        Chains of requests along the links, and how long one is at most.
    only
        A regular expression of paths; the others are left out.
    """

    role: str
    phases: str = "examples,coverage,fuzzing,stateful"
    examples: int = 10
    scenarios: int = 20
    steps: int = 6
    only: str = ""


@dataclass(frozen=True)
class Report:
    """What came of a pass.

    Attributes
    ----------
    said
        What the fuzzer printed, with a command for each failure.
    """

    status: int
    cases: int
    operations: int
    only_refused: list[str]
    said: str


def things(server: Server) -> dict[str, str]:
    """Make one of everything, and return the identifiers by the variables of addresses."""
    planner = server.planner()
    round_ = made_round(planner).json()["id"]
    plan = import_plan(planner, round_).json()["id"]
    publication = planner.post(f"/plans/{plan}/publications")
    assert publication.status_code == 201, publication.text
    spare = server.principal(Grant("viewer"))
    return {
        "round_id": round_,
        "run_id": made_run(planner, round_).json()["id"],
        "plan_id": plan,
        "other_id": plan,
        "publication_id": publication.json()["id"],
        "principal_id": spare["id"],
        "key_id": spare["key_id"],
        "name": "huaxi",
    }


def fuzz(server: Server, made: dict[str, str], given: Pass, seed: int, folder: Path) -> Report:
    """Ask the server in one pass, and return what came of it."""
    person = server.principal(Grant(given.role))
    settings = folder / f"{given.role}-{seed}.toml"
    told = _SETTINGS.format(key=person["key"], **vars(given))
    settings.write_text(told, encoding="utf-8")
    report = settings.with_suffix(".json")
    command = [
        sys.executable, "-P", "-m", "schemathesis.cli", "--no-color", "--config-file", str(settings),
        "run", f"{server.url}{API}/openapi.json", "--url", server.url, "--seed", str(seed),
        "--phases", given.phases, "--continue-on-failure",
        "--report", "json", "--report-json-path", str(report),
    ]  # fmt: skip
    if given.only:
        command += ["--include-path-regex", given.only]
    own = f"{person['id']},{person['key_id']}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FUZZ_THINGS": json.dumps(made), "FUZZ_OWN": own}
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    said = ended.stdout + ended.stderr
    if not report.exists():
        return Report(ended.returncode or 1, 0, 0, [], said)
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    status = ended.returncode or len(found["errors"]) or int(found["stop_reason"] != "completed")
    return Report(
        status, found["test_cases"]["generated"], found["operations"]["tested"],
        found["warnings"]["missing_auth"], said,
    )  # fmt: skip


def unexpected(server: Server) -> list[dict[str, Any]]:
    """Return the lines of the server's log that speak of an error of its own."""
    lines = [json.loads(line) for line in server.log.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("level") in ("error", "critical")]
