"""Which hosts and addresses will do, and which are not of the open internet."""

from __future__ import annotations

import pytest

from api.hooks.addresses import NoWay, address_of, all_public, host_of, resolved
from api.problems import Refused

HOSTS = {
    "Hooks.Example.ORG.": "hooks.example.org",
    "oa": "oa",
    "192.0.2.7": "192.0.2.7",
    "[2001:DB8:0::1]": "2001:db8::1",
    "xn--fiqs8s": "xn--fiqs8s",
}


@pytest.mark.parametrize(("given", "listed"), HOSTS.items())
def test_hosts_are_listed_in_one_form(given: str, listed: str) -> None:
    assert host_of(given) == listed


@pytest.mark.parametrize(
    "given",
    [
        "",
        "-a",
        "a..b",
        "a b",
        "a/b",
        "a:80",
        "示例.中国",
        "127.1",
        "2130706433",
        "0x7f000001",
        "a.0x1",
        "a" * 64,
    ],
)
def test_what_is_no_host_is_refused(given: str) -> None:
    with pytest.raises(Refused) as found:
        host_of(given)
    assert found.value.code == "host_bad"


def test_parts_of_an_address() -> None:
    found = address_of("https://Hooks.example:8443/a/b?c=d")
    assert found == ("https", "hooks.example", 8443, "/a/b?c=d")
    assert found.host_header == "hooks.example:8443"
    assert address_of("http://[2001:db8::1]").host_header == "[2001:db8::1]"
    assert address_of("https://a.example").target == "/"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "//a.example/", "a.example", "https://", "https://me@a.example/",
        "https://me:secret@a.example/", "https://a.example/#part", "https://a.example/#", "https://a.example:0/",
        "https://a.example:70000/", "https://a.example/\n", "https://a.example/示例", "https://127.1/", "https://[::1/",
        "https://a.example\\@b.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Refused) as found:
        address_of(url)
    assert found.value.code == "hook_url"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not all_public([address])
    assert not all_public(["93.184.216.34", address])


def test_addresses_of_the_open_internet() -> None:
    assert all_public(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])


def test_a_name_is_looked_up_and_its_address_kept() -> None:
    assert resolved("127.0.0.1", 80, private=True) == "127.0.0.1"
    for host, code in (("localhost", "private_address"), ("no-such-host.invalid", "no_address")):
        with pytest.raises(NoWay) as found:
            resolved(host, 80, private=False)
        assert found.value.code == code
