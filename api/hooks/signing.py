"""Signing what is delivered, so that its receiver knows who sent it, and when."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from api.access.secrets import Secrets

_PURPOSE: Final = "webhooks"
_PREFIX: Final = "whsec_"

#: The headers of a delivery.
DELIVERY: Final = "Matcher-Delivery"
EVENT: Final = "Matcher-Event"
TIMESTAMP: Final = "Matcher-Timestamp"
SIGNATURE: Final = "Matcher-Signature"


def secret_of(secrets: Secrets, secret_ref: str) -> str:
    """Return a webhook's secret; it is kept nowhere, and made from the server's own whenever it is needed."""
    return f"{_PREFIX}{secrets.mac(_PURPOSE, secret_ref)}"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature: HMAC-SHA-256 under the secret's own text, of ``TIMESTAMP.BODY``."""
    signed = str(timestamp).encode() + b"." + body
    return f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
