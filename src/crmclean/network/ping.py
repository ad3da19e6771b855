"""Telling a watcher on the network that a run ended: one request, no body, nothing of the data."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from crmclean.core.language import Text
from crmclean.network.addresses import NotAllowed, Resolver, resolve
from crmclean.network.clock import Clock, Limits
from crmclean.network.reasons import SAID, Unanswered
from crmclean.network.target import Target

# All tries together; a nightly job must not hang on its watcher.
LIMITS = Limits(total_s=10, body_bytes=1024**2, tries=3, first_delay_s=0.5, redirects=3)
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "crmclean"}

_ELSEWHERE = Text(
    "it leads to a private address or to another host",
    "der Weg führt zu einer privaten Adresse oder einem anderen Host",
)
_TLS = Text("its TLS is not to be trusted", "seinem TLS ist nicht zu trauen")
_UNREACHABLE = Text("it can't be reached", "nicht erreichbar")


def ping(
    target: Target, clock: Clock, *, failed: bool, limits: Limits = LIMITS, resolver: Resolver = resolve
) -> Text | None:
    """Tell it, again where the way was cut or the service stumbled.

    Args:
        target: who is told.
        clock: to wait by.
        failed: whether the run did: ``/fail`` is put behind the path, as healthchecks.io and its likes take it.
        limits: ``total_s`` is that of all tries together.
        resolver: finds the addresses of the host.

    Returns:
        Why it did not arrive; ``None`` where it did.
    """
    until = clock.monotonic() + limits.total_s
    why: Text | None = _UNREACHABLE
    for tries in range(limits.tries):
        left = until - clock.monotonic() - (limits.first_delay_s if tries else 0)
        if left <= 0:
            break
        if tries:
            clock.sleep(limits.first_delay_s)
        why, helps = _try(target, clock, _address(target.url, failed=failed), replace(limits, total_s=left), resolver)
        if not helps:
            break
    return why


def _try(target: Target, clock: Clock, url: str, limits: Limits, resolver: Resolver) -> tuple[Text | None, bool]:
    """Why it did not arrive, and whether another try may help."""
    from crmclean.network import transport  # not above: loads the HTTP library

    way = transport.Transport(target, clock, limits, resolver)
    try:
        status = way.send("GET", url, _HEADERS, {}, None).status
    except Unanswered as unanswered:
        said = SAID[unanswered.reason]
        return said, False
    except NotAllowed:
        return _ELSEWHERE, False
    except transport.TlsRefused:
        return _TLS, False
    except transport.Interrupted:
        return _UNREACHABLE, True
    finally:
        way.close()
    return (None, False) if 200 <= status < 300 else (Text(f"status {status}", f"Status {status}"), status >= 500)


def _address(url: str, *, failed: bool) -> str:
    """Where the outcome is told.

    >>> _address("https://hc.example/abc?x=1", failed=True), _address("https://hc.example/abc/", failed=False)
    ('https://hc.example/abc/fail?x=1', 'https://hc.example/abc/')
    """
    if not failed:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail", fragment=""))
