"""What the fuzzer does around its cases; its process loads this module by name (``SCHEMATHESIS_HOOKS``)."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import schemathesis

from api.http.headers import SECURITY

if TYPE_CHECKING:
    from schemathesis.checks import CheckContext
    from schemathesis.core.transport import Response
    from schemathesis.generation.case import Case
    from schemathesis.hooks import HookContext

#: Things that are there, by the variables of addresses that name them.
THINGS: dict[str, str] = json.loads(os.environ.get("FUZZ_THINGS", "{}"))
#: The fuzzer's own principal and key: were they shut out, every later case would only be refused.
OWN = frozenset(os.environ.get("FUZZ_OWN", "").split(","))
_ELSE = "nobody"


@schemathesis.hook
def map_path_parameters(_context: HookContext, path_parameters: dict[str, Any]) -> dict[str, Any]:
    """Ask about what is there two times of three, and about anything else the third."""
    if not path_parameters:
        return path_parameters
    is_known = sum(map(ord, "".join(map(str, path_parameters.values())))) % 3 > 0
    return {name: THINGS.get(name, value) if is_known else value for name, value in path_parameters.items()}


@schemathesis.hook
def before_call(_context: HookContext, case: Case[Any], _kwargs: dict[str, Any]) -> None:
    """Leave the fuzzer's own key alone, and let every second change meet what it changes."""
    for name, value in (case.path_parameters or {}).items():
        if value in OWN:
            case.path_parameters[name] = _ELSE
    given = case.headers.get("If-Match")
    if given is not None and len(str(given)) % 2:
        case.headers["If-Match"] = "*"


@schemathesis.check
def every_answer_has_its_headers(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Check that nothing is answered past the outermost layer."""
    missing = [name for name in (*SECURITY, "X-Request-ID") if not response.headers.get(name.lower())]
    # What the HTTP server itself can't read never reaches the application.
    if missing and response.text != "Invalid HTTP request received.":
        raise AssertionError(f"{case.operation.label}: headers are missing: {missing}")


@schemathesis.check
def refusals_are_problems(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Check that every refusal has a code and sentences, whatever was asked and by which method."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    kind = response.headers.get("content-type", ["?"])[0]
    problem = response.json() if kind == "application/problem+json" else {}
    for name in ("code", "title", "detail"):
        if not problem.get(name):
            raise AssertionError(
                f"{case.operation.label}: {response.status_code} without {name}: {response.text[:200]}"
            )
    if problem["status"] != response.status_code:
        raise AssertionError(
            f"{case.operation.label}: {problem['status']} is said to be {response.status_code}"
        )
