"""Every refusal of the service, provoked at the real server: its status, its sentence, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.words import REFUSALS
from tests.api.refusals import (
    of_access,
    of_hooks,
    of_logins,
    of_plans,
    of_requests,
    of_rounds,
    of_runs,
    of_storage,
)
from tests.api.refusals.cases import CASES
from tests.api.server import refused

if TYPE_CHECKING:
    from tests.api.server import Server

#: The modules that fill the table.
TABLES = (of_requests, of_access, of_logins, of_rounds, of_runs, of_plans, of_hooks, of_storage)

#: Refusals that need a server of their own, each with a test in ``test_alone.py``; those of the desk in
#: ``plans/test_desk.py``, the one of a full disk in ``operate/test_disk_full.py``.
ALONE = {
    "desk_busy", "takes_too_long",
    "last_administrator", "too_many_requests", "busy", "upload_too_slow", "upload_too_complex",
    "storage_full", "storage_unavailable", "draining", "too_many_runs", "login_delayed",
}  # fmt: skip
#: Those of single sign-on, which ``access/test_oidc.py`` provokes with a provider of its own.
SIGN_ON = {"oidc_state", "oidc_denied", "oidc_token", "oidc_unreachable", "oidc_unknown"}
#: Those of questions, which ``runs/test_questions.py`` and ``runs/test_what_ifs.py`` provoke where there is a worker.
ASKING = {"edits_refused", "plan_not_askable", "plan_without_prices", "revision_passed", "scenario_unknown"}


def test_every_refusal_is_provoked() -> None:
    assert sorted([*CASES, *ALONE, *SIGN_ON, *ASKING]) == sorted(REFUSALS)


@pytest.mark.parametrize("code", CASES)
def test_refusal(server: Server, code: str) -> None:
    provoke, zh, en = CASES[code]
    for language, title in (("zh", zh), ("en", en)):
        answer = provoke(server, {"Accept-Language": language})
        problem = refused(answer, code)
        assert problem["title"] == title
        assert answer.status_code == REFUSALS[code].status
        assert answer.headers["content-language"] == language
