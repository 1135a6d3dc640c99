"""Asking questions by runs: an answer that is there already is given at once, any other question is queued."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.jobs.questions import digest_of_question
from api.plans import repository as plan_rows
from api.plans import service as plans
from api.problems import Refused
from api.rounds import reading as readings
from api.rounds import repository as round_rows
from api.rounds import service as rounds
from api.runs import repository, service, starting
from api.storage.session import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.rounds.repository import Head, Revision
    from api.runs.question_schemas import MendAsked, WhatIfsAsked
    from api.runs.repository import Run
    from api.runs.schemas import Effort
    from api.state import Service

#: A revision of a round.
About = tuple["Head", "Revision"]


def about_plan(
    running: Service, caller: Caller, plan_id: str, kind: str, question: Mapping[str, Any]
) -> tuple[About, dict[str, Any]]:
    """Return what a question about a plan is about, and the question with the plan's digest, once it may be asked.

    Raises
    ------
    Refused
        With the code ``not_found``, ``plan_not_askable``, ``plan_without_prices``, or ``request_invalid`` and all that
        the round or the plan does not know.
    """
    with reading(running.database) as connection:
        found = plans.require(connection, caller, plan_id)
        revision = rounds.require_revision(connection, found.round, found.head.revision)
        ranked = plan_rows.ranked(connection, found.head) if kind == "core" else [found.head.digest]
    whole = {**question, "plan": plan_id, "plans": ranked, "round": found.round_digest}
    if kind == "core":
        whole["rank"] = found.head.rank or 1
    asked = {"do": "may_ask", "kind": kind, "question": whole, "round": found.round_digest}
    plans.asked(running, {**asked, "plan": found.head.digest, "best": ranked[0]})
    return (found.round, revision), whole


def about_mending(
    running: Service, caller: Caller, plan_id: str, asked: MendAsked
) -> tuple[About, dict[str, Any]]:
    """Return what a plan is mended with, once the edits were tried on its round.

    Raises
    ------
    Refused
        With the code ``not_found``, ``scope_exceeded``, or ``edits_refused`` and all that is wrong with the edits.
    """
    with reading(running.database) as connection:
        found = plans.require(connection, caller, plan_id)
        revision = rounds.require_revision(connection, found.round, found.head.revision)
        document = round_rows.document(connection, revision)
        plan = plan_rows.document(connection, found.head)
    edits = [edit.model_dump(mode="json", exclude_defaults=True) for edit in asked.edits]
    adjusting = {"plan": plan, "same_unit": asked.same_unit}
    _try(running, caller, document, [{"name": "", "edits": edits}], adjusting)
    question = {"plan": plan_id, "plans": [found.head.digest], "round": found.round_digest}
    return (found.round, revision), {**question, "edits": edits, "same_unit": asked.same_unit}


def about_scenarios(
    running: Service, caller: Caller, round_id: str, asked: WhatIfsAsked
) -> tuple[About, dict[str, Any]]:
    """Return the scenarios of a round, once all of their edits were tried.

    Raises
    ------
    Refused
        With the code ``not_found``, ``scope_exceeded``, or ``edits_refused`` and all that is wrong with the edits.
    """
    with reading(running.database) as connection:
        head = rounds.require(connection, caller, round_id)
        revision = rounds.require_revision(connection, head, asked.revision)
        document = round_rows.document(connection, revision)
    scenarios = asked.asked()
    _try(running, caller, document, scenarios)
    return (head, revision), {"plans": [], "round": revision.digest, "scenarios": scenarios}


def ask(
    connection: sa.Connection,
    caller: Caller,
    running: Service,
    asked: Effort,
    kind: str,
    about: About,
    question: Mapping[str, Any],
) -> tuple[Run, bool]:
    """Return the run that answers a question, and whether it had answered it before.

    Raises
    ------
    Refused
        With the code ``request_invalid``, ``run_cores`` or ``too_many_runs``.
    """
    submission = starting.submission_of(connection, caller, about, asked, kind, question)
    known = repository.answered(
        connection, submission.round_id, submission.revision, digest_of_question(asdict(submission))
    )
    if known is None:
        return starting.queued(connection, caller, running.settings, submission), False
    run = service.require(connection, caller, known)
    service.record(connection, caller, run, round=run.round_id, revision=run.revision, kept=True)
    return run, True


def _try(
    running: Service,
    caller: Caller,
    document: Mapping[str, Any],
    scenarios: list[dict[str, Any]],
    adjusting: Mapping[str, Any] | None = None,
) -> None:
    """Apply edits to a round where nothing is kept of it, and refuse what they can't be."""
    tried = readings.try_scenarios(running, document, scenarios, adjusting)
    if tried.problems:
        raise Refused("edits_refused", problems=tried.problems, count=len(tried.problems))
    if not caller.scope.reaches(tried.counties):
        raise Refused("scope_exceeded")
