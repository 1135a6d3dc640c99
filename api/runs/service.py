"""What is done with runs: queued, asked to stop, shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import audit
from api.http import etags
from api.jobs import queue, reasons
from api.jobs.queue import Submission
from api.jobs.states import ENDED
from api.problems import Refused
from api.rounds import repository as round_rows
from api.rounds import service as rounds
from api.runs import repository
from api.storage.canonical import canonical_json, digest_of
from matcher.round.records import RuleOverride
from matcher.rulebook import RuleBook
from matcher.version import VERSION

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.runs.repository import PlanHead, Run
    from api.runs.schemas import NewRun

_VIEW = "run"
_HEAD = (
    "id", "round_id", "revision", "kind", "state", "priority", "cores", "user_id", "score", "bound", "created_at",
    "started_at", "ended_at",
)  # fmt: skip
_REST = (
    "settings", "seed", "rules_digest", "versions", "asked", "phase", "rank", "attempts", "child_deaths", "spent_ms",
    "spent_work", "event_seq",
)  # fmt: skip


def start(connection: sa.Connection, caller: Caller, round_id: str, asked: NewRun) -> Run:
    """Queue a run of a round.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    head = rounds.require(connection, caller, round_id)
    revision = rounds.require_revision(connection, head, asked.revision)
    document = round_rows.document(connection, revision)
    settings = asked.settings.model_dump(mode="json", exclude_none=True, exclude={"seed", "workers"})
    submission = Submission(
        round_id=head.id,
        revision=revision.number,
        kind="solve",
        settings=settings,
        rules_digest=_rules_digest(document),
        versions={"matcher": VERSION},
        user_id=caller.principal,
        seed=asked.settings.seed,
        priority=asked.priority,
        cores=asked.cores,
    )
    return _queued(connection, caller, submission)


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


def tag_of(run: Run, position: int | None) -> str:
    """Return the entity tag of a run; while it waits, others that go before it change it, too."""
    return etags.tag(run.event_seq if position is None else f"{run.event_seq}.{position}", _VIEW)


def head_document(run: Run) -> dict[str, Any]:
    """Return a run as data, for a list."""
    return {**{name: getattr(run, name) for name in _HEAD}, "gap": gap_of(run.score, run.bound)}


def view(connection: sa.Connection, run: Run, position: int | None) -> dict[str, Any]:
    """Return a run as data."""
    return {
        **head_document(run),
        **{name: getattr(run, name) for name in _REST},
        "position": position,
        "reason": _reason(run),
        "provenance": _provenance(connection, run),
    }


def plan_head(plan: PlanHead) -> dict[str, Any]:
    """Return a plan as data, without its document."""
    return {**plan._asdict(), "gap": gap_of(plan.score, plan.bound)}


def gap_of(score: int | None, bound: int | None) -> float | None:
    """Return by which share the bound is above the score; None where either is missing."""
    if score is None or bound is None:
        return None
    return (bound - score) / max(1, abs(score))


def _queued(connection: sa.Connection, caller: Caller, submission: Submission, **detail: Any) -> Run:
    """Queue a run, put that on record, and return it."""
    queue.submit(connection, submission)
    run = require(connection, caller, submission.id)
    record(connection, caller, run, round=run.round_id, revision=run.revision, **detail)
    return run


def record(connection: sa.Connection, caller: Caller, run: Run, **detail: Any) -> None:
    """Put on record what somebody did with a run, or looked at."""
    counties = ",".join(round_rows.counties_of(connection, [run.round_id])[run.round_id])
    audit.append(connection, caller.principal, caller.action, run.id, scope=counties, **detail)


def _rules_digest(document: dict[str, Any]) -> str:
    """Return the digest of the rules in effect."""
    overrides = [RuleOverride.model_validate(row) for row in document.get("rules", ())]
    return digest_of(canonical_json(RuleBook.of(overrides).document()))


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


def _provenance(connection: sa.Connection, run: Run) -> dict[str, Any] | None:
    """Return what the answer was made with; the rules stand in the answer itself."""
    if run.result_digest is None:
        return None
    provenance = repository.document(connection, run.result_digest)["provenance"]
    return {name: value for name, value in provenance.items() if name != "rules"}
