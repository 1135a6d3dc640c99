"""The guard: the one dependency through which every route asks whether it is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request

from api.access import audit
from api.access.identify import identified
from api.access.repository.principals import Grant
from api.access.roles import ACTIONS, FOR_EVERYBODY, FOR_STRANGERS, ROLES, SYSTEM_WIDE
from api.access.scopes import Scope
from api.problems import Refused
from api.state import Service, service_of
from api.storage.session import writing


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and for which action.

    Attributes
    ----------
    principal
        The identifier.
    action
        The action that the route names.
    scope
        What the grants reach for that action.
    session
        The identifier of the session that it asks in; blank where it has a key.
    """

    principal: str
    kind: str
    name: str
    grants: tuple[Grant, ...]
    action: str
    scope: Scope
    session: str = ""


class Allowed:
    """Asks whether the caller may do ``action``; a route's tests find the action here."""

    def __init__(self, action: str) -> None:
        if action not in ACTIONS:
            raise LookupError(f"{action} is not in the table of roles")
        self.action = action

    def __call__(self, request: Request) -> Caller:
        """Return the caller.

        Raises
        ------
        Refused
            With a code of status 401, 403 or 429.
        """
        service = service_of(request)
        known, grants = identified(service, request)
        service.rates.request(known.principal)
        request.state.principal = known.principal  # for the log
        scope = scope_for(service, grants, self.action)
        if scope is None:
            self._deny(service, known.principal)
        caller = Caller(
            known.principal,
            known.kind,
            known.name,
            tuple(grants),
            self.action,
            scope or Scope(),
            known.session,
        )
        request.state.caller = caller  # for what is put on record where nothing is found
        return caller

    def _deny(self, service: Service, principal: str) -> None:
        with writing(service.database) as connection:
            audit.append(connection, principal, self.action, outcome="denied")
        roles = ", ".join(role for role in ROLES if role in ACTIONS[self.action])
        raise Refused("role_missing", action=self.action, roles=roles)


class Open:
    """Names the action of a route that is open to whoever has not logged in yet; its tests find the action here."""

    def __init__(self, action: str) -> None:
        if action not in FOR_STRANGERS:
            raise LookupError(f"{action} is not open to strangers")
        self.action = action

    def __call__(self) -> None:
        """Let everybody pass."""


def opened(action: str) -> Any:
    """Return the dependency of a route that asks for neither key nor session."""
    return Depends(Open(action))


def allowed(action: str) -> Any:
    """Return the dependency of a route whose action this is."""
    return Depends(Allowed(action))


def scope_for(service: Service, grants: list[Grant], action: str) -> Scope | None:
    """Return what the grants reach for an action; None where no role allows it."""
    if action in FOR_EVERYBODY:
        return Scope(everything=True)
    fitting = [grant for grant in grants if grant.role in ACTIONS[action]]
    if action in SYSTEM_WIDE:
        fitting = [grant for grant in fitting if grant.scope_kind == "all"]
    if not fitting:
        return None
    return Scope.of([(grant.scope_kind, grant.scope) for grant in fitting], service.regions)
