"""One request to one machine, with every limit held: the only module that imports the HTTP library.

Connections are made to addresses that were looked at just before, so that a name can't lead elsewhere between check
and use; TLS is still spoken with the name. Proxies, ``.netrc`` and certificates out of the environment are not used.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast
from urllib.parse import urljoin

import certifi
import httpcore
import httpx

from crmclean.network.addresses import NotAllowed, Resolver, addresses_of
from crmclean.network.clock import Clock, Limits
from crmclean.network.reasons import Reason, Unanswered
from crmclean.network.target import Target

# They would log addresses with what is asked, and headers with passwords.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_KEEPS_METHOD = (307, 308)
_REDIRECTS = (301, 302, 303, *_KEEPS_METHOD)


class TlsRefused(Exception):  # noqa: N818 - becomes a message further up
    """The other side's certificate or protocol is not to be trusted."""


class Interrupted(Exception):  # noqa: N818 - may be tried again
    """The connection could not be made or was cut."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What came back.

    Attributes:
        status: of HTTP.
        headers: names in lower case.
        body: at most ``Limits.body_bytes``.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Connections to one service. Not for several threads at once."""

    def __init__(self, target: Target, clock: Clock, limits: Limits, resolver: Resolver) -> None:
        self._target = target
        self._limits = limits
        self._backend = _Backend(target, clock, limits, resolver)
        timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
        self._client = httpx.Client(
            transport=_Checked(_tls(target), self._backend),
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # nobody is to recognise us by them
        )

    def send(
        self, method: str, url: str, headers: Mapping[str, str], query: Mapping[str, str], body: bytes | None
    ) -> Raw:
        """Ask once, following redirects that are allowed.

        Raises:
            Unanswered: too slow, too large, a redirect that leads nowhere.
            Interrupted: reset, cut, not reachable.
            TlsRefused, NotAllowed: never to be tried again.
        """
        self._backend.start()
        asked = query
        for _ in range(self._limits.redirects + 1):
            own_headers, own_query = self._target.credentials(url)
            try:
                raw = self._once(method, url, {**headers, **own_headers}, {**asked, **own_query}, body)
            except httpx.TimeoutException:
                raise Unanswered(Reason.TIMEOUT) from None
            except (httpx.NetworkError, httpx.RemoteProtocolError):
                raise Interrupted from None
            except (httpx.HTTPError, httpx.InvalidURL):
                raise Unanswered(Reason.BAD_ANSWER) from None
            if raw.status not in _REDIRECTS:
                return raw
            # A question must not silently become another one, as browsers do it with forms.
            if method != "GET" and raw.status not in _KEEPS_METHOD:
                raise Unanswered(Reason.BAD_ANSWER)
            url, asked = self._next(url, raw.headers.get("location", "")), {}
        raise Unanswered(Reason.BAD_ANSWER)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _next(self, url: str, location: str) -> str:
        if not location or not location.isascii() or not location.isprintable():
            raise Unanswered(Reason.BAD_ANSWER)
        target = urljoin(url, location)
        if not self._target.may_go(target):
            raise NotAllowed
        return target

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], query: Mapping[str, str], body: bytes | None
    ) -> Raw:
        asked = httpx.URL(url).copy_merge_params(dict(query)) if query else httpx.URL(url)
        with self._client.stream(method, asked, headers=dict(headers), content=body) as answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            if answer.status_code in _REDIRECTS:
                return Raw(answer.status_code, found, b"")
            return Raw(answer.status_code, found, self._body(answer))

    def _body(self, answer: httpx.Response) -> bytes:
        # Nothing packed was asked for; a small packed answer may be a huge one.
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            raise Unanswered(Reason.BAD_ANSWER)
        said = answer.headers.get("content-length", "")
        if said.isascii() and said.isdigit() and int(said[:20]) > self._limits.body_bytes:
            raise Unanswered(Reason.TOO_LARGE)
        parts, length = [], 0
        for part in answer.iter_raw():
            length += len(part)
            if length > self._limits.body_bytes:
                raise Unanswered(Reason.TOO_LARGE)
            parts.append(part)
        return b"".join(parts)


def _tls(target: Target) -> ssl.SSLContext:
    """Certificates and names are checked; there is no switch to turn that off."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(target.ca_file or certifi.where())
    return context


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses, and holds the time limit of a whole request."""

    def __init__(self, target: Target, clock: Clock, limits: Limits, resolver: Resolver) -> None:
        self._target = target
        self._clock = clock
        self._limits = limits
        self._resolver = resolver
        self._sockets = httpcore.SyncBackend()
        self._until = 0.0

    def start(self) -> None:
        """A request begins."""
        self._until = self._clock.monotonic() + self._limits.total_s

    def left(self, timeout: float | None) -> float:
        """Seconds there are for the next step."""
        left = self._until - self._clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = addresses_of(
            host, port, self.left(timeout), allow_private=self._target.allow_private, resolver=self._resolver
        )
        for last, address in enumerate(found, 1 - len(found)):
            try:
                stream = self._sockets.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except httpcore.ConnectError:
                if last == 0:
                    raise
            else:
                return _Stream(stream, self)
        raise httpcore.ConnectError


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, backend: _Backend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout))
        except httpcore.ConnectError as error:
            why = error.__cause__
            cut = (ssl.SSLEOFError, ssl.SSLSyscallError, ssl.SSLZeroReturnError)
            if isinstance(why, ssl.SSLError) and not isinstance(why, cut):
                raise TlsRefused from None
            raise
        return _Stream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Checked(httpx.BaseTransport):
    """The HTTP library's client over our own connections: its usual transport takes no backend."""

    def __init__(self, context: ssl.SSLContext, backend: _Backend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=4, keepalive_expiry=5, retries=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=cast("Iterable[bytes]", request.stream),
            extensions=request.extensions,
        )
        with _Translated():
            answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _Translated():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Translated:
    """Errors of the lower library as those of the upper one."""

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpcore.TimeoutException):
            raise httpx.ReadTimeout("") from error
        if isinstance(error, httpcore.NetworkError):
            raise httpx.NetworkError("") from error
        if isinstance(error, httpcore.RemoteProtocolError):
            raise httpx.RemoteProtocolError("") from error
        if isinstance(error, (httpcore.ProtocolError, httpcore.UnsupportedProtocol)):
            raise httpx.ProtocolError("") from error
