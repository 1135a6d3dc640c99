"""The provider of single sign-on: what it says of itself, and tokens for codes; asked only when somebody logs in."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Final

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from api.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.config import Settings

_PATIENCE: Final = 10.0
_AGAIN: Final = 5
#: Seconds for which what it says of itself is kept.
_KEPT: Final = 3600.0
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_BASIC: Final = "client_secret_basic"
_NO_SERVER_ERROR: Final = 500
_LONGEST_WORD: Final = 60


class Provider:
    """The provider that is set, and who the service is to it.

    Attributes
    ----------
    issuer, client_id
        The provider's name, and the service's.
    callback
        Where it sends browsers back to.
    """

    def __init__(self, settings: Settings, callback: str) -> None:
        self.issuer = settings.oidc_issuer
        self.client_id = settings.oidc_client_id
        self.callback = callback
        self._scopes = settings.oidc_scopes
        secret = settings.oidc_client_secret
        self._secret = None if secret is None else secret.get_secret_value()
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}
        self._kept_until = self._away_until = 0.0

    def question(self, state: str, nonce: str, verifier: str) -> str:
        """Return the address that a browser is sent to, to log in there.

        Raises
        ------
        Refused
            With the code ``oidc_unreachable``.
        """
        url: str = prepare_grant_uri(
            self.metadata()["authorization_endpoint"],
            self.client_id,
            "code",
            redirect_uri=self.callback,
            scope=self._scopes,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return url

    def tokens(self, code: str, verifier: str) -> Mapping[str, Any]:
        """Return what is given for a code.

        Raises
        ------
        Refused
            With the code ``oidc_unreachable`` or ``oidc_denied``.
        """
        metadata = self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": verifier,
        }
        auth = None
        if self._secret is None:
            form["client_id"] = self.client_id
        elif _BASIC in metadata.get("token_endpoint_auth_methods_supported", [_BASIC]):
            auth = httpx.BasicAuth(self.client_id, self._secret)
        else:
            form |= {"client_id": self.client_id, "client_secret": self._secret}
        given = _asked("POST", metadata["token_endpoint"], data=form, auth=auth)
        if "error" in given:
            raise Refused("oidc_denied", error=_word(given["error"]))
        return given

    def metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself.

        Raises
        ------
        Refused
            With the code ``oidc_unreachable``, also where it says that it is somebody else.
        """
        with self._lock:
            if time.monotonic() < self._away_until:
                raise _unreachable()
            if time.monotonic() >= self._kept_until:
                # Who asks meanwhile is not to wait for it, too: a provider that is away must not hold up the service.
                self._away_until = time.monotonic() + _PATIENCE + _AGAIN
                self._metadata, self._keys = self._described(), {}
                self._kept_until, self._away_until = time.monotonic() + _KEPT, 0.0
            return self._metadata

    def _described(self) -> dict[str, Any]:
        found = _asked("GET", f"{self.issuer}/.well-known/openid-configuration")
        is_right = str(found.get("issuer", "")).rstrip("/") == self.issuer
        if not is_right or not all(isinstance(found.get(name), str) for name in _NEEDED):
            raise _unreachable()
        return found

    def keys(self, *, anew: bool = False) -> dict[str, Any]:
        """Return the keys that it signs with; ``anew`` asks it even where they are known.

        Raises
        ------
        Refused
            With the code ``oidc_unreachable``.
        """
        metadata = self.metadata()
        with self._lock:
            if anew or not self._keys:
                self._keys = _asked("GET", metadata["jwks_uri"])
            return self._keys


def provider_of(settings: Settings) -> Provider | None:
    """Return the provider, where one is set; it is not asked for anything yet."""
    if not settings.oidc_issuer:
        return None
    return Provider(settings, f"{settings.public_url}/api/v1/session/oidc/callback")


def _asked(method: str, url: str, **more: Any) -> dict[str, Any]:
    """Return the JSON object that is answered; it may be one that says no."""
    try:
        # No redirects: what is asked may hold a secret.
        answer = httpx.request(method, url, timeout=_PATIENCE, follow_redirects=False, **more)
        found = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise _unreachable() from None
    is_error = answer.status_code >= _NO_SERVER_ERROR or (answer.is_error and method == "GET")
    if is_error or answer.is_redirect or not isinstance(found, dict):
        raise _unreachable()
    return found


def _unreachable() -> Refused:
    return Refused("oidc_unreachable", headers={"Retry-After": str(_AGAIN)}, seconds=_AGAIN)


def _word(error: object) -> str:
    """Return the provider's word for an error, as far as it is one."""
    text = str(error)
    return (
        text if text.replace("_", "").isalnum() and text.isascii() and len(text) <= _LONGEST_WORD else "error"
    )
