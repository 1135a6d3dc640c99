"""Traces of requests and runs, where somebody wants them; nothing that sends them is imported otherwise.

A span holds what the log holds: routes, statuses, identifiers. No path, query, name or message gets into it.
"""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING, Final, Protocol

from api.config import BadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    Attributes = Mapping[str, str | int]

_TRACE_PARENT: Final = "traceparent"


class Recorder(Protocol):
    """What keeps spans and sends them."""

    def record(self, name: str, begun: int, attributes: Attributes, *, parent: str, is_error: bool) -> None:
        """Keep a span that ends now."""

    def close(self) -> None:
        """Send what is left."""


class _Traces:
    """The one recorder of this process, once there is one."""

    recorder: Recorder | None = None


def set_up(endpoint: str, part: str) -> None:
    """Let spans be sent to an endpoint; where it is blank, nothing is done.

    Parameters
    ----------
    part
        What this process is: ``api`` or ``worker``.

    Raises
    ------
    BadSettings
        Where OpenTelemetry is not installed.
    """
    if not endpoint:
        return
    try:
        exporting = importlib.import_module("api.watch.exporting")
    except ImportError:
        line = "MATCHER_TRACES_ENDPOINT: OpenTelemetry is not installed; install the extra telemetry, or leave it out"
        raise BadSettings([line]) from None
    _Traces.recorder = exporting.recorder(endpoint, part)


def close() -> None:
    """Send what is left, and record nothing more."""
    recorder, _Traces.recorder = _Traces.recorder, None
    if recorder is not None:
        recorder.close()


def now() -> int:
    """Return the time that spans are told by, in nanoseconds."""
    return time.time_ns()


def request(
    method: str, route: str, status: int, begun: int, headers: Mapping[str, str], request_id: str
) -> None:
    """Record a request that was answered, as part of its caller's trace where it names one."""
    if _Traces.recorder is None:
        return
    attributes: Attributes = {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
        "matcher.request_id": request_id,
    }
    parent = headers.get(_TRACE_PARENT, "")
    is_error = status == 0 or status >= 500  # noqa: PLR2004
    _Traces.recorder.record(f"{method} {route}", begun, attributes, parent=parent, is_error=is_error)


def run(run_id: str, kind: str, epoch: int, came_to: str, begun: int) -> None:
    """Record that a run left a worker's hands: what it came to there, and how long it was in them."""
    if _Traces.recorder is None:
        return
    attributes: Attributes = {
        "matcher.run.id": run_id,
        "matcher.run.kind": kind,
        "matcher.run.epoch": epoch,
        "matcher.run.came_to": came_to,
    }
    _Traces.recorder.record(f"run {kind}", begun, attributes, parent="", is_error=came_to == "failed")
