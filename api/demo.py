"""The service for a first look: with the demo's round in it, one run of it, and a planner who may see both."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from api.access import principals
from api.access.guard import Caller
from api.access.repository.principals import Grant
from api.access.scopes import Scope
from api.cli import words
from api.config import settings_of
from api.jobs.queue import Submission, submit
from api.rounds import reading, service
from api.starting import run
from api.state import open_service
from api.storage.session import writing
from matcher.checkpoint import rules_digest
from matcher.cli.desk import Desk
from matcher.round import Round
from matcher.settings import Settings
from matcher.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from api.state import Service
    from matcher.codes import Language

_ACTOR = "demo"


def run_demo(sample: Path, data: Path, port: int | None, language: Language) -> None:
    """Put the sample into a service of its own, begin a run of it, and serve until told to end."""
    settings = settings_of({}, data=data.absolute(), port=port)

    def fill() -> None:
        opened = open_service(settings)
        try:
            round_id, run_id, key = _fill(opened, sample)
        finally:
            opened.database.dispose()
        desk = Desk(language)
        desk.say(words.DEMO_SERVED, round=round_id, run=run_id)
        desk.out.print(key, soft_wrap=True)

    run(settings, before=fill)


def _fill(opened: Service, sample: Path) -> tuple[str, str, str]:
    """Return the identifiers of round and run, and the planner's key."""
    read = reading.read(opened, sample).required()
    with writing(opened.database) as connection:
        name = f"演示规划员 {secrets.token_hex(3)}"
        grant = Grant("planner", "all", "")
        planner = principals.create(connection, _ACTOR, "user", name, [grant])
        key = principals.make_key(connection, opened.secrets, _ACTOR, planner.id, 1)
        caller = Caller(planner.id, "user", name, (grant,), "rounds.create", Scope(everything=True))
        head = service.create(connection, caller, read, "demo")
        submission = Submission(
            round_id=head.id,
            revision=head.revision.number,
            kind="solve",
            settings=Settings().model_dump(mode="json", exclude={"seed", "workers"}),
            rules_digest=rules_digest(Round.from_document(read.document)),
            versions={"matcher": VERSION},
            user_id=planner.id,
        )
        return head.id, submit(connection, submission), key.text
