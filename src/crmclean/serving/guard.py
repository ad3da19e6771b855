"""What stands before every request: who calls, by which name, from which page, how much; and what every answer bears.

Nothing a caller sends is ever logged.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import traceback
from typing import TYPE_CHECKING, Any

from crmclean.serving.policy import ANYBODY, Policy
from crmclean.serving.refusals import Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("crmclean.serving")
_OPEN = ("/health", "/reconcile")  # without a token: the second only as a manifest, as the API has it
_CORS = {
    b"access-control-allow-methods": b"GET, POST, OPTIONS",
    b"access-control-allow-headers": b"authorization, content-type",
    b"access-control-max-age": b"600",
}
SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NOTHING_RUNS = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Guard:
    """ASGI middleware in front of the service."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self._app = app
        self._policy = policy
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = _Headers(scope)
        answer = _Answer(send, self._cors(headers))
        try:
            self._require_allowed(scope, headers)
            if headers.is_preflight(scope):
                await answer.plain(204)
                return
            self._require_token(scope, headers)
            await self._admitted(scope, receive, answer)
        except Refused as refused:
            await answer.refuse(refused)
        except Exception as wrong:  # noqa: BLE001 - a bug: said without a word of the request
            reference = secrets.token_hex(4)
            _log.error("internal error %s: %s", reference, _place(wrong))
            await answer.refuse(Refused(500, "internal-error", f"reference {reference}"))

    def _cors(self, headers: _Headers) -> list[tuple[bytes, bytes]]:
        origin = headers.one("origin")
        if not origin or not self._policy.trusts(origin, headers.one("host") or ""):
            return []
        allowed = b"*" if ANYBODY in self._policy.origins else origin.encode("latin-1")
        return [(b"access-control-allow-origin", allowed), (b"vary", b"Origin"), *_CORS.items()]

    def _require_allowed(self, scope: Scope, headers: _Headers) -> None:
        host = headers.one("host")
        if host is None or not self._policy.knows(host):
            raise Refused(421, "host-not-allowed", "this server does not go by that name; see --allow-host")
        origin = headers.one("origin")
        if origin and not self._policy.trusts(origin, host):
            raise Refused(403, "origin-not-allowed", "pages from there may not ask this server; see --allow-origin")
        if len(scope["query_string"]) > self._policy.url_bytes:
            raise Refused(414, "url-too-long", f"more than {self._policy.url_bytes} bytes; use POST")

    def _require_token(self, scope: Scope, headers: _Headers) -> None:
        query = scope["query_string"]
        is_open = scope["path"] in _OPEN and scope["method"] in ("GET", "HEAD")
        if is_open and b"queries=" not in query and b"extend=" not in query:
            return
        if not self._policy.admits(headers.one("authorization") or ""):
            raise Refused(401, "token-missing", "Authorization: Bearer TOKEN is missing or wrong")

    async def _admitted(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        if self._busy >= self._policy.at_once:
            raise Refused(503, "busy", "too many requests at once")
        self._busy += 1
        try:
            async with asyncio.timeout(self._policy.seconds):
                body = await self._body(receive)
            async with asyncio.timeout(self._policy.seconds):
                await self._app(scope, _Replay(body), answer.send)
        except TimeoutError:
            raise Refused(503, "timeout", f"more than {self._policy.seconds:g} seconds") from None
        finally:
            self._busy -= 1

    async def _body(self, receive: Receive) -> bytes:
        """The whole body; cut off as soon as it is too long, whatever its headers promise."""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Refused(400, "disconnected", "the caller went away")
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._policy.body_bytes:
                raise Refused(413, "body-too-large", f"more than {self._policy.body_bytes} bytes")
        return bytes(body)


class _Headers:
    """Headers of a request; those that are sent twice are not there."""

    def __init__(self, scope: Scope) -> None:
        self._all: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            self._all.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))

    def one(self, name: str) -> str | None:
        """Its value, if there is exactly one."""
        values = self._all.get(name, [])
        return values[0] if len(values) == 1 else None

    def is_preflight(self, scope: Scope) -> bool:
        """Whether a browser asks if it may ask."""
        return scope["method"] == "OPTIONS" and self.one("access-control-request-method") is not None


class _Replay:
    """A body that was read already."""

    def __init__(self, body: bytes) -> None:
        self._messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def __call__(self) -> Message:
        return self._messages.pop(0) if self._messages else {"type": "http.disconnect"}


class _Answer:
    """The answer on its way out, with the headers all answers bear."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._headers = headers
        self._is_begun = False

    async def send(self, message: Message) -> None:
        """Pass on a message of the application."""
        if message["type"] == "http.response.start":
            self._is_begun = True
            own = list(message.get("headers", []))
            names = {name.lower() for name, _ in own}
            policy = [] if b"content-security-policy" in names else [(b"content-security-policy", _NOTHING_RUNS)]
            message = {**message, "headers": [*own, *SECURITY, *policy, *self._headers]}
        await self._send(message)

    async def plain(self, status: int, body: bytes = b"", headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        """A whole answer."""
        if self._is_begun:
            return
        length = (b"content-length", str(len(body)).encode())
        await self.send({"type": "http.response.start", "status": status, "headers": [length, *headers]})
        await self.send({"type": "http.response.body", "body": body})

    async def refuse(self, refused: Refused) -> None:
        """Say why there is no answer."""
        extra = {
            401: ((b"www-authenticate", b'Bearer realm="crmclean"'),),
            413: ((b"connection", b"close"),),
            503: ((b"retry-after", b"1"),),
        }
        kind = (b"content-type", b"application/json")
        await self.plain(refused.status, refusal_body(refused), (kind, *extra.get(refused.status, ())))


def refusal_body(refused: Refused) -> bytes:
    """The JSON of a refusal."""
    told: dict[str, Any] = {"error": {"code": refused.code, "message": refused.what}}
    return json.dumps(told).encode()


def _place(wrong: Exception) -> str:
    """What went wrong where, without the message, which may hold values."""
    last = traceback.extract_tb(wrong.__traceback__)[-1]
    return f"{type(wrong).__name__} at {last.name}:{last.lineno}"
