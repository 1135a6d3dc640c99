"""Logging in by single sign-on: the question, the answer to it, and who that is here."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from api.access import audit, keys, principals
from api.access.oidc import tokens
from api.access.repository import audit as audit_rows
from api.access.repository import identities
from api.access.repository import principals as principal_rows
from api.access.repository.principals import Principal
from api.problems import Refused
from api.storage.session import reading, writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from api.access.oidc.provider import Provider
    from api.state import Service

KIND: Final = "user"
_BYTES: Final = 32
_STATE, _BROWSER, _NONCE, _VERIFIER = "oidc state", "oidc browser", "oidc nonce", "oidc verifier"
#: Seconds that logging in there may take.
PATIENCE: Final = 600
_LONGEST_NAME: Final = 200


class Question(NamedTuple):
    """Where a browser is sent, and what it keeps meanwhile."""

    url: str
    browser: str


def required(service: Service) -> Provider:
    """Return the provider.

    Raises
    ------
    Refused
        With the code ``oidc_off``.
    """
    if service.provider is None:
        raise Refused("oidc_off")
    return service.provider


def ask(service: Service) -> Question:
    """Begin to log in.

    Raises
    ------
    Refused
        With the code ``oidc_off`` or ``oidc_unreachable``.
    """
    provider = required(service)
    state, browser = secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES)
    # Both follow from the state, so nothing else is to be kept, and nothing that is kept gives them away.
    nonce, verifier = service.secrets.mac(_NONCE, state), service.secrets.mac(_VERIFIER, state)
    url = provider.question(state, nonce, verifier)
    now = keys.now()
    with writing(service.database) as connection:
        identities.forget_asked(connection, now)
        identities.ask(
            connection,
            service.secrets.mac(_STATE, state),
            service.secrets.mac(_BROWSER, browser),
            now + PATIENCE * 1000,
        )
    return Question(url, browser)


def answered(service: Service, browser: str, state: str, code: str) -> Mapping[str, Any]:
    """Return what the provider says of who comes back with a code.

    Raises
    ------
    Refused
        With the code ``oidc_state``, ``oidc_denied``, ``oidc_token`` or ``oidc_unreachable``.
    """
    provider = required(service)
    take_state(service, browser, state)
    given = provider.tokens(code, service.secrets.mac(_VERIFIER, state))
    return tokens.claims_of(provider, given, service.secrets.mac(_NONCE, state))


def take_state(service: Service, browser: str, state: str) -> None:
    """Take the log-in that this browser began; it is good once.

    Raises
    ------
    Refused
        With the code ``oidc_state``.
    """
    with writing(service.database) as connection:
        asked = identities.take_asked(connection, service.secrets.mac(_STATE, state))
    is_its = asked is not None and hmac.compare_digest(asked[0], service.secrets.mac(_BROWSER, browser))
    if asked is None or not is_its or asked[1] <= keys.now():
        raise Refused("oidc_state")


def person(service: Service, claims: Mapping[str, Any]) -> Principal:
    """Return the principal of a subject; where there is none, one without grants, or a refusal, as is set.

    Raises
    ------
    Refused
        With the code ``oidc_unknown`` or ``principal_disabled``.
    """
    issuer, subject = required(service).issuer, claims["sub"]
    with reading(service.database) as connection:
        found = identities.principal(connection, issuer, subject)
    if found is None:
        if service.settings.oidc_strangers == "refuse":
            raise Refused("oidc_unknown")
        with writing(service.database) as connection:
            # Under a lock: of two who come back at once for the first time, the second finds what the first made.
            audit_rows.locked_head(connection)
            found = identities.principal(connection, issuer, subject) or _made(service, connection, claims)
    if found.disabled:
        raise Refused("principal_disabled", headers={"WWW-Authenticate": 'Bearer realm="matcher"'})
    return found


def link(service: Service, connection: sa.Connection, actor: str, principal: str, subject: str) -> None:
    """Let a subject of the provider be this principal.

    Raises
    ------
    Refused
        With the code ``oidc_off``, ``not_found`` or ``password_of_program``.
    """
    issuer = required(service).issuer
    if principals.require(connection, principal, lock=True).kind != KIND:
        raise Refused("password_of_program")
    identities.link(connection, issuer, subject, principal)
    audit.append(connection, actor, "identities.write", principal)


def _made(service: Service, connection: sa.Connection, claims: Mapping[str, Any]) -> Principal:
    """Make a principal without grants; nobody is taken for somebody else because of the same name."""
    wished = " ".join(str(claims.get(service.settings.oidc_name_claim) or "").split())[:_LONGEST_NAME]
    mark = secrets.token_hex(4)
    name = wished or f"user {mark}"
    if principal_rows.named(connection, KIND, name) is not None:
        name = f"{wished[: _LONGEST_NAME - len(mark) - 3]} ({mark})"
    made = principals.create(connection, "oidc", KIND, name, [])
    identities.link(connection, required(service).issuer, claims["sub"], made.id)
    return made
