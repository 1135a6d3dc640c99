"""Checkpoints of runs: the last two of every stage, and the newest that can still be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from api.storage import documents as store
from api.storage.refusals import StorageRefused
from api.storage.schema import checkpoints, documents, runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.lease import Lease

#: How many of a stage are kept: should the newest be damaged, there is one more.
KEPT = 2


@dataclass(frozen=True, slots=True)
class Saved:
    """What a child saved of its solve.

    Attributes
    ----------
    checkpoint
        The solver's own, as ``checkpoint/1`` data.
    stage_work
        Work spent in its stage by all attempts, in units of effort.
    """

    checkpoint: Mapping[str, Any]
    stage_work: float

    @property
    def place(self) -> tuple[int, int]:
        """How far it is: rank, and solve for that rank."""
        stage = self.checkpoint["stage"]
        return stage["rank"], stage["solve"]

    @property
    def stage(self) -> str:
        """The stage as text; within it the score never falls."""
        stage = self.checkpoint["stage"]
        return f"{stage['rank']}.{stage['solve']}.{stage['name']}"

    @property
    def score(self) -> int | None:
        """The score of its plan; None where it has none yet."""
        score: int | None = self.checkpoint.get("score")
        return score

    @property
    def bound(self) -> int | None:
        """Its bound; None where it has none yet."""
        bound: int | None = self.checkpoint.get("bound")
        return bound

    def falls_behind(self, before: Saved | None) -> bool:
        """Return whether its plan is worse than what is saved of the same stage; then it is not kept."""
        if before is None or before.stage != self.stage or before.score is None:
            return False
        return self.score is None or self.score < before.score

    def gets_on(self, before: Saved | None) -> bool:
        """Return whether it is more than what is saved: a later stage, a better plan or a better bound."""
        if before is None or before.place != self.place:
            return before is None or before.place < self.place
        if before.stage != self.stage:
            return True
        better = self.score is not None and (before.score is None or before.score < self.score)
        tighter = self.bound is not None and (before.bound is None or self.bound < before.bound)
        return better or tighter


def save(connection: sa.Connection, lease: Lease, saved: Saved) -> None:
    """Save a checkpoint, after a fenced write in the same transaction; older ones of its stage go."""
    numbered = sa.update(runs).where(runs.c.id == lease.run)
    numbered = numbered.values(checkpoint_seq=runs.c.checkpoint_seq + 1)
    seq = connection.execute(numbered.returning(runs.c.checkpoint_seq)).scalar_one()
    # With the run in it, no other run has the same document, and it can be removed with its row.
    data = {"run": lease.run, "stage_work": saved.stage_work, "checkpoint": saved.checkpoint}
    body = store.put(connection, "checkpoint", data)
    row = {"run_id": lease.run, "stage": saved.stage, "seq": seq, "epoch": lease.epoch}
    connection.execute(sa.insert(checkpoints).values(**row, score=saved.score, body=body))
    _forget(connection, lease.run, saved.stage)


def _forget(connection: sa.Connection, run: str, stage: str) -> None:
    """Remove all but the last checkpoints of a stage, and what only they refer to."""
    of_stage = [checkpoints.c.run_id == run, checkpoints.c.stage == stage]
    newest = sa.select(checkpoints.c.seq).where(*of_stage).order_by(checkpoints.c.seq.desc())
    kept = connection.scalars(newest.limit(KEPT)).all()
    old = sa.delete(checkpoints).where(*of_stage, checkpoints.c.seq < min(kept))
    bodies = connection.scalars(old.returning(checkpoints.c.body)).all()
    if bodies:
        still = sa.exists().where(checkpoints.c.body == documents.c.digest)
        connection.execute(sa.delete(documents).where(documents.c.digest.in_(bodies), ~still))


def load(connection: sa.Connection, run: str) -> Saved | None:
    """Return the newest checkpoint of a run that is not damaged; None where there is none."""
    rows = sa.select(checkpoints.c.body).where(checkpoints.c.run_id == run)
    for body in connection.scalars(rows.order_by(checkpoints.c.seq.desc())).all():
        try:
            data = store.get(connection, body)
        except StorageRefused:
            continue
        return Saved(data["checkpoint"], data["stage_work"])
    return None


def load_parts(connection: sa.Connection, run: str) -> list[Mapping[str, Any]]:
    """Return what is saved of every stage of a batch, in the order of its parts; what is damaged is done anew."""
    rows = sa.select(checkpoints.c.stage, checkpoints.c.body).where(checkpoints.c.run_id == run)
    found: dict[str, Mapping[str, Any]] = {}
    for stage, body in connection.execute(rows.order_by(checkpoints.c.seq)).all():
        try:
            found[stage] = store.get(connection, body)["checkpoint"]
        except StorageRefused:
            continue
    return list(found.values())
