"""Addresses in the settings: what of them is taken, and what is refused before anything is started."""

from __future__ import annotations

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator


def _address(text: str) -> str:
    """Validate an address of http, without user or query."""
    parts = urlsplit(text)
    if text and (
        parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
    ):
        raise ValueError("give an address such as https://host.example/path")
    if parts.username is not None or parts.password is not None:
        raise ValueError("leave user and password out of the address")
    return text


def _origin(text: str) -> str:
    """Validate an origin: scheme, host and perhaps a port, as browsers write it."""
    parts = urlsplit(_address(text.rstrip("/")))
    if parts.path:
        raise ValueError("give scheme and host only, such as https://matcher.example")
    # Browsers leave the usual port out.
    usual = ":443" if parts.scheme == "https" else ":80"
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}".lower() if parts.netloc else ""


def _issuer(text: str) -> str:
    """Validate the address of a provider: what it says of people goes over https, or stays on this machine."""
    parts = urlsplit(_address(text))
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ValueError("give an address of https")
    return text.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


Address = Annotated[str, AfterValidator(_address)]
Origin = Annotated[str, AfterValidator(_origin)]
Issuer = Annotated[str, AfterValidator(_issuer)]
