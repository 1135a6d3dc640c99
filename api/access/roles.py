"""The one table of what each role may do, and what is open without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["viewer", "planner", "approver", "administrator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_READERS: Final = frozenset[Role]({"viewer", "planner", "approver"})
_WORKERS: Final = frozenset[Role]({"planner", "approver"})
_PLANNER: Final = frozenset[Role]({"planner"})
_APPROVER: Final = frozenset[Role]({"approver"})
_ADMINISTRATOR: Final = frozenset[Role]({"administrator"})

#: Every action and the roles that may do it; each route names one of these.
ACTIONS: Final[Mapping[str, frozenset[Role]]] = {
    "me.read": frozenset(ROLES),
    "catalogue.read": frozenset(ROLES),
    "rounds.create": _PLANNER,
    "rounds.validate": _PLANNER,
    "rounds.read": _READERS,
    "rounds.read_document": _READERS,
    "rounds.read_sensitive": _WORKERS,
    "rounds.edit": _PLANNER,
    "rounds.delete": _PLANNER,
    "runs.start": _PLANNER,
    "runs.save_scenario": _PLANNER,
    "runs.stop": _PLANNER,
    "runs.cancel": _PLANNER,
    "runs.read": _READERS,
    "runs.read_result": _READERS,
    "runs.read_sensitive": _WORKERS,
    "plans.list": _READERS,
    "plans.read": _READERS,
    "plans.read_sensitive": _WORKERS,
    "plans.check": _READERS,
    "plans.check_sensitive": _WORKERS,
    "plans.compare": _READERS,
    "plans.explain": _READERS,
    "plans.explain_sensitive": _WORKERS,
    "plans.import": _PLANNER,
    "plans.edit": _PLANNER,
    "plans.edit_sensitive": _PLANNER,
    "exports.notice": _READERS,
    "exports.internal": _WORKERS,
    "publications.read": _READERS,
    "publications.propose": _PLANNER,
    "publications.approve": _APPROVER,
    "publications.roll_back": _APPROVER,
    "principals.read": _ADMINISTRATOR,
    "principals.write": _ADMINISTRATOR,
    "grants.write": _ADMINISTRATOR,
    "keys.write": _ADMINISTRATOR,
    "audit.read": _ADMINISTRATOR,
    "hooks.read": _ADMINISTRATOR,
    "hooks.write": _ADMINISTRATOR,
    "session.read": frozenset(ROLES),
    "session.end": frozenset(ROLES),
    "sessions.list": frozenset(ROLES),
    "sessions.end": frozenset(ROLES),
    "sessions.end_of_others": _ADMINISTRATOR,
    "password.change": frozenset(ROLES),
    "passwords.reset": _ADMINISTRATOR,
    "identities.write": _ADMINISTRATOR,
}

#: Actions for whoever has neither key nor session: to log in. They are counted by account and by address.
FOR_STRANGERS: Final = frozenset({"session.begin", "password.redeem", "oidc.begin"})

#: Actions for everybody who has a good key or a session, with or without a role: to see why nothing else is allowed,
#: and what the service knows by itself, which holds nobody's data; and to look after one's own sessions and password.
FOR_EVERYBODY: Final = frozenset(
    {
        "me.read", "catalogue.read", "session.read", "session.end", "sessions.list", "sessions.end", "password.change",
    }
)  # fmt: skip

#: Actions about the whole service; a grant for some counties does not reach them.
SYSTEM_WIDE: Final = frozenset(
    {
        "principals.read", "principals.write", "grants.write", "keys.write", "audit.read", "hooks.read", "hooks.write",
        "sessions.end_of_others", "passwords.reset", "identities.write",
    }
)  # fmt: skip

#: Roles that are given for everything or not at all.
SYSTEM_ROLES: Final = _ADMINISTRATOR

#: What is answered without a key; none of it holds data.
PUBLIC_PATHS: Final = frozenset({"/healthz", "/readyz", "/api/v1/openapi.json"})
