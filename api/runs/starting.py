"""Starting runs: of a round, with the settings of another run, and as its repeat; all within the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs import queue
from api.jobs.queue import Submission
from api.problems import Refused
from api.rounds import repository as round_rows
from api.rounds import service as rounds
from api.runs import repository, service
from api.storage.canonical import canonical_json, digest_of
from matcher.giving import giving
from matcher.problems import InvalidInput
from matcher.round.records import RuleOverride
from matcher.rulebook import RuleBook
from matcher.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.config import Settings
    from api.rounds.repository import Head, Revision
    from api.runs.repository import Run
    from api.runs.schemas import Effort, NewRun


def start(connection: sa.Connection, caller: Caller, limits: Settings, round_id: str, asked: NewRun) -> Run:
    """Queue a run of a round.

    Raises
    ------
    Refused
        With the code ``not_found``, ``request_invalid``, ``run_cores`` or ``too_many_runs``.
    """
    head = rounds.require(connection, caller, round_id)
    revision = rounds.require_revision(connection, head, asked.revision)
    return queued(connection, caller, limits, submission_of(connection, caller, (head, revision), asked))


def submission_of(
    connection: sa.Connection,
    caller: Caller,
    about: tuple[Head, Revision],
    asked: Effort,
    kind: str = "solve",
    question: Mapping[str, Any] | None = None,
) -> Submission:
    """Return what is submitted about a revision of a round.

    Raises
    ------
    Refused
        With the code ``request_invalid`` where the settings ask for what can't be.
    """
    try:
        giving(asked.settings)
    except InvalidInput as error:
        problems = [problem.document() for problem in error.problems]
        raise Refused("request_invalid", problems=problems, count=len(problems)) from None
    head, revision = about
    return Submission(
        round_id=head.id,
        revision=revision.number,
        kind=kind,
        settings=asked.settings.model_dump(mode="json", exclude_none=True, exclude={"seed", "workers"}),
        question=question,
        rules_digest=_rules_digest(round_rows.document(connection, revision)),
        versions={"matcher": VERSION},
        user_id=caller.principal,
        seed=asked.settings.seed,
        priority=asked.priority,
        cores=asked.cores,
    )


def again(
    connection: sa.Connection, caller: Caller, limits: Settings, run_id: str, *, is_repeat: bool
) -> Run:
    """Queue a run with the round and the settings of another, from zero; a repeat is compared with it.

    Raises
    ------
    Refused
        With the code ``not_found``, ``run_cores`` or ``too_many_runs``.
    """
    run = service.require(connection, caller, run_id)
    submission = Submission(
        round_id=run.round_id,
        revision=run.revision,
        kind=run.kind,
        settings=run.settings,
        question=run.question,
        rules_digest=run.rules_digest,
        versions={"matcher": VERSION},
        user_id=caller.principal,
        seed=run.seed,
        priority=run.priority,
        cores=run.cores,
        repeat_of=run.id if is_repeat else None,
    )
    return queued(
        connection, caller, limits, submission, **{"repeat_of" if is_repeat else "rerun_of": run.id}
    )


def queued(
    connection: sa.Connection, caller: Caller, limits: Settings, submission: Submission, **detail: Any
) -> Run:
    """Queue a run, put that on record, and return it.

    Raises
    ------
    Refused
        With the code ``not_found`` (the round was deleted meanwhile), ``run_cores`` or ``too_many_runs``.
    """
    rounds.require(connection, caller, submission.round_id, lock=True)
    there = repository.most_cores(connection)
    most = limits.run_cores if there is None else min(limits.run_cores, there)
    if submission.cores > most:
        raise Refused("run_cores", cores=submission.cores, most=most)
    if repository.waiting(connection, caller.principal) >= limits.queued_runs:
        raise Refused("too_many_runs", most=limits.queued_runs)
    queue.submit(connection, submission)
    run = service.require(connection, caller, submission.id)
    service.record(connection, caller, run, round=run.round_id, revision=run.revision, **detail)
    return run


def _rules_digest(document: Mapping[str, Any]) -> str:
    """Return the digest of the rules in effect."""
    overrides = [RuleOverride.model_validate(row) for row in document.get("rules", ())]
    return digest_of(canonical_json(RuleBook.of(overrides).document()))
