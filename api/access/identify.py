"""Who asks: by a key, or by a session of somebody who logged in; where a request has both, the key counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from api.access import cookies, keys, sessions
from api.access.repository import keys as key_rows
from api.access.repository import principals as principal_rows
from api.problems import Refused
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from fastapi import Request

    from api.access.repository.keys import Holder
    from api.access.repository.principals import Grant
    from api.state import Service

_SCHEME = "bearer"


class Known(NamedTuple):
    """Somebody who has shown who it is; ``session`` is blank where it was by a key."""

    principal: str
    kind: str
    name: str
    session: str = ""


def identified(service: Service, request: Request) -> tuple[Known, list[Grant]]:
    """Return who asks, with the grants.

    Raises
    ------
    Refused
        With a code of status 401, or 403 where another site may have sent the request; too many that failed, with 429.
    """
    header = request.headers.get("authorization", "")
    cookie = cookies.session_cookie(service, request)
    try:
        if cookie is not None and not header:
            return _by_session(service, request, cookie)
        return _by_key(service, header)
    except Refused as refused:
        service.rates.failed(address_of(request))
        service.denials.failed_key(refused, address_of(request))
        raise


def address_of(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""


def _by_session(service: Service, request: Request, cookie: str) -> tuple[Known, list[Grant]]:
    with reading(service.database) as connection:
        found = sessions.visitor(service, connection, cookie)
        grants = principal_rows.grants_of(connection, found.session.principal_id)
    cookies.require_own_page(service, request, cookie)
    # The same request is asked about again while a stream lasts, and an open page is no sign of a person.
    if not getattr(request.state, "is_session_used", False):
        request.state.is_session_used = True
        sessions.note_use(service, found.session)
    return Known(found.session.principal_id, found.kind, found.name, found.session.id), grants


def _by_key(service: Service, header: str) -> tuple[Known, list[Grant]]:
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
    return Known(holder.key.principal_id, holder.kind, holder.name), grants


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
