"""Which addresses a link may lead to: public ones, each checked before it is connected to; connects to none itself."""

import re
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from bot.errors import LinkError

Address = IPv4Address | IPv6Address
Allowed = Callable[[Address], bool]
Resolve = Callable[..., list[tuple[Any, ...]]]

_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\Z")
_MOST_ADDRESSES = 16
_SECRET = frozenset({ip_address("fd00:ec2::254")})  # besides link-local ones
_TRANSLATED = 0x0064_FF9B << 64  # 64:ff9b::/96 carries an IPv4 address in its last 32 bits


def is_public(address: Address) -> bool:
    """Whether an address is reachable from everywhere; one that carries another is judged by both."""
    if address.is_multicast or address.is_unspecified or not address.is_global:
        return False
    return all(map(is_public, _carried(address)))


def is_public_or_private(address: Address) -> bool:
    """The same, or an address of the own network, for operators who said so; never one where clouds tell secrets."""
    if address.is_link_local or address in _SECRET or address.is_multicast or address.is_unspecified:
        return False
    if address.is_reserved and not address.is_loopback and not _carried(address):
        return False
    return all(map(is_public_or_private, _carried(address)))


def checked_addresses(
    host: str, port: int, allowed: Allowed = is_public, resolve: Resolve = socket.getaddrinfo
) -> list[str]:
    """The addresses of a host, all of which are allowed; they may be connected to without asking again.

    Raises LinkError for a host that has any other address, or is written as a number to look like none.
    """
    name = host.strip("[]").rstrip(".")
    if _NUMBER.match(name.rsplit(".", 1)[-1]) and not _is_plain(name):
        raise LinkError(f"{host}: an address that is written in a way nobody needs")
    try:
        answers = resolve(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise LinkError(f"{host}: no such host") from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))[:_MOST_ADDRESSES]
    if not found:
        raise LinkError(f"{host}: no such host")
    for text in found:
        if "%" in text or not allowed(ip_address(text)):
            raise LinkError(f"{host}: not a public address")
    return found


def _is_plain(name: str) -> bool:
    """Whether it is an IPv4 address in its usual form: four decimal numbers without leading zeros."""
    try:
        return str(IPv4Address(name)) == name
    except ValueError:
        return False


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return []
    carried: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if int(address) >> 32 == _TRANSLATED:
        carried.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    return [inner for inner in carried if inner is not None]
