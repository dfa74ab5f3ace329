import socket
from ipaddress import ip_address
from typing import Any

import pytest

from bot.errors import LinkError
from bot.ingest.links.address import checked_addresses, is_public, is_public_or_private

UNSPECIFIED = "0.0.0.0"  # noqa: S104 - nothing is bound to it


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", UNSPECIFIED, "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1",
        "169.254.169.254", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1",
        "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::",
        "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)  # fmt: skip
def test_is_public__not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_is_public__yes(address: str) -> None:
    assert is_public(ip_address(address))


def test_is_public_or_private__the_own_network_but_never_where_clouds_tell_secrets() -> None:
    own = ["127.0.0.1", "10.1.2.3", "192.168.1.1", "fd00::1", "1.1.1.1", "::1"]
    never = ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", UNSPECIFIED, "fd00:ec2::254"]
    assert [text for text in own + never if is_public_or_private(ip_address(text))] == own


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "1.1.1.01", "0x5d.184.216.34", "1."]
)
def test_checked_addresses__numbers_in_disguise(host: str) -> None:
    with pytest.raises(LinkError, match="nobody needs"):
        checked_addresses(host, 80, lambda _: True)


def answering(*addresses: str) -> Any:
    def resolve(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]

    return resolve


def test_checked_addresses__one_that_is_not_public_spoils_all() -> None:
    assert checked_addresses("a.example", 80, resolve=answering("1.1.1.1", "1.0.0.1")) == ["1.1.1.1", "1.0.0.1"]
    with pytest.raises(LinkError, match=r"a\.example: not a public address"):
        checked_addresses("a.example", 80, resolve=answering("1.1.1.1", "10.0.0.1"))
    with pytest.raises(LinkError, match="not a public address"):
        checked_addresses("a.example", 80, resolve=answering("fe80::1%eth0"))


def test_checked_addresses__nobody_of_that_name() -> None:
    def fail(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror("no")

    with pytest.raises(LinkError, match="no such host"):
        checked_addresses("a.example", 80, resolve=fail)
