"""Refuses every connection beyond this machine and writes it down; for the tests and every Python they start.

It is an audit hook: nothing in the process comes past it, whatever library asks and whenever, and it cannot be taken
off again. What is refused is written into the file that `TESTS_NETWORK_LOG` names, so that it is seen even where
somebody catches the error, or where it is another process's.
"""

import os
import sys
from ipaddress import ip_address
from typing import Any

LOG = "TESTS_NETWORK_LOG"
_LOOPBACK = ("127.", "::1", "localhost")
_REACHING = {  # by event, where the host or the address is among what it tells
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}
_ADDRESSED = ("socket.connect", "socket.sendto", "socket.sendmsg")
_ASKING = ("socket.getaddrinfo", "socket.gethostbyname")  # who is asked for a number asks nobody else
_guarded: list[bool] = []


class NetworkRefused(AssertionError):
    """Somebody tried to reach something beyond this machine."""


def refuse_beyond_this_machine() -> None:
    """From now on, and for ever."""
    if not _guarded:
        _guarded.append(True)
        sys.addaudithook(_look)


def refused() -> list[str]:
    """What was refused so far, here and in processes that were started here."""
    with open(os.environ[LOG], encoding="utf-8") as log:  # noqa: PTH123 - every child of every test reads this module
        return log.read().splitlines()


def _look(event: str, told: tuple[Any, ...]) -> None:
    if not event.startswith("socket.") or event not in _REACHING:
        return
    where = told[_REACHING[event]]
    if not isinstance(where, tuple) and event in _ADDRESSED:
        return  # a socket in the file system
    host = where[0] if isinstance(where, tuple) else where
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host and not str(host).startswith(_LOOPBACK) and not (event in _ASKING and _is_number(str(host))):
        _refuse(f"{event} {where!r}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _refuse(what: str) -> None:
    if os.environ.get(LOG):
        with open(os.environ[LOG], "a", encoding="utf-8") as log:  # noqa: PTH123
            log.write(what.replace("\n", " ") + "\n")
    raise NetworkRefused(f"nothing here may reach beyond this machine: {what}")
