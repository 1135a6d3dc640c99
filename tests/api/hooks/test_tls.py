"""TLS: the receiver's certificate must be of a trusted authority and for the host that is listed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.api.hooks.conftest import SETTINGS, Site
from tests.api.hooks.receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.server import Server


def certificate(file: Path, host: str) -> Path:
    """Write a certificate for a host, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.mark.parametrize(
    ("host", "is_trusted", "state"),
    [("localhost", True, "delivered"), ("localhost", False, "failed"), ("elsewhere.example", True, "failed")],
)
def test_certificates_are_checked(
    own_server: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    host: str,
    is_trusted: bool,
    state: str,
) -> None:
    file = certificate(tmp_path / "receiver.pem", host)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with Receiver(file) as receiver:
        server = own_server(**{**SETTINGS, "HOOK_ATTEMPTS": "1"})
        site = Site(server, receiver, server.administrator)
        site.administrator.put("/webhook-hosts/localhost", json={"private": True})
        hook = site.webhook(url=receiver.url.replace("127.0.0.1", "localhost") + "/tls")
        ended = site.ended(hook, site.test(hook))
        assert ended["state"] == state
        assert (ended["reason"] or {}).get("code") == (None if state == "delivered" else "unreachable")
        assert len(receiver.at("/tls")) == (1 if state == "delivered" else 0)
