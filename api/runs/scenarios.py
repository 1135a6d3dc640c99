"""Keeping a scenario of a run: as the next revision of its round, or as a round of its own that says where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from api.plans import service as plans
from api.problems import Refused
from api.rounds import reading as readings
from api.rounds import repository as round_rows
from api.rounds import service as rounds
from api.runs import repository, service
from api.storage.session import reading
from matcher.edits import Edit, adjustment
from matcher.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.access.guard import Caller
    from api.rounds.reading import ReadRound
    from api.rounds.repository import Head
    from api.runs.repository import Run
    from api.state import Service


class Scenario(NamedTuple):
    """A scenario that is to be kept.

    Attributes
    ----------
    run, head
        The run that it is of, and the run's round as it was seen.
    read
        The scenario's round.
    edits
        What makes it out of the run's revision.
    plan
        Its best plan, which stood the check when the run ended; None where it has none.
    lineage
        Where it comes from.
    """

    run: Run
    head: Head
    read: ReadRound
    edits: list[dict[str, Any]]
    plan: Mapping[str, Any] | None
    lineage: dict[str, Any]


def found(running: Service, caller: Caller, run_id: str, name: str | None) -> Scenario:
    """Return a scenario of a run, with its round.

    Raises
    ------
    Refused
        With the code ``not_found``, ``run_not_ended``, ``run_without_result``, ``scenario_unknown`` or ``scope_exceeded``.
    """
    with reading(running.database) as connection:
        run = service.require(connection, caller, run_id)
        answer = repository.document(connection, service.require_result(run))
        head = rounds.require(connection, caller, run.round_id)
        base = round_rows.document(connection, rounds.require_revision(connection, head, run.revision))
        edits, result = _of(connection, run, answer, name)
    read = readings.edit(running, base, edits).required()
    rounds.require_scope(caller, read)
    lineage = {"run": run.id, "scenario": name, "round": run.round_id, "revision": run.revision}
    found_plans = (result or {}).get("plans", ())
    return Scenario(run, head, read, edits, found_plans[0] if found_plans else None, lineage)


def keep(
    connection: sa.Connection, caller: Caller, scenario: Scenario, *, is_revision: bool, reason: str
) -> dict[str, Any]:
    """Store a scenario's round and its best plan, and return them as data.

    Raises
    ------
    Refused
        With the code ``revision_passed`` where the round has been edited since, ``nothing_changed`` where it is as it
        was, or ``precondition_failed``.
    """
    edits, lineage = scenario.edits, scenario.lineage
    if is_revision:
        if scenario.head.revision.number != scenario.run.revision:
            raise Refused(
                "revision_passed", revision=scenario.run.revision, last=scenario.head.revision.number
            )
        head = rounds.revise(connection, caller, scenario.head, scenario.read, edits, reason, lineage)
    else:
        head = rounds.create(connection, caller, scenario.read, reason, edits, lineage)
    kept: dict[str, Any] = {
        "round": rounds.view(connection, head),
        "revision": head.revision.number,
        "plan": None,
    }
    if scenario.plan is not None:
        plan = plans.store(
            connection, caller, (head, head.revision), scenario.plan, origin="scenario", reason=reason
        )
        kept["plan"] = plans.head_document(plan)
    return kept


def _of(
    connection: sa.Connection, run: Run, answer: Mapping[str, Any], name: str | None
) -> tuple[list[dict[str, Any]], Mapping[str, Any] | None]:
    """Return edits and result of a scenario of a run."""
    if run.kind == "mend" and name is None and run.question is not None:
        plan = Plan.from_document(repository.document(connection, run.question["plans"][0]))
        own = [Edit.model_validate(edit) for edit in answer["edits"]]
        made = adjustment(plan, own, same_unit=answer["same_unit"])
        return [edit.model_dump(mode="json", exclude_defaults=True) for edit in made], answer["result"]
    for scenario in answer["scenarios"] if run.kind == "what_ifs" else ():
        if scenario["name"] == name:
            return scenario["edits"], scenario["result"]
    raise Refused("scenario_unknown", run=run.id)
