"""The guard: the one dependency through which every route asks whether it is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import Depends, Request

from api.access import audit, keys
from api.access.repository import keys as key_rows
from api.access.repository import principals as principal_rows
from api.access.repository.principals import Grant
from api.access.roles import ACTIONS, FOR_EVERYBODY, ROLES, SYSTEM_WIDE
from api.access.scopes import Scope
from api.problems import Refused
from api.state import Service, service_of
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from api.access.repository.keys import Holder

_SCHEME = "bearer"


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
    """

    principal: str
    kind: str
    name: str
    grants: tuple[Grant, ...]
    action: str
    scope: Scope


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
        holder, grants = _identified(service, request)
        service.rates.request(holder.key.principal_id)
        request.state.principal = holder.key.principal_id  # for the log
        scope = scope_for(service, grants, self.action)
        if scope is None:
            self._deny(service, holder.key.principal_id)
        caller = Caller(
            holder.key.principal_id, holder.kind, holder.name, tuple(grants), self.action, scope or Scope()
        )
        request.state.caller = caller  # for what is put on record where nothing is found
        return caller

    def _deny(self, service: Service, principal: str) -> None:
        with writing(service.database) as connection:
            audit.append(connection, principal, self.action, outcome="denied")
        roles = ", ".join(role for role in ROLES if role in ACTIONS[self.action])
        raise Refused("role_missing", action=self.action, roles=roles)


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


def _identified(service: Service, request: Request) -> tuple[Holder, list[Grant]]:
    """Return whose key the request has, with the grants."""
    try:
        return _holder(service, request.headers.get("authorization", ""))
    except Refused as refused:
        address = request.client.host if request.client else ""
        service.rates.failed(address)
        service.denials.failed_key(refused, address)
        raise


def _holder(service: Service, header: str) -> tuple[Holder, list[Grant]]:
    scheme, _, text = header.partition(" ")
    if not header or scheme.lower() != _SCHEME:
        raise _unknown("key_missing")
    mac = keys.mac_of(service.secrets, text.strip())
    if mac is None:
        raise _unknown("key_bad")
    with reading(service.database) as connection:
        holder = key_rows.holder(connection, mac)
        if holder is None:
            raise _unknown("key_bad")
        grants = principal_rows.grants_of(connection, holder.key.principal_id)
    _refuse_stale(holder)
    if holder.key.last_used_day != keys.today():
        with writing(service.database) as connection:
            key_rows.used(connection, holder.key.id, keys.today())
    return holder, grants


def _refuse_stale(holder: Holder) -> None:
    key = holder.key
    if key.revoked_at is not None:
        raise _unknown("key_revoked", key=key.id)
    if key.expires_at is not None and key.expires_at <= keys.now():
        raise _unknown("key_expired", key=key.id)
    if holder.disabled:
        raise _unknown("principal_disabled", key=key.id)


def _unknown(code: str, key: str = "") -> Refused:
    """Return the refusal of a caller who is not known (RFC 6750, 3); ``key`` is which key it is, for the record."""
    error = "" if code == "key_missing" else ', error="invalid_token"'
    return Refused(code, headers={"WWW-Authenticate": f'Bearer realm="matcher"{error}'}, key=key)
