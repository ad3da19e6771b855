"""HTTP servers on this machine that speak as company directories do, or misbehave on purpose."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crmclean.config.model import DirectorySection
from crmclean.directories._connect import connect_provider
from crmclean.directory import Provider
from crmclean.network import Clock, Limits, Network

# Short enough for a test, long enough for a busy machine.
QUICK = Limits(connect_s=2, read_s=0.4, total_s=1.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> Mapping[str, list[str]]:
        return parse_qs(self.body.decode())

    @property
    def everything(self) -> str:
        """Every byte of it, as text."""
        return f"{self.method} {self.path} {dict(self.query)} {dict(self.headers)} {self.body.decode()}"


@dataclass(frozen=True, slots=True)
class Says:
    """What a server does: JSON with a status, or something worse."""

    body: Any = None
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    cut: bool = False  # half of the body, then nothing
    reset: bool = False  # no answer at all
    drip_s: float = 0.0  # between single bytes
    drips_head: bool = False
    endless: bool = False


Answers = Callable[[Asked], Says]


class Server:
    """A server that runs; ``asked`` holds what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []

    @property
    def everything(self) -> str:
        return "\n".join(each.everything for each in self.asked)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what is tested."""


@contextmanager
def serving(answers: Answers, wrap: Callable[[socket.socket], socket.socket] | None = None) -> Iterator[Server]:
    """A server on the loopback address, answering with ``answers``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.command, parts.path, parse_qs(parts.query), dict(self.headers), body)
            server.asked.append(asked)
            _say(self, answers(asked))

        do_GET = do_POST = answer  # noqa: N815 - the names the library calls

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    web = _Quiet(("127.0.0.1", 0), Handler)
    if wrap:
        web.socket = wrap(web.socket)
    server = Server(f"http{'s' if wrap else ''}://127.0.0.1:{web.server_address[1]}")
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        web.shutdown()
        web.server_close()
        thread.join()


def _say(handler: BaseHTTPRequestHandler, says: Says) -> None:
    handler.close_connection = True
    if says.reset:
        return
    body = says.raw if says.raw is not None else b"" if says.body is None else json.dumps(says.body).encode()
    length = 10**9 if says.endless and not says.headers else len(body)
    head = [f"HTTP/1.1 {says.status} X", f"Content-Type: {says.content_type}", "Connection: close"]
    head += [f"{name}: {value}" for name, value in says.headers.items()]
    if not says.endless:
        head.append(f"Content-Length: {length}")
    start = ("\r\n".join(head) + "\r\n\r\n").encode()
    for byte in start if says.drips_head else b"":
        handler.wfile.write(bytes([byte]))
        time.sleep(says.drip_s)
    if not says.drips_head:
        handler.wfile.write(start)
    if says.endless:
        while True:
            handler.wfile.write(b" " * 65536)
    if says.drip_s:
        for byte in body:
            handler.wfile.write(bytes([byte]))
            time.sleep(says.drip_s)
    handler.wfile.write(body[: len(body) // 2] if says.cut else body)


class Time:
    """Time that passes when somebody sleeps, and real time for limits."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.start = time.monotonic()
        self.today = datetime(2026, 1, 31, 12, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def monotonic(self) -> float:
        return time.monotonic() - self.start + sum(self.slept)

    def now(self) -> datetime:
        return self.today + timedelta(seconds=sum(self.slept))

    def clock(self) -> Clock:
        return Clock(now=self.now, monotonic=self.monotonic, sleep=self.sleep, chance=lambda: 0.5)


@contextmanager
def network(
    passing: Time | None = None, *, cache: Path | None = None, max_lookups: int | None = None, limits: Limits = QUICK
) -> Iterator[Network]:
    """A way out that is closed again."""
    made = Network((passing or Time()).clock(), cache=cache, max_lookups=max_lookups, limits=limits)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def provider(
    name: str, answers: Answers, out: Network | None = None, path: str = "", **settings: Any
) -> Iterator[tuple[Provider, Server]]:
    """A directory connected to a server of its own."""
    with serving(answers) as server, network() as own:
        section = DirectorySection(url=server.url + path, allow_private=True, **settings)
        yield connect_provider(name, section, out or own), server
