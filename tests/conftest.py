"""What every test stands on: no network, no settings or data of the person who runs it, and the same examples in CI."""

import os
import socket
from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

_LOOPBACK = ("127.", "::1", "localhost")


class NetworkRefused(AssertionError):
    """A test tried to reach something beyond this machine."""


def _refuse_beyond_loopback(address: Any) -> None:
    """Let socket files and loopback addresses pass; `address` is what `connect` or `getaddrinfo` was given."""
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(address, tuple) and not str(host or "").startswith(_LOOPBACK):
        raise NetworkRefused(f"a test may not reach {address!r}")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_beyond_loopback(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_beyond_loopback(address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None:  # None stands for this machine
            _refuse_beyond_loopback((host.decode() if isinstance(host, bytes) else host, port))
        return getaddrinfo(host, port, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)


@pytest.fixture(autouse=True)
def _nobody_s_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings and data of whoever runs the tests are out of reach."""
    for name in [name for name in os.environ if name.startswith(("WHOSWHO_", "DISCORD_", "XDG_"))]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
