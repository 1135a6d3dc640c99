"""Where a webhook may go: an address that is well written, and where its host really is."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from api.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_ALL_DIGITS = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)")
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_PORTS = {"http": 80, "https": 443}


class NoWay(Exception):
    """A host that nothing is sent to; carries the code of why (:data:`api.hooks.words.REASONS`)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Address(NamedTuple):
    """The parts of a webhook's address; ``target`` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """What the request's ``Host`` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def host_of(text: str) -> str:
    """Return a host as it is listed: a name in small ASCII letters, or an address in its usual form.

    Raises
    ------
    Refused
        With the code ``host_bad``.
    """
    name = text.strip().lower().removesuffix(".")
    try:
        return str(ipaddress.ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        pass
    # A number that is no address in its usual form is read as one by some libraries: 127.1, 0x7f000001.
    if not _NAME.fullmatch(name) or _ALL_DIGITS.fullmatch(name):
        raise Refused("host_bad")
    return name


def address_of(url: str) -> Address:
    """Return the parts of an address.

    Raises
    ------
    Refused
        With the code ``hook_url``: not http(s), with a password or a fragment, or not an address at all.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = host_of(parts.hostname or "")
    except (ValueError, Refused):
        raise Refused("hook_url") from None
    is_plain = parts.username is None and parts.password is None and "#" not in url
    if parts.scheme not in _PORTS or not is_plain or not _VISIBLE.fullmatch(url) or port == 0:
        raise Refused("hook_url")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], target)


def resolved(host: str, port: int, *, private: bool) -> str:
    """Return an address of a host, to which the connection is then made and to no other.

    A name that is looked up once more when the connection is made could lead elsewhere by then.

    Parameters
    ----------
    private
        Whether addresses of this machine and of inner networks will do.

    Raises
    ------
    NoWay
        With the code ``no_address`` or ``private_address``; one private address among others is one too many.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoWay("no_address") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not private and not all_public(addresses):
        raise NoWay("private_address")
    return addresses[0]


def all_public(addresses: Iterable[str]) -> bool:
    """Return whether all addresses are of the open internet."""
    return all(_is_public(ipaddress.ip_address(address.partition("%")[0])) for address in addresses)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return _is_public(inner)
        if address in _TRANSLATED:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


#: Where IPv6 networks reach IPv4 addresses (RFC 6052).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
#: What has been given out of IPv6 (RFC 4291, 2.4).
_UNICAST = ipaddress.IPv6Network("2000::/3")
