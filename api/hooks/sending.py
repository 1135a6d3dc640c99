"""One attempt to deliver: a request to the one address that was looked at, without redirects, within its time."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING, NamedTuple

import anyio
import httpx
from anyio import to_thread

from api.hooks import signing
from api.hooks.addresses import NoWay, address_of, resolved
from api.problems import Refused
from api.storage.canonical import canonical_json
from matcher.version import VERSION

if TYPE_CHECKING:
    from api.access.secrets import Secrets
    from api.hooks.repository.deliveries import Claimed

_LOOKUPS = 8
_GOOD = range(200, 300)
_REDIRECTS = range(300, 400)


class Came(NamedTuple):
    """What came of an attempt.

    Attributes
    ----------
    status
        What the receiver answered; None where it did not.
    reason
        Why it is not delivered; None where it is.
    """

    status: int | None
    reason: str | None


class Sender:
    """Sends deliveries.

    Parameters
    ----------
    secrets
        What webhooks' secrets are derived from.
    seconds
        How long an attempt may take, from looking up the host to the receiver's status.
    """

    def __init__(self, secrets: Secrets, seconds: float) -> None:
        self._secrets = secrets
        self._seconds = seconds
        # The system's own authorities, to which an inner network may have added its own.
        self._trusted = ssl.create_default_context()
        self._lookups = anyio.CapacityLimiter(_LOOKUPS)  # slow ones do not hold up requests

    async def send(self, claimed: Claimed) -> Came:
        """Try to deliver, once."""
        try:
            with anyio.fail_after(self._seconds):
                status = await self._posted(claimed)
        except NoWay as found:
            return Came(None, found.code)
        except (TimeoutError, httpx.TimeoutException):
            return Came(None, "too_slow")
        except (httpx.HTTPError, ssl.SSLError, OSError):
            return Came(None, "unreachable")
        except Refused:
            return Came(None, "unreachable")
        if status in _REDIRECTS:
            return Came(status, "redirected")
        return Came(status, None if status in _GOOD else "refused")

    async def _posted(self, claimed: Claimed) -> int:
        """Return the status; what else the receiver says is not read."""
        to = address_of(claimed.url)
        if to.host != claimed.host:
            raise NoWay("unreachable")
        # A look-up can't be broken off; left behind, it ends by itself.
        found = await to_thread.run_sync(
            lambda: resolved(to.host, to.port, private=claimed.private),
            abandon_on_cancel=True,
            limiter=self._lookups,
        )
        host = f"[{found}]" if ":" in found else found
        body = canonical_json(claimed.body).encode()
        async with (
            # Neither a proxy nor a password of the environment has a say in where this goes.
            httpx.AsyncClient(verify=self._trusted, trust_env=False, timeout=self._seconds) as client,
            client.stream(
                "POST",
                f"{to.scheme}://{host}:{to.port}{to.target}",
                content=body,
                headers={"Host": to.host_header, **self._headers(claimed, body)},
                extensions={"sni_hostname": to.host},
                follow_redirects=False,
            ) as answer,
        ):
            return answer.status_code

    def _headers(self, claimed: Claimed, body: bytes) -> dict[str, str]:
        at = int(time.time())
        secret = signing.secret_of(self._secrets, claimed.secret_ref)
        return {
            "Content-Type": "application/json",
            "User-Agent": f"village-cadre-matcher/{VERSION}",
            signing.DELIVERY: claimed.id,
            signing.EVENT: claimed.event,
            signing.TIMESTAMP: str(at),
            signing.SIGNATURE: signing.signature(secret, at, body),
        }
