"""Which machines may be asked: names are resolved once, and every address is looked at before it is used.

Sources: IANA special-purpose address registries (RFC 6890, as ``ipaddress`` holds them); RFC 6598 (carrier-grade NAT);
RFC 3056, 4380, 6052 (IPv6 addresses that carry an IPv4 address); the clouds' documents on their metadata services.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291 2.5.5.1, given up, but still understood by some
_OWN: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = (
    ipaddress.IPv4Network("10.0.0.0/8"),
    ipaddress.IPv4Network("172.16.0.0/12"),
    ipaddress.IPv4Network("192.168.0.0/16"),
    ipaddress.IPv4Network("100.64.0.0/10"),
    ipaddress.IPv6Network("fc00::/7"),
)
# Machines of a cloud that hand out keys to whoever asks; most are link-local, these are not.
_METADATA = frozenset({ipaddress.ip_address("100.100.100.200"), ipaddress.ip_address("fd00:ec2::254")})


class NotAllowed(Exception):  # noqa: N818 - carries the reason up to where it becomes a message
    """An address that is not to be asked."""


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Whether a machine at an address may be asked.

    Args:
        address: IPv4 or IPv6; anything else is not allowed.
        allow_private: whether the own machine and the own network are meant. Link-local, multicast, reserved and
            metadata addresses are never allowed.

    >>> is_allowed("192.0.32.8", allow_private=False), is_allowed("10.0.0.1", allow_private=False)
    (True, False)
    >>> is_allowed("127.0.0.1", allow_private=True), is_allowed("169.254.169.254", allow_private=True)
    (True, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    # An IPv6 address that carries IPv4 addresses is as good as those.
    return all(_is_fit(each, allow_private) for each in _within(found) or (found,))


def _is_fit(address: Address, allow_private: bool) -> bool:
    if address.is_link_local or address.is_multicast or address.is_unspecified or address in _METADATA:
        return False
    if address.is_global:
        return not address.is_reserved
    # What else is not global (240.0.0.0/4, documentation) is nobody's network.
    return allow_private and (address.is_loopback or any(address in network for network in _OWN))


def _within(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """IPv4 addresses that an IPv6 address leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(each for each in found if each is not None)


def resolve(host: str, port: int, timeout_s: float) -> Sequence[str]:
    """The addresses of a host, as the system knows them; none where it can't say in time.

    The system's resolver has no time limit of its own, so it is waited for from outside.
    """
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout_s)
    return tuple(found)


Resolver = Callable[[str, int, float], Sequence[str]]


def addresses_of(host: str, port: int, timeout_s: float, *, allow_private: bool, resolver: Resolver) -> Sequence[str]:
    """The addresses of a host that may be connected to; empty where it has none.

    Raises:
        NotAllowed: if only one of them is private: names that lead inside and outside are an attack, not a service.
    """
    found = resolver(host, port, timeout_s)
    if not all(is_allowed(each, allow_private=allow_private) for each in found):
        raise NotAllowed
    return found
