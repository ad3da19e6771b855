"""What is asked, and how it wants to be addressed."""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from crmclean.core.errors import ConfigError
from crmclean.core.language import Text
from crmclean.network.addresses import is_allowed
from crmclean.network.secret import Secret

Origin = tuple[str, str, int]  # scheme, host, port
_PORTS = {"https": 443, "http": 80}
_HAS_USER = Text("a name or password stands in it", "ein Name oder Passwort steht darin")


@dataclass(frozen=True, slots=True)
class Target:
    """One service.

    Attributes:
        name: of the directory; stands in messages and separates kept answers.
        url: where it begins; with a query only where nothing is asked behind it.
        allow_private: whether it may be on this machine or in this network, and without TLS.
        redirect_hosts: other hosts it may send us to; credentials are not sent there.
        user: for HTTP Basic, with ``password``.
        password: see ``user``.
        token: instead of user and password.
        token_in: where the token goes: ``bearer``, ``header:NAME`` or ``query:NAME``.
        rate_per_s: requests a second.
        cache_days: how long answers are kept; 0: not at all.
        ca_file: certificates of an own authority, PEM.
    """

    name: str
    url: str
    allow_private: bool = False
    redirect_hosts: tuple[str, ...] = ()
    user: str = ""
    password: Secret | None = None
    token: Secret | None = None
    token_in: str = "bearer"  # noqa: S105 - a place, no token
    rate_per_s: float = 5
    cache_days: int = 30
    ca_file: Path | None = None
    _origin: Origin = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = origin_of(self.url)
        if found is None:
            no_address = Text("no https address", "keine https-Adresse")
            raise not_allowed(self.name, _HAS_USER if has_user(self.url) else no_address)
        scheme, host, _ = found
        if scheme != "https" and not self.allow_private:
            raise not_allowed(self.name, Text("only https is used", "nur https wird verwendet"))
        if _is_literal(host) and not is_allowed(host, allow_private=self.allow_private):
            raise not_allowed(self.name, Text("a private address", "eine private Adresse"))
        object.__setattr__(self, "_origin", found)

    def may_go(self, url: str) -> bool:
        """Whether a redirect to an address is followed."""
        found = origin_of(url)
        if found is None or (found[0] != "https" and found != self._origin):
            return False
        if _is_literal(found[1]) and not is_allowed(found[1], allow_private=self.allow_private):
            return False
        return found == self._origin or found[1] in self.redirect_hosts

    def credentials(self, url: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Headers and query parameters that say who asks; none for any machine but the service's own."""
        if origin_of(url) != self._origin:
            return {}, {}
        headers, query = {}, {}
        if self.token is not None:
            where, _, name = self.token_in.partition(":")
            if where == "query":
                query[name] = self.token.reveal()
            elif where == "header":
                headers[name] = self.token.reveal()
            else:
                headers["Authorization"] = f"Bearer {self.token.reveal()}"
        elif self.user and self.password is not None:
            pair = f"{self.user}:{self.password.reveal()}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
        return headers, query


def origin_of(url: str) -> Origin | None:
    """Scheme, host and port of an address; ``None`` where it has no host, or a user, or is of another scheme."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or "\\" in url:
        return None
    return parts.scheme, parts.hostname.rstrip(".").lower(), port or _PORTS[parts.scheme]


def has_user(url: str) -> bool:
    """Whether an address holds a user or a password."""
    try:
        return "@" in urlsplit(url).netloc
    except ValueError:
        return False


def _is_literal(host: str) -> bool:
    """Whether a host is an address. Other ways to write one (2130706433) are left to the resolver, and seen there."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def not_allowed(name: str, why: Text) -> ConfigError:
    """What is said of an address in the configuration that is not asked."""
    return ConfigError(
        Text(f"the url of {name} is not allowed: {why.en}", f"die url von {name} ist nicht erlaubt: {why.de}"),
        code="url-not-allowed",
    )
