"""Passwords of people: set with a code that an administrator made, changed by whoever knows the old one."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Final, NamedTuple

from api.access import audit, keys, principals
from api.access.attempts import Attempt
from api.access.common_passwords import is_common
from api.access.repository import passwords as rows
from api.access.repository import principals as principal_rows
from api.access.repository import sessions as session_rows
from api.access.repository.passwords import Code
from api.problems import Refused
from api.storage.session import reading, writing

if TYPE_CHECKING:
    import sqlalchemy as sa

    from api.access.repository.principals import Principal
    from api.access.secrets import Secrets
    from api.state import Service

KIND: Final = "user"
_PURPOSE: Final = "password codes"
_CODE_BYTES: Final = 32
_HOUR: Final = 3_600_000
#: Longer ones are not hashed, so that nobody makes us do so for long.
LONGEST: Final = 200


class MadeCode(NamedTuple):
    """A new code, and the text that is shown once."""

    code: Code
    text: str


def reset(connection: sa.Connection, secrets_: Secrets, actor: str, principal: str, hours: int) -> MadeCode:
    """Take a person's password and sessions away, and make the code with which a new one is set.

    Raises
    ------
    Refused
        With the code ``not_found`` or ``password_of_program``.
    """
    if principals.require(connection, principal, lock=True).kind != KIND:
        raise Refused("password_of_program")
    text = secrets.token_urlsafe(_CODE_BYTES)
    code = Code(principal, secrets_.mac(_PURPOSE, text), keys.now() + hours * _HOUR)
    rows.remove(connection, principal)
    rows.replace_code(connection, code)
    ended = session_rows.remove_all(connection, principal)
    audit.append(connection, actor, "passwords.reset", principal, hours=hours, sessions=ended)
    return MadeCode(code, text)


def redeem(service: Service, name: str, code: str, password: str, address: str) -> None:
    """Set a password with a code, which is good no more after that.

    Raises
    ------
    Refused
        With the code ``login_delayed``, ``code_bad``, ``password_short`` or ``password_common``; the latter two leave
        the code as it is.
    """
    attempt = Attempt(service, name, address)
    attempt.begin()
    with reading(service.database) as connection:
        person = principal_rows.named(connection, KIND, name)
        is_good = person is not None and _is_good(service, connection, person, code)
    if person is None or not is_good:
        _deny(service, "" if person is None else person.id, "password.redeem")
        raise Refused("code_bad")
    attempt.succeed()
    require_decent(service, password, name)
    hashed = service.hasher.hash(password)
    with writing(service.database) as connection:
        principals.require(connection, person.id, lock=True)
        # Of two who use it at once, one is too late.
        if not _is_good(service, connection, person, code):
            raise Refused("code_bad")
        rows.remove_code(connection, person.id)
        rows.replace(connection, person.id, hashed, keys.now())
        audit.append(connection, person.id, "password.redeem", person.id)


def change(service: Service, person: Principal, old: str, new: str, *, address: str, session: str) -> None:
    """Change a password; all sessions end but the one that it is changed in.

    Raises
    ------
    Refused
        With the code ``login_delayed``, ``password_wrong``, ``password_short`` or ``password_common``.
    """
    attempt = Attempt(service, person.name, address)
    attempt.begin()
    with reading(service.database) as connection:
        hashed = rows.argon2_of(connection, person.id)
    if not service.hasher.fits(hashed, old):
        _deny(service, person.id, "password.change")
        raise Refused("password_wrong")
    attempt.succeed()
    require_decent(service, new, person.name)
    made = service.hasher.hash(new)
    with writing(service.database) as connection:
        principals.require(connection, person.id, lock=True)
        if rows.argon2_of(connection, person.id) != hashed:
            raise Refused("password_wrong")
        rows.replace(connection, person.id, made, keys.now())
        ended = session_rows.remove_all(connection, person.id, but=session)
        audit.append(connection, person.id, "password.change", person.id, sessions=ended)


def checked(service: Service, name: str, password: str, address: str) -> Principal:
    """Return the person whose name and password these are.

    Raises
    ------
    Refused
        With the code ``login_delayed`` or ``login_failed``; the latter says the same of whatever is wrong.
    """
    attempt = Attempt(service, name, address)
    attempt.begin()
    with reading(service.database) as connection:
        person = principal_rows.named(connection, KIND, name)
        hashed = None if person is None else rows.argon2_of(connection, person.id)
    is_right = service.hasher.fits(hashed, password)
    if person is None or hashed is None or not is_right or person.disabled:
        _deny(service, "" if person is None else person.id, "session.begin", method="password")
        raise Refused("login_failed", headers={"WWW-Authenticate": 'Bearer realm="matcher"'})
    attempt.succeed()
    if service.hasher.is_too_cheap(hashed):
        dearer = service.hasher.hash(password)
        with writing(service.database) as connection:
            rows.rehash(connection, person.id, hashed, dearer)
    return person


def require_decent(service: Service, password: str, name: str) -> None:
    """Refuse a password that is guessed too soon.

    Raises
    ------
    Refused
        With the code ``password_short`` or ``password_common``.
    """
    least = service.settings.password_least
    if len(password) < least:
        raise Refused("password_short", least=least)
    if is_common(password, name):
        raise Refused("password_common")


def _is_good(service: Service, connection: sa.Connection, person: Principal, text: str) -> bool:
    code = rows.code_of(connection, person.id)
    if code is None or person.disabled or code.expires_at <= keys.now():
        return False
    return hmac.compare_digest(code.mac, service.secrets.mac(_PURPOSE, text))


def _deny(service: Service, actor: str, action: str, **detail: str) -> None:
    """Put what failed on record; a name that nobody has may be a password in the wrong field, so it is left out."""
    with writing(service.database) as connection:
        audit.append(connection, actor or "anonymous", action, actor, outcome="denied", **detail)
