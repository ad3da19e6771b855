"""A ping, to servers on this machine that answer, stumble, lead astray or say nothing."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest
from tests.directory_servers import QUICK, Answers, Says, Server, Time, serving

from crmclean.core.language import Text
from crmclean.network import Target
from crmclean.network.ping import LIMITS, ping

SHORT = replace(QUICK, total_s=2.5, tries=LIMITS.tries, redirects=LIMITS.redirects)


def told(url: str, *, failed: bool = False, private: bool = True, passing: Time | None = None) -> Text | None:
    target = Target("--ping", url, allow_private=private)
    return ping(target, (passing or Time()).clock(), failed=failed, limits=SHORT)


def asked_of(answers: Answers, path: str = "/abc", *, failed: bool = False) -> tuple[Text | None, Server]:
    with serving(answers) as server:
        return told(server.url + path, failed=failed), server


@pytest.mark.parametrize(("failed", "path"), [(False, "/abc"), (True, "/abc/fail")])
def test_it_says_how_it_ended_and_nothing_else(failed: bool, path: str) -> None:
    answers = Says(raw=b"OK", content_type="text/plain")
    why, server = asked_of(lambda _: answers, "/abc?create=1", failed=failed)
    assert why is None
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.query, asked.body) == ("GET", path, {"create": ["1"]}, b"")
    assert set(asked.headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_a_server_that_stumbles_is_called_again() -> None:
    answers = iter([Says(status=503), Says(status=204)])
    why, server = asked_of(lambda _: next(answers))
    assert why is None
    assert len(server.asked) == 2


@pytest.mark.parametrize(("status", "calls"), [(500, 3), (404, 1)])
def test_a_server_that_does_not_want_it(status: int, calls: int) -> None:
    why, server = asked_of(lambda _: Says(status=status))
    assert why == Text(f"status {status}", f"Status {status}")
    assert len(server.asked) == calls


def test_a_slow_server_is_not_waited_for() -> None:
    started = time.monotonic()
    why, _ = asked_of(lambda _: Says(raw=b"x" * 50, drip_s=0.1, drips_head=True))
    assert why is not None
    assert "too long" in why.en
    assert time.monotonic() - started < 6


def test_the_whole_takes_ten_seconds_at_most() -> None:
    assert LIMITS.total_s == 10
    passing = Time()
    free = socket.socket()
    free.bind(("127.0.0.1", 0))  # and nobody listens
    why = told(f"http://127.0.0.1:{free.getsockname()[1]}/abc", passing=passing)
    free.close()
    assert why is not None
    assert sum(passing.slept) < SHORT.total_s


def test_redirects_stay_with_the_server() -> None:
    with serving(lambda _: Says(status=200)) as other:
        why, _ = asked_of(lambda _: Says(status=302, headers={"Location": f"{other.url}/abc"}))
        assert why is not None
        assert "another host" in why.en
        assert other.asked == []
    moved = Says(status=301, headers={"Location": "/new"})
    why, server = asked_of(lambda asked: Says() if asked.path == "/new" else moved)
    assert why is None
    assert [asked.path for asked in server.asked] == ["/abc", "/new"]


def test_a_name_of_a_private_address_is_not_called() -> None:
    target = Target("--ping", "https://hc.example/abc")
    why = ping(target, Time().clock(), failed=False, limits=SHORT, resolver=lambda *_: ("10.0.0.1",))
    assert why is not None
    assert "private address" in why.en
