"""Who may ask a server, and how much."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crmclean.network.secret import Secret

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits and permissions.

    Attributes:
        host: address the server listens on.
        token: that callers must know; only a server on loopback has none.
        hosts: names under which it may be called, besides its address (a ``Host`` header with another name is what
            DNS rebinding looks like).
        origins: web pages that may read its answers, besides those on this machine; ``*`` for all.
        base: address under which callers reach it, where a proxy stands before it; empty: as they call it.
        body_bytes: of a request.
        url_bytes: of a request's query string.
        at_once: requests answered at the same time; others are told to come again.
        seconds: for reading a request, and for answering it.
    """

    host: str = "127.0.0.1"
    token: Secret | None = None
    hosts: frozenset[str] = field(default=frozenset())
    origins: frozenset[str] = field(default=frozenset())
    base: str = ""
    body_bytes: int = 1024 * 1024
    url_bytes: int = 32 * 1024
    at_once: int = 64
    seconds: float = 20.0

    def knows(self, host_header: str) -> bool:
        """Whether a server is called by a name it goes by."""
        name = _host_of(host_header)
        if name is None:
            return False
        if name in _LOOPBACK or name in self.hosts or name == self.host:
            return True
        # A number is no name that could lead elsewhere.
        return not is_loopback(self.host) and _is_address(name)

    def trusts(self, origin: str, host_header: str) -> bool:
        """Whether a web page from there may ask."""
        if ANYBODY in self.origins or origin in self.origins:
            return True
        parts = urlsplit(origin)
        return parts.hostname in _LOOPBACK or (bool(parts.netloc) and parts.netloc == host_header)

    def admits(self, authorization: str) -> bool:
        """Whether the ``Authorization`` header shows the token; compared in constant time."""
        if self.token is None:
            return True
        scheme, _, shown = authorization.partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(_digest(shown.strip()), _digest(self.token.reveal()))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, True, False, True)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _host_of(header: str) -> str | None:
    """The name in a ``Host`` header, without its port; nothing for what is none.

    >>> _host_of("LocalHost:8765"), _host_of("[::1]:80"), _host_of("a@b"), _host_of("")
    ('localhost', '::1', None, None)
    """
    try:
        parts = urlsplit(f"//{header}")
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return None
    plain = port_is_fine and parts.netloc == header and not parts.username and "@" not in header
    return parts.hostname.rstrip(".") if plain and parts.hostname else None
