"""The end of a run: its answer, its plans, its state and its last event, in one fenced write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs import lease
from api.jobs.questions import digest_of_question
from api.jobs.reasons import reason_text
from api.jobs.repository import insert_answer, insert_plans
from api.jobs.states import ANSWERED
from api.storage import documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.jobs.kinds import Outcome
    from api.jobs.lease import Lease


def write_ending(
    connection: sa.Connection,
    held: Lease,
    row: Mapping[str, Any],
    outcome: Outcome,
    spent: Mapping[str, Any],
) -> None:
    """Write down what a run came to.

    Parameters
    ----------
    connection
        A transaction with nothing in it yet.
    held
        The right to write.
    row
        The run's row.
    outcome
        What it came to.
    spent
        What it took.

    Raises
    ------
    Fenced
        When the lease is lost; the caller's transaction then leaves nothing.
    """
    values = dict(spent)
    data: dict[str, Any] = {"epoch": held.epoch}
    if outcome.state in ANSWERED:
        # Before the fence, for the row refers to it; a lost lease undoes it with the rest.
        values["result_digest"] = documents.put(connection, "result", outcome.result)
    if outcome.plans:
        best = outcome.plans[0]
        values |= {"score": best.score, "bound": best.bound}
        data |= {"score": best.score, "bound": best.bound, "plans": len(outcome.plans)}
    if outcome.code is not None:
        values |= {"reason_code": outcome.code, "reason": reason_text(outcome.details)}
        data |= {"reason": outcome.code, **outcome.details}
    lease.bring(connection, held, outcome.state, data, **values)
    insert_plans(connection, row, outcome.plans)
    if outcome.state in ANSWERED and outcome.is_whole and row["question"] is not None:
        insert_answer(connection, held.run, digest_of_question(row), values["result_digest"])
