"""What a token of the provider says, once its signature, its time, and for whom and what it was made are known to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    JoseError,
    MissingClaimError,
)
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from api.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from joserfc.jwt import Token

    from api.access.oidc.provider import Provider

#: Signatures that only the provider can make; none where the service's own secret would do, or nothing at all.
_ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
#: Seconds that the clocks may differ.
_LEEWAY: Final = 60


def claims_of(provider: Provider, given: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    """Return the claims of the identity token among what was given for a code.

    Raises
    ------
    Refused
        With the code ``oidc_token``, and what does not fit as its reason, or ``oidc_unreachable``.
    """
    text = given.get("id_token")
    if not isinstance(text, str):
        raise _unfit("id_token")
    try:
        token = _decoded(provider, text)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "values": _issuers(provider)},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
            },
            {"nonce": nonce, "client_id": provider.client_id, "access_token": given.get("access_token")},
        )
        claims.validate(leeway=_LEEWAY)
    except (InvalidClaimError, MissingClaimError) as error:
        raise _unfit(error.claim) from None
    except ExpiredTokenError:
        raise _unfit("exp") from None
    except BadSignatureError:
        raise _unfit("signature") from None
    except (JoseError, ValueError, TypeError, KeyError):
        raise _unfit("form") from None
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise _unfit("sub")
    found: Mapping[str, Any] = claims
    return found


def _decoded(provider: Provider, text: str) -> Token:
    """Return a token whose signature fits; where its key is not known, the provider may have a new one."""
    registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
    try:
        return jwt.decode(text, KeySet.import_key_set(provider.keys()), registry=registry)  # type: ignore[arg-type]
    except InvalidKeyIdError:
        return jwt.decode(text, KeySet.import_key_set(provider.keys(anew=True)), registry=registry)  # type: ignore[arg-type]


def _issuers(provider: Provider) -> list[str]:
    """Return the name that the provider gives itself, which may end in a slash where ours does not."""
    return [provider.metadata()["issuer"]]


def _unfit(reason: str) -> Refused:
    return Refused("oidc_token", headers={"WWW-Authenticate": 'Bearer realm="matcher"'}, reason=reason)
