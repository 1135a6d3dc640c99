"""What a child is given to do, out of a run's row and what is saved of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs import checkpoints
from api.jobs.kinds import KINDS
from api.jobs.messages import Task
from api.jobs.repository import plan_documents, round_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.jobs.checkpoints import Saved


def task_of(connection: sa.Connection, row: Mapping[str, Any], saved: Saved | None, memory: int) -> Task:
    """Return the task of a run's next attempt.

    Parameters
    ----------
    row
        The run's row, with what its attempts have spent.
    saved
        The newest checkpoint.
    memory
        Bytes of address space that it may use.

    Raises
    ------
    StorageRefused
        When the round or a plan is damaged or missing.
    pydantic.ValidationError
        When the settings are those of another version of the program.
    """
    kind, question = KINDS[row["kind"]], row["question"]
    goes_on = saved is not None and not kind.is_batch
    return Task(
        kind=row["kind"],
        round=round_document(connection, row["round_id"], row["revision"]),
        settings=kind.settings(row, saved),
        question=question,
        plans=plan_documents(connection, question["plans"]) if question is not None else [],
        checkpoint=dict(saved.checkpoint) if saved is not None and goes_on else None,
        stage_work=saved.stage_work if saved is not None and goes_on else 0.0,
        finished=[dict(part) for part in checkpoints.load_parts(connection, row["id"])]
        if kind.is_batch
        else [],
        memory=memory,
    )
