"""One service: asked at its pace, again where that helps, and left alone where it does not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from crmclean.core.errors import DirectoryError
from crmclean.core.language import Text
from crmclean.network.addresses import NotAllowed, Resolver
from crmclean.network.cache import Cache
from crmclean.network.clock import Clock, Limits
from crmclean.network.pace import Breaker, Budget, TokenBucket, delay_s
from crmclean.network.reasons import Reason, Unanswered
from crmclean.network.target import Target

if TYPE_CHECKING:
    from crmclean.network.transport import Raw, Transport

_JSON = re.compile(r"(application|text)/(json|[a-z0-9.+-]+\+json)", re.IGNORECASE)
_HEADERS = {"Accept": "application/json, */*+json;q=0.9", "Accept-Encoding": "identity", "User-Agent": "crmclean"}
_LOGIN = (401, 403)
_BUSY = 429
_SPENT = 402


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the service.

    Attributes:
        status: of HTTP: 200..299, or one the caller said it can use.
        body: its JSON; ``None`` for an empty one, or where ``status`` is no success and it is no JSON.
    """

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that may be an earlier one.

    Attributes:
        body: JSON as it was kept.
        retrieved_at: ISO time (UTC) at which it left the service.
    """

    body: Any
    retrieved_at: str


class Service:
    """A service that is asked. Made by ``Network.service``; not for several threads at once."""

    def __init__(
        self, target: Target, clock: Clock, limits: Limits, cache: Cache, budget: Budget, resolver: Resolver
    ) -> None:
        self.target = target
        self._clock = clock
        self._limits = limits
        self._cache = cache
        self._budget = budget
        self._bucket = TokenBucket(target.rate_per_s, clock)
        self._breaker = Breaker(limits, clock)
        self._transport: Transport | None = None
        self._resolver = resolver
        cache.expire(self._shelf, clock.now(), target.cache_days)

    def request(
        self,
        method: str,
        path: str = "",
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: Any = None,
        usable: Sequence[int] = (),
    ) -> Reply:
        """Ask the service.

        Args:
            method: ``GET`` or ``POST``.
            path: behind the service's address; its parts must be quoted (``quoted``).
            query: parameters.
            form: fields of a form to post.
            body: JSON to post.
            usable: statuses beside success that say something (404).

        Raises:
            Unanswered: nobody could say, with the reason.
            DirectoryError: ``login-refused``, ``tls-error``, ``url-not-allowed``: nothing more is to be asked.
        """
        url = self.target.url.rstrip("/") + path if path else self.target.url
        headers = dict(_HEADERS)
        content: bytes | None = None
        if form is not None:
            content = urlencode(form).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json; charset=utf-8"
        for tries in range(1, self._limits.tries + 1):
            raw, wait_s = self._try(method, url, headers, query or {}, content)
            if raw is not None and raw.status != _BUSY and raw.status < 500:
                return self._reply(raw, usable)
            reason = Reason.QUOTA if raw is not None and raw.status == _BUSY else Reason.UNAVAILABLE
            if tries == self._limits.tries or self._breaker.is_open or wait_s > self._limits.retry_after_s:
                raise Unanswered(reason)
            self._clock.sleep(max(wait_s, delay_s(tries, self._limits, self._clock.chance())))
        raise AssertionError("unreachable")

    def recall(self, question: Any) -> Kept | None:
        """The kept answer to a question (JSON), if there is one that is young enough."""
        found = self._cache.get(self._shelf, _canonical(question), self._clock.now(), self.target.cache_days)
        return Kept(*found) if found else None

    def keep(self, question: Any, body: Any) -> Kept:
        """Keep the answer (JSON) to a question."""
        kept = Kept(body, self._clock.stamp())
        if self.target.cache_days > 0:
            self._cache.put(self._shelf, _canonical(question), body, kept.retrieved_at)
        return kept

    def spend(self) -> bool:
        """Take one look-up from the budget of the run; false where none is left."""
        return self._budget.take()

    def close(self) -> None:
        """Close all connections."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    @property
    def _shelf(self) -> str:
        """Answers of one address are not those of another one."""
        return f"{self.target.name} {self.target.url}"

    def _try(
        self, method: str, url: str, headers: Mapping[str, str], query: Mapping[str, str], content: bytes | None
    ) -> tuple[Raw | None, float]:
        """What came back, ``None`` for a cut connection, and how many seconds the service wants to be left alone."""
        transport, interrupted, tls_refused = self._opened()
        if self._breaker.is_open:
            raise Unanswered(Reason.UNAVAILABLE)
        self._bucket.take()
        try:
            raw = transport.send(method, url, headers, query, content)
        except interrupted:
            self._breaker.failed()
            return None, 0.0
        except Unanswered as unanswered:
            # Too slow counts as a failure; a wrong answer is at least one.
            (self._breaker.failed if unanswered.reason is Reason.TIMEOUT else self._breaker.worked)()
            raise
        except tls_refused:
            raise _refused(self.target.name, "tls-error", _TLS) from None
        except NotAllowed:
            raise _refused(self.target.name, "url-not-allowed", _PLACE) from None
        if raw.status >= 500:
            self._breaker.failed()
        else:
            self._breaker.worked()
        return raw, self._retry_after_s(raw.headers.get("retry-after", ""))

    def _opened(self) -> tuple[Transport, type[Exception], type[Exception]]:
        from crmclean.network import transport

        if self._transport is None:
            try:
                self._transport = transport.Transport(self.target, self._clock, self._limits, self._resolver)
            except OSError:
                raise _refused(self.target.name, "tls-error", _CA_FILE) from None
        return self._transport, transport.Interrupted, transport.TlsRefused

    def _reply(self, raw: Raw, usable: Sequence[int]) -> Reply:
        if raw.status in _LOGIN:
            raise _refused(self.target.name, "login-refused", Text(f"status {raw.status}", f"Status {raw.status}"))
        if raw.status == _SPENT:
            raise Unanswered(Reason.QUOTA)
        if 200 <= raw.status < 300:
            return Reply(raw.status, self._json(raw) if raw.body.strip() else None)
        if raw.status not in usable:
            raise Unanswered(Reason.REFUSED)
        try:
            return Reply(raw.status, self._json(raw))
        except Unanswered:
            return Reply(raw.status, None)

    def _json(self, raw: Raw) -> Any:
        if not _JSON.fullmatch(raw.headers.get("content-type", "").partition(";")[0].strip()):
            raise Unanswered(Reason.BAD_ANSWER)
        try:
            body = json.loads(raw.body.decode("utf-8-sig"), parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise Unanswered(Reason.BAD_ANSWER) from None
        if _is_deeper(body, self._limits.json_depth):
            raise Unanswered(Reason.BAD_ANSWER)
        return body

    def _retry_after_s(self, said: str) -> float:
        """Seconds out of a ``Retry-After`` header, 0 where there is none (RFC 9110, 10.2.3)."""
        said = said.strip()
        if said.isascii() and said.isdigit():
            return float(said[:9])
        try:
            return max(0.0, (parsedate_to_datetime(said) - self._clock.now()).total_seconds()) if said else 0.0
        except (ValueError, TypeError, OverflowError):
            return 0.0


def quoted(part: str) -> str:
    """A value as one part of a path.

    >>> quoted("../a b")
    '..%2Fa%20b'
    """
    return quote(part, safe="") if part.strip(".") else part.replace(".", "%2E")


_TLS = Text("its certificate or its TLS is not to be trusted", "Zertifikat oder TLS sind nicht vertrauenswürdig")
_CA_FILE = Text("ca_file can't be read", "ca_file ist nicht lesbar")
_PLACE = Text(
    "it leads to a private address or to another host",
    "der Weg führt zu einer privaten Adresse oder zu einem anderen Host",
)


def _refused(name: str, code: str, what: Text) -> DirectoryError:
    return DirectoryError(Text(f"{name}: {what.en}", f"{name}: {what.de}"), code=code)


def _canonical(question: Any) -> str:
    return json.dumps(question, sort_keys=True)


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _is_deeper(body: Any, depth: int) -> bool:
    """Whether lists and objects are nested deeper than that."""
    level = [body]
    for _ in range(depth):
        level = [
            inner
            for each in level
            if isinstance(each, (dict, list))
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return any(isinstance(each, (dict, list)) for each in level)
