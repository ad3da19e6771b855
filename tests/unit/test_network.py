"""The way out holds its limits against servers that misbehave on purpose."""

from __future__ import annotations

import gzip
import os
import socket
import sqlite3
import stat
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import pytest
from tests.directory_servers import QUICK, Answers, Asked, Says, Time, network, serving

from crmclean.core.errors import ConfigError, CrmCleanError, DirectoryError
from crmclean.network import Limits, Network, Reason, Target, Unanswered, read_secret
from crmclean.network.addresses import is_allowed
from crmclean.network.cache import Cache


def once(answers: Answers, *, passing: Time | None = None, limits: Limits = QUICK) -> tuple[object, int]:
    """What one question brings, and how often the server was asked."""
    with serving(answers) as server, network(passing, limits=limits) as out:
        service = out.service(Target("x", server.url, allow_private=True))
        try:
            said: object = service.request("GET", "/a").body
        except Unanswered as unanswered:
            said = unanswered.reason
        return said, len(server.asked)


DEEP = b"[" * 33 + b"]" * 33


@pytest.mark.parametrize(
    ("says", "said", "times"),
    [
        (Says({"a": 1}), {"a": 1}, 1),
        (Says([1], content_type="application/vnd.api+json; charset=utf-8"), [1], 1),
        (Says(raw=b"[" * 32 + b"]" * 32), None, 1),
        (Says(raw=DEEP), Reason.BAD_ANSWER, 1),
        (Says(raw=b"[" * 500_000), Reason.BAD_ANSWER, 1),
        (Says(raw=b'{"a": 1'), Reason.BAD_ANSWER, 1),
        (Says(raw=b'{"a": NaN}'), Reason.BAD_ANSWER, 1),
        (Says(raw=b"1" * 5000), Reason.BAD_ANSWER, 1),
        (Says(raw=b'"\xff"'), Reason.BAD_ANSWER, 1),
        (Says({"a": 1}, content_type="text/html"), Reason.BAD_ANSWER, 1),
        (Says({"a": 1}, content_type=""), Reason.BAD_ANSWER, 1),
        (Says(raw=gzip.compress(b"{}"), headers={"Content-Encoding": "gzip"}), Reason.BAD_ANSWER, 1),
        (Says(raw=b" " * (5 * 1024**2 + 1)), Reason.TOO_LARGE, 1),
        (Says(endless=True), Reason.TOO_LARGE, 1),
        (Says({}, status=400), Reason.REFUSED, 1),
        (Says({}, status=402), Reason.QUOTA, 1),
        (Says({}, status=429), Reason.QUOTA, 4),
        (Says({}, status=500), Reason.UNAVAILABLE, 4),
        (Says({}, status=503, headers={"Retry-After": "61"}), Reason.UNAVAILABLE, 1),
        (Says({"a": 1}, cut=True), Reason.UNAVAILABLE, 4),
        (Says(reset=True), Reason.UNAVAILABLE, 4),
        (Says({}, drip_s=5), Reason.TIMEOUT, 1),
        (Says({"a": "b" * 100}, drip_s=0.1), Reason.TIMEOUT, 1),
        (Says({}, drip_s=0.1, drips_head=True), Reason.TIMEOUT, 1),
        (Says(status=302), Reason.BAD_ANSWER, 1),
        (Says(status=302, headers={"Location": "/a"}), Reason.BAD_ANSWER, 4),
    ],
)
def test_what_comes_back(says: Says, said: object, times: int) -> None:
    found = once(lambda _: says)
    if says.raw == b"[" * 32 + b"]" * 32:
        assert isinstance(found[0], list)
    else:
        assert found == (said, times)


def test_a_machine_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with network() as out, pytest.raises(Unanswered, match="unavailable"):
            out.service(Target("x", f"http://127.0.0.1:{port}", allow_private=True)).request("GET")


def test_tries_again_until_it_works_and_waits_as_long_as_asked() -> None:
    said = iter([Says(status=429, headers={"Retry-After": "7"}), Says(reset=True), Says(status=502), Says({"a": 1})])
    passing = Time()
    assert once(lambda _: next(said), passing=passing) == ({"a": 1}, 4)
    first, second, third = (round(each, 2) for each in passing.slept if each > 0.3)
    assert (first, second, third) == (7, 4.25, 15.25)  # half-way between 0.5 and 2, 8 and 30 s; 7 s were asked for


def test_a_date_to_wait_for() -> None:
    said = iter([Says(status=503, headers={"Retry-After": "Sat, 31 Jan 2026 12:00:20 GMT"}), Says({})])
    passing = Time()
    assert once(lambda _: next(said), passing=passing)[1] == 2
    assert round(max(passing.slept)) == 20


def test_a_service_that_fails_is_left_alone_for_a_while() -> None:
    passing = Time()
    works = False

    def answers(_: Asked) -> Says:
        return Says({}) if works else Says(status=500)

    with serving(answers) as server, network(passing) as out:
        service = out.service(Target("x", server.url, allow_private=True))
        for _ in range(10):
            with pytest.raises(Unanswered, match="unavailable"):
                service.request("GET")
        assert len(server.asked) == 5
        works = True
        passing.sleep(31)
        assert service.request("GET").body == {}
        assert service.request("GET").body == {}


def test_asks_at_its_pace() -> None:
    passing = Time()
    with serving(lambda _: Says({})) as server, network(passing) as out:
        service = out.service(Target("x", server.url, allow_private=True, rate_per_s=2))
        for _ in range(22):
            service.request("GET")
    assert 8 < sum(passing.slept) <= 10  # two at once, twenty at two a second, less what the requests took


def test_a_redirect_within_the_service_is_followed() -> None:
    def answers(asked: Asked) -> Says:
        return Says(status=307, headers={"Location": "/b?x=1"}) if asked.path == "/a" else Says({"path": asked.path})

    assert once(answers) == ({"path": "/b"}, 2)


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/", "http://localhost:{port}/", "http://169.254.169.254/latest", "https://192.0.32.8/",
        "file:///etc/passwd", "//example.org/", "http://127.0.0.1@example.org/", "ftp://127.0.0.1/",
    ],
)  # fmt: skip
def test_a_redirect_elsewhere_is_refused(place: str) -> None:
    with serving(lambda _: Says({})) as other:
        port = other.url.rsplit(":", 1)[1]
        with pytest.raises(DirectoryError) as refused:
            once(lambda _: Says(status=302, headers={"Location": place.format(port=port)}))
        assert (refused.value.code, refused.value.exit_code) == ("url-not-allowed", 6)
        assert not other.asked


def test_credentials_stay_with_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "s3cret-token")
    for token_in in ("bearer", "header:X-Key", "query:api_token"):
        # Another host that is allowed: the same machine by its name, which must not speak plain HTTP.
        target = Target(
            "x", "https://127.0.0.1:1", True, ("localhost",), token=read_secret("env:TOKEN", "t"), token_in=token_in
        )
        assert any("s3cret-token" in str(each) for each in target.credentials("https://127.0.0.1:1/a"))
        assert target.may_go("https://localhost:2/")
        assert target.credentials("https://localhost:2/") == ({}, {})
        assert not target.may_go("http://localhost:2/")
        assert "s3cret" not in repr(target)


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n", "utf-8")
    netrc.chmod(0o600)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(lambda _: Says({})) as server, network() as out:
        out.service(Target("x", server.url, allow_private=True)).request("GET")
        assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://127.0.0.1",
        "https://[::1]/",
        "https://10.1.2.3/x",
        "https://169.254.169.254",
        "ftp://a",
    ],
)
def test_an_address_that_is_not_allowed(url: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        Target("x", url)
    assert (wrong.value.code, wrong.value.exit_code) == ("url-not-allowed", 4)


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["192.0.32.8", "10.0.0.1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"]]
)
def test_a_name_that_leads_inside_is_refused(found: Sequence[str]) -> None:
    out = Network(Time().clock(), limits=QUICK, resolver=lambda *_: found)
    with pytest.raises(DirectoryError) as refused:
        out.service(Target("x", "https://directory.example")).request("GET")
    assert refused.value.code == "url-not-allowed"
    out.close()


def test_a_name_is_resolved_for_each_connection_and_that_address_used() -> None:
    """Rebinding: the second answer of the resolver would lead to metadata, and is looked at as well."""
    found = iter([["127.0.0.1"], ["169.254.169.254"]])
    with serving(lambda _: Says({})) as server:
        out = Network(Time().clock(), limits=QUICK, resolver=lambda *_: next(found))
        port = server.url.rsplit(":", 1)[1]
        service = out.service(Target("x", f"http://directory.example:{port}", allow_private=True))
        assert service.request("GET").body == {}
        assert server.asked[0].headers["Host"] == f"directory.example:{port}"
        with pytest.raises(DirectoryError):
            service.request("GET")
        out.close()


@pytest.mark.parametrize(
    ("address", "public", "private"),
    [
        ("192.0.32.8", True, True), ("2a00:1450:4001:830::200e", True, True), ("127.0.0.1", False, True),
        ("::1", False, True), ("10.0.0.1", False, True), ("172.16.5.4", False, True), ("192.168.1.1", False, True),
        ("100.64.0.1", False, True), ("fd12::1", False, True), ("::ffff:10.0.0.1", False, True),
        ("169.254.169.254", False, False), ("fe80::1", False, False), ("fd00:ec2::254", False, False),
        ("100.100.100.200", False, False), ("0.0.0.0", False, False), ("::", False, False), ("224.0.0.1", False, False),
        ("255.255.255.255", False, False), ("240.0.0.1", False, False), ("ff02::1", False, False),
        ("192.0.2.1", False, False), ("::ffff:169.254.169.254", False, False), ("2002:a00:1::", False, True),
        ("64:ff9b::c000:2008", True, True), ("64:ff9b::a9fe:a9fe", False, False), ("x", False, False),
    ],
)  # fmt: skip
def test_addresses(address: str, public: bool, private: bool) -> None:
    assert is_allowed(address, allow_private=False) is public
    assert is_allowed(address, allow_private=True) is private


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_login_ends_the_source(status: int) -> None:
    with pytest.raises(DirectoryError) as refused:
        once(lambda _: Says({}, status=status))
    assert (refused.value.code, refused.value.exit_code) == ("login-refused", 6)


# Secrets


def test_secrets_come_by_reference_and_are_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PW", "s3cret")
    held = tmp_path / "pw"
    held.write_text("s3cret\n", "utf-8")
    held.chmod(0o600)
    for reference in ("env:PW", f"file:{held}"):
        secret = read_secret(reference, "password")
        assert secret.reveal() == "s3cret"
        assert "s3cret" not in f"{secret} {secret!r} {[secret]}"
    held.chmod(0o640)
    long = tmp_path / "long"
    long.write_bytes(b"a" * 5000)
    long.chmod(0o600)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo, 0o600)
    wrong = ["s3cret", "env:NOT_THERE", "env:", f"file:{held}", f"file:{tmp_path}/none", f"file:{long}", f"file:{fifo}"]
    for reference in [*wrong, "keyring:x", f"file:{tmp_path}"]:
        with pytest.raises(ConfigError) as said:
            read_secret(reference, "password")
        assert "s3cret" not in said.value.message()


def test_the_keyring_is_asked_where_it_is_named() -> None:
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(_Ring())  # type: ignore[no-untyped-call]
        assert read_secret("keyring:ebid/crm", "password").reveal() == "s3cret"
        assert read_secret("keyring:https://a/b/crm", "password").reveal() == "other"
        with pytest.raises(ConfigError, match="has nothing for ebid/nobody"):
            read_secret("keyring:ebid/nobody", "password")
        keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
        with pytest.raises(ConfigError, match="can't be read"):
            read_secret("keyring:ebid/crm", "password")
    finally:
        keyring.set_keyring(before)


class _Ring(keyring.backend.KeyringBackend):
    """A keyring that holds two passwords."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return {("ebid", "crm"): "s3cret", ("https://a/b", "crm"): "other"}.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_libraries_log_nothing_and_keep_no_cookies(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with serving(lambda _: Says({}, headers={"Set-Cookie": "id=1"})) as server, network() as out:
        service = out.service(Target("x", server.url, allow_private=True))
        for _ in range(2):
            service.request("GET", query={"q": "Muster GmbH"})
        assert "Cookie" not in server.asked[1].headers
    assert not caplog.records


# The cache


def kept(path: Path, passing: Time) -> tuple[object, list[str]]:
    with network(passing, cache=path) as out:
        service = out.service(Target("x", "https://directory.example", cache_days=7))
        found = service.recall({"name": "Muster GmbH"})
        if found is None:
            service.keep({"name": "Muster GmbH"}, {"id": 1})
        return found, [warning.en for warning in out.warnings]


def test_answers_are_kept_with_their_time(tmp_path: Path) -> None:
    path, passing = tmp_path / "deep" / "cache.sqlite", Time()
    assert kept(path, passing)[0] is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    passing.today += timedelta(days=6)
    found = kept(path, passing)[0]
    assert str(found) == "Kept(body={'id': 1}, retrieved_at='2026-01-31T12:00:00Z')"
    assert b"Muster" not in path.read_bytes()
    passing.today += timedelta(days=2)
    assert kept(path, passing)[0] is None


def test_a_cache_that_can_not_be_used_is_done_without(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"no database at all, but something else" * 100)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    newer = tmp_path / "newer"
    with sqlite3.connect(newer) as made:
        made.execute("PRAGMA user_version = 99")
    made.close()
    for path in (broken, tmp_path, link, newer, broken / "below"):
        found, warnings = kept(path, Time())
        assert found is None
        assert len(warnings) == 1
    assert broken.read_bytes().startswith(b"no database")
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_ends_the_cache_and_not_the_run(tmp_path: Path) -> None:
    said: list[str] = []
    cache = Cache(tmp_path / "cache", said.append)
    assert cache._connection is not None
    cache._connection.execute("PRAGMA max_page_count = 8")
    for number in range(100):
        cache.put("x", str(number), "a" * 10_000, "2026-01-31T12:00:00Z")
    assert said == ["database or disk is full"]
    assert not cache.is_used


# Nothing is asked unless it is asked for


def test_every_message_is_in_both_languages() -> None:
    for wrong in ("http://example.org", "nothing"):
        with pytest.raises(CrmCleanError) as said:
            Target("x", wrong)
        assert said.value.message("de") != said.value.message("en")
