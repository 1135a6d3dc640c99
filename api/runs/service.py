"""What is done with runs: shown, asked to stop, put on record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from api.access import audit
from api.access.audit import Act
from api.access.scopes import Scope
from api.http import etags
from api.jobs import queue, reasons
from api.jobs.states import ENDED
from api.problems import Refused
from api.rounds import repository as round_rows
from api.runs import repository
from api.runs.gap import gap_of
from api.runs.masking import masked_question
from api.runs.repeating import compared
from api.storage.canonical import canonical_json

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.jobs.states import Asked
    from api.runs.repository import Event, PlanHead, Run
    from api.storage.views import Views

_VIEW = "run"
_HEAD = (
    "id", "round_id", "revision", "kind", "state", "priority", "cores", "user_id", "score", "bound", "created_at",
    "started_at", "ended_at",
)  # fmt: skip
_REST = (
    "settings", "seed", "rules_digest", "versions", "asked", "phase", "rank", "attempts", "child_deaths", "spent_ms",
    "spent_work", "event_seq",
)  # fmt: skip


def require(connection: sa.Connection, caller: Caller, run_id: str, *, lock: bool = False) -> Run:
    """Return a run of a round within the caller's scope.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    run = repository.run(connection, caller.scope, run_id, lock=lock)
    if run is None:
        raise Refused("not_found")
    return run


def ask(connection: sa.Connection, caller: Caller, run_id: str, asked: Asked) -> Run:
    """Ask a run to stop with what it has, or to be dropped; asked twice, it is the same.

    Raises
    ------
    Refused
        With the code ``not_found`` or ``run_ended``.
    """
    run = require(connection, caller, run_id, lock=True)
    if run.state in ENDED:
        raise Refused("run_ended", state=run.state)
    # Whoever dropped it does not want its answer any more.
    is_new = run.asked is None or (run.asked, asked) == ("stop", "cancel")
    if is_new and queue.ask(connection, run.id, asked, caller.principal):
        record(connection, caller, run, was=run.state)
    return require(connection, caller, run_id)


def position(connection: sa.Connection, run: Run) -> int | None:
    """Return a run's place in the queue; None where it does not wait."""
    return queue.position(connection, run.id) if run.state == "queued" else None


def require_result(run: Run) -> str:
    """Return the digest of a run's answer.

    Raises
    ------
    Refused
        With the code ``run_not_ended`` or ``run_without_result``.
    """
    if run.state not in ENDED:
        raise Refused("run_not_ended", state=run.state, run=run.id)
    if run.result_digest is None:
        raise Refused("run_without_result", state=run.state, run=run.id)
    return run.result_digest


def tag_of(connection: sa.Connection, run: Run, position: int | None) -> str:
    """Return the entity tag of a run: of its events, its place in the queue, and the run that it repeats."""
    parts = [run.event_seq, position or 0]
    if run.repeat_of is not None:
        parts.append(repository.last_events(connection, [run.repeat_of])[run.repeat_of])
    return etags.tag(".".join(map(str, parts)), _VIEW)


def head_document(run: Run) -> dict[str, Any]:
    """Return a run as data, for a list."""
    return {**{name: getattr(run, name) for name in _HEAD}, "gap": gap_of(run.score, run.bound)}


def view(connection: sa.Connection, views: Views, run: Run, position: int | None) -> dict[str, Any]:
    """Return a run as data."""
    return {
        **head_document(run),
        **{name: getattr(run, name) for name in _REST},
        "question": None if run.question is None else masked_question(run.question),
        "position": position,
        "reason": _reason(run),
        "repeat": _repeat(connection, run),
        "provenance": _provenance(connection, views, run),
    }


def plan_head(plan: PlanHead) -> dict[str, Any]:
    """Return a plan as data, without its document."""
    return {**plan._asdict(), "gap": gap_of(plan.score, plan.bound)}


def event_document(event: Event) -> dict[str, Any]:
    """Return an event as data."""
    return {"seq": event.seq, "at": event.at, "type": event.type, "data": event.data}


def record(connection: sa.Connection, caller: Caller, run: Run, **detail: Any) -> None:
    """Put on record what somebody did with a run."""
    audit.append_all(connection, [act(connection, caller, run, **detail)])


def act(connection: sa.Connection, caller: Caller, run: Run, **detail: Any) -> Act:
    """Return what is put on record of what somebody did with a run, or looked at."""
    counties = ",".join(round_rows.counties_of(connection, [run.round_id])[run.round_id])
    return Act(caller.principal, caller.action, run.id, counties, "done", detail)


def _repeat(connection: sa.Connection, run: Run) -> dict[str, Any] | None:
    """Return how a repeat compares with the run that it repeats, which is of the same round."""
    if run.repeat_of is None:
        return None
    original = repository.run(connection, Scope(everything=True), run.repeat_of)
    return None if original is None else compared(connection, original, run)


def _reason(run: Run) -> dict[str, Any] | None:
    code = run.reason_code
    if code is None:
        return None
    return {
        "code": code,
        "sentence": {
            "zh": reasons.sentence(code, run.reason, "zh"),
            "en": reasons.sentence(code, run.reason, "en"),
        },
        "remedy": {
            "zh": reasons.remedy(code, run.reason, "zh"),
            "en": reasons.remedy(code, run.reason, "en"),
        },
    }


def _provenance(connection: sa.Connection, views: Views, run: Run) -> dict[str, Any] | None:
    """Return what the answer was made with; the rules stand in the answer itself."""
    digest = run.result_digest
    if digest is None:
        return None

    def made() -> bytes:
        provenance = repository.document(connection, digest)["provenance"]
        return canonical_json({n: value for n, value in provenance.items() if n != "rules"}).encode()

    shown: dict[str, Any] = json.loads(views.get(digest, "provenance", made))
    return shown
