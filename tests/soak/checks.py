"""What must be true after harm: of what was acknowledged, of every run, and of the database as a whole."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from api.access.audit_verify import verify
from api.jobs.states import ENDED
from api.storage import documents, schema
from api.storage.canonical import canonical_json, digest_of
from api.storage.session import reading
from tests.api.jobs.killing import faults_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.soak.ledger import Entry, Ledger
    from tests.soak.people import Person
    from tests.soak.violations import Record

#: States that a run may come to; ``failed`` is none, for nothing here is beyond a run.
_GOOD: Final = ENDED - {"failed"}


class Reader:
    """Reads over HTTP what was acknowledged, and compares.

    Parameters
    ----------
    person
        Who may read everything.
    record
        Where differences go.
    """

    def __init__(self, person: Person, record: Record) -> None:
        self._person = person
        self._record = record
        self._ways: Mapping[str, Callable[[Entry], None]] = {
            "round": self._revision,
            "revision": self._revision,
            "run": self._run,
            "stop": self._asked,
            "cancel": self._asked,
            "plan": self._plan,
        }

    def read(self, entries: Iterable[Entry]) -> None:
        """Read every entry; those of publications are looked at as a whole, by :meth:`publications`."""
        for entry in entries:
            if entry.kind in self._ways:
                self._ways[entry.kind](entry)

    def publications(self, ledger: Ledger) -> None:
        """Compare every publication with what was acknowledged of it, in the order in which it was."""
        for identifier, (state, entry) in publications_after(ledger.entries).items():
            answer = self._person.get(f"/publications/{identifier}")
            found = answer.json()
            is_same = found.get("state") == state and found.get("plan_id") == entry.facts["plan"]
            self._must(answer.status_code == 200 and is_same, entry, f"should be {state}: {answer.text}")

    def _revision(self, entry: Entry) -> None:
        number = entry.facts["number"]
        head = self._person.get(f"/rounds/{entry.id}/revisions/{number}")
        self._must(head.json().get("digest") == entry.facts["digest"], entry, head.text)
        full = self._person.get(f"/rounds/{entry.id}/document/full", revision=number)
        is_whole = full.status_code == 200 and _digest(full.json()) == entry.facts["digest"]
        self._must(is_whole and full.json()["name"] == entry.facts["name"], entry, full.text[:400])

    def _run(self, entry: Entry) -> None:
        answer = self._person.get(f"/runs/{entry.id}")
        run = answer.json()
        is_same = (
            run.get("round_id") == entry.facts["round"] and run.get("settings") == entry.facts["settings"]
        )
        self._must(answer.status_code == 200 and is_same, entry, answer.text)
        if run.get("state") not in ("done", "infeasible"):
            return
        result = self._person.get(f"/runs/{entry.id}/result/full")
        is_whole = result.headers.get("etag") == f'"{_digest(result.json())}-full"'
        self._must(is_whole, entry, f"result: {result.text[:400]}")
        for plan in self._person.get(f"/runs/{entry.id}/plans").json()["items"]:
            self._document_of_plan(entry, plan["id"], plan["digest"])

    def _asked(self, entry: Entry) -> None:
        run = self._person.get(f"/runs/{entry.id}").json()
        is_kept = run.get("asked") == entry.kind and run.get("state") in ENDED
        self._must(is_kept and run["state"] != "failed", entry, run)

    def _plan(self, entry: Entry) -> None:
        self._document_of_plan(entry, entry.id, entry.facts["digest"])

    def _document_of_plan(self, entry: Entry, plan: str, digest: str) -> None:
        answer = self._person.get(f"/plans/{plan}/full")
        is_same = answer.status_code == 200 and _digest(answer.json()) == digest
        self._must(is_same, entry, f"plan {plan}: {answer.text[:400]}")

    def _must(self, holds: object, entry: Entry, evidence: object) -> None:
        self._record.unless(holds, "what was acknowledged is there", f"{entry}: {evidence}")


def publications_after(entries: Iterable[Entry]) -> dict[str, tuple[str, Entry]]:
    """Return the state that each publication must be in after what was acknowledged."""
    after: dict[str, tuple[str, Entry]] = {}

    def turn(identifier: str, state: str) -> None:
        after[identifier] = (state, after[identifier][1])

    for entry in entries:
        if entry.kind == "proposal":
            after[entry.id] = ("proposed", entry)
        elif entry.kind == "approval":
            turn(entry.id, "published")
            if entry.facts["replaces"]:
                turn(entry.facts["replaces"], "rolled_back")
        elif entry.kind == "rollback":
            turn(entry.id, "rolled_back")
            if entry.facts["replaces"]:
                turn(entry.facts["replaces"], "published")
    return after


def check_runs(database: sa.Engine, runs: Iterable[str], record: Record) -> None:
    """Look at runs that should have ended: all of it that holds whatever was done."""
    for run in runs:
        for fault in faults_of(database, run):
            record.add(
                "a run is worked on by one at a time, goes on from its checkpoint and ends once",
                f"{run}: {fault}",
            )
        with reading(database) as connection:
            row = connection.execute(sa.select(schema.runs).where(schema.runs.c.id == run)).one()
        record.unless(
            row.state in _GOOD, "no honest run fails", f"{run}: {row.state} {row.reason_code} {row.reason}"
        )


def check_once(database: sa.Engine, ledger: Ledger, record: Record) -> None:
    """Look whether everything was done once: nothing is there that nobody was told of."""
    tables = {
        "round": schema.rounds,
        "run": schema.runs,
        "proposal": schema.publications,
        "plan": schema.plans,
    }
    with reading(database) as connection:
        for kind, table in tables.items():
            query = sa.select(table.c.id)
            if kind == "plan":
                query = query.where(table.c.origin == "edit")
            told = Counter(entry.id for entry in ledger.of(kind))
            there = Counter(connection.scalars(query))
            record.unless(
                told == there, "each request is done once", f"{kind}: {told - there} {there - told}"
            )
        actions = sa.select(schema.audit.c.action, schema.audit.c.subject).where(
            schema.audit.c.outcome == "done"
        )
        often = Counter((row.action, row.subject) for row in connection.execute(actions))
    once = (
        "runs.start",
        "rounds.create",
        "publications.propose",
        "publications.approve",
        "publications.roll_back",
    )
    twice = {what: times for what, times in often.items() if what[0] in once and times > 1}
    record.unless(not twice, "nothing is done or published twice", twice)


def check_trail(database: sa.Engine, anchors: dict[int, str], record: Record) -> None:
    """Look whether the audit trail is whole and holds its anchors, and take another."""
    with reading(database) as connection:
        found = verify(connection, anchors.items())
    record.unless(found.broken_at is None, "the audit trail is whole", found)
    if found.broken_at is None:
        anchors[found.entries] = found.head


def check_documents(database: sa.Engine, record: Record) -> None:
    """Look whether every document is what its digest says."""
    with reading(database) as connection:
        damaged = documents.damaged(connection)
    record.unless(not damaged, "every document is what its digest says", damaged)


def _digest(data: Any) -> str:
    return digest_of(canonical_json(data))
