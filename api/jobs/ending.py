"""The end of a run: its answer, its plans, its state and its last event, in one fenced write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

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
    from api.storage.documents import Packed


class Answers(NamedTuple):
    """The documents of an outcome, packed before the transaction that keeps them: its result, and each plan."""

    result: Packed | None
    plans: list[Packed]


def packed(outcome: Outcome) -> Answers:
    """Return the documents of an outcome."""
    result = documents.packed("result", outcome.result) if outcome.state in ANSWERED else None
    return Answers(result, [documents.packed("plan", plan.document) for plan in outcome.plans])


def write_ending(
    connection: sa.Connection,
    held: Lease,
    row: Mapping[str, Any],
    outcome: Outcome,
    answers: Answers,
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
    outcome, answers
        What it came to, and its documents.
    spent
        What it took.

    Raises
    ------
    Fenced
        When the lease is lost; the caller's transaction then leaves nothing.
    """
    values = dict(spent)
    data: dict[str, Any] = {"epoch": held.epoch}
    if answers.result is not None:
        # Before the fence, for the row refers to it; a lost lease undoes it with the rest.
        values["result_digest"] = documents.put_packed(connection, answers.result)
    if outcome.plans:
        best = outcome.plans[0]
        values |= {"score": best.score, "bound": best.bound}
        data |= {"score": best.score, "bound": best.bound, "plans": len(outcome.plans)}
    if outcome.code is not None:
        values |= {"reason_code": outcome.code, "reason": reason_text(outcome.details)}
        data |= {"reason": outcome.code, **outcome.details}
    lease.bring(connection, held, outcome.state, data, **values)
    insert_plans(connection, row, zip(outcome.plans, answers.plans, strict=True))
    if outcome.state in ANSWERED and outcome.is_whole and row["question"] is not None:
        insert_answer(connection, held.run, digest_of_question(row), values["result_digest"])
