"""Sessions: begun with a log-in, kept as an HMAC only, over when nobody uses them or after some hours."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from api.access import audit, keys
from api.access.repository import sessions as rows
from api.access.repository.sessions import Session, Visitor
from api.problems import Refused
from api.storage.identifiers import new_identifier
from api.storage.session import writing

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.config import Settings
    from api.state import Service

Method = Literal["password", "oidc"]

_PURPOSE: Final = "sessions"
_SECRET_BYTES: Final = 32
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_MINUTE: Final = 60_000
_HOUR: Final = 3_600_000


class MadeSession(NamedTuple):
    """A new session, and what its cookie says."""

    session: Session
    text: str


def begin(
    service: Service, connection: sa.Connection, principal: str, method: Method, was: str = ""
) -> MadeSession:
    """Begin a session, with a secret of its own whatever the browser had before.

    Parameters
    ----------
    was
        The cookie that the browser had; its session ends.
    """
    now = keys.now()
    rows.remove_expired(connection, now, now - idle(service.settings))
    replaced = _visitor(service, connection, was)
    if replaced is not None:
        rows.remove(connection, replaced.session.id)
    text = secrets.token_urlsafe(_SECRET_BYTES)
    expires = now + service.settings.session_hours * _HOUR
    session = Session(new_identifier(), principal, method, now, now, expires)
    rows.insert(connection, session, service.secrets.mac(_PURPOSE, text))
    audit.append(connection, principal, "session.begin", session.id, method=method)
    return MadeSession(session, text)


def visitor(service: Service, connection: sa.Connection, text: str) -> Visitor:
    """Return the session of a cookie, with its principal.

    Raises
    ------
    Refused
        With the code ``session_over`` or ``principal_disabled``.
    """
    found = _visitor(service, connection, text)
    if found is None or not _is_live(service.settings, found.session):
        raise _over("session_over")
    if found.disabled:
        raise _over("principal_disabled")
    return found


def required(connection: sa.Connection, identifier: str) -> Session:
    """Return the session that asks.

    Raises
    ------
    Refused
        With the code ``session_needed``, where it is a key that asks, and ``session_over``.
    """
    if not identifier:
        raise Refused("session_needed")
    session = rows.get(connection, identifier)
    if session is None:
        raise _over("session_over")
    return session


def note_use(service: Service, session: Session) -> None:
    """Note that a session is used; not at each request, for that would be a write for each."""
    now = keys.now()
    if session.used_at + min(_MINUTE, idle(service.settings) // 10) <= now:
        with writing(service.database) as connection:
            rows.used(connection, session.id, now)


def end(connection: sa.Connection, actor: str, identifier: str) -> None:
    """End a session of the actor's own.

    Raises
    ------
    Refused
        With the code ``not_found``.
    """
    session = rows.get(connection, identifier)
    if session is None or session.principal_id != actor or not rows.remove(connection, identifier):
        raise Refused("not_found")
    audit.append(connection, actor, "session.end", identifier)


def end_all(connection: sa.Connection, actor: str, action: str, principal: str) -> int:
    """End all sessions of a principal, and return how many there were."""
    ended = rows.remove_all(connection, principal)
    audit.append(connection, actor, action, principal, sessions=ended)
    return ended


def live(connection: sa.Connection, settings: Settings, principal: str) -> list[Session]:
    """Return the sessions of a principal that are not over, oldest first."""
    return [one for one in rows.of_principal(connection, principal) if _is_live(settings, one)]


def view(settings: Settings, session: Session, current: str) -> dict[str, Any]:
    """Return a session as data; ``current`` is the identifier of the one that asks."""
    seen = session._asdict()
    seen.pop("principal_id")
    # Where it goes on unused from when it was used last.
    seen["idle_at"] = min(session.used_at + idle(settings), session.expires_at)
    return {**seen, "current": session.id == current}


def idle(settings: Settings) -> int:
    """Return the milliseconds after which an unused session is over."""
    return settings.session_idle_minutes * _MINUTE


def _is_live(settings: Settings, session: Session) -> bool:
    now = keys.now()
    return session.expires_at > now and session.used_at + idle(settings) > now


def _visitor(service: Service, connection: sa.Connection, text: str) -> Visitor | None:
    return rows.visitor(connection, service.secrets.mac(_PURPOSE, text)) if _SHAPE.fullmatch(text) else None


def _over(code: str) -> Refused:
    return Refused(code, headers={"WWW-Authenticate": 'Bearer realm="matcher"'})
