"""Who may ask a server, how much, and what it never says."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.company_lists import REGISTER, build, write_list
from tests.served_directory import require_manifest, served

from crmclean.core.errors import ConfigError, InputError, UsageError
from crmclean.network.secret import Secret
from crmclean.serving.candidates import Question
from crmclean.serving.desk import Desk
from crmclean.serving.policy import Policy
from crmclean.serving.server import policy_of, require_extra, serve

TOKEN = "a-token-of-the-test-suite"
ASKED = {"company_name": "Zeisig Metallwaren KG"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("served")
    build(place / "companies.cdir", write_list(place, REGISTER))
    return place / "companies.cdir"


@pytest.fixture(scope="module")
def client(file: Path) -> Iterator[httpx.Client]:
    with served(file) as client:
        yield client


@pytest.fixture(scope="module")
def locked(file: Path) -> Iterator[httpx.Client]:
    with served(file, Policy(token=Secret(TOKEN))) as client:
        yield client


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN, "Bearer ä"]
)
def test_without_the_token_nothing_is_said(locked: httpx.Client, shown: str) -> None:
    headers = {b"authorization": shown.encode()} if shown else {}
    queries = json.dumps({"q": {"query": "Zeisig"}})
    for answer in (
        locked.get("/lookup", params=ASKED, headers=headers),
        locked.get("/", headers=headers),
        locked.get("/company", params={"id": "1"}, headers=headers),
        locked.get("/reconcile", params={"queries": queries}, headers=headers),
        locked.get("/reconcile", params={"extend": "{}"}, headers=headers),
        locked.post("/reconcile", data={"queries": queries}, headers=headers),
        locked.get("/reconcile/suggest/entity", params={"prefix": "z"}, headers=headers),
        locked.get("/reconcile/%2e%2e/lookup", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "Zeisig" not in answer.text


def test_with_the_token_everything_is(locked: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert locked.get("/lookup", params=ASKED, headers=headers).json()["answers"][0]["candidates"]
    assert locked.get("/", headers=headers).status_code == 200


def test_health_and_manifest_need_no_token(locked: httpx.Client) -> None:
    assert locked.get("/health").json() == {"status": "ok"}
    told = locked.get("/reconcile").json()
    require_manifest(told)
    assert told["authentication"]["name"] == "Authorization"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a@localhost",
                                  "localhost, evil.example", "10.0.0.1", "localhost:x", "[::1", ""])  # fmt: skip
def test_a_strange_host_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/lookup", params=ASKED, headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "Zeisig" not in answer.text


def test_hosts_that_are_its_own(file: Path, client: httpx.Client) -> None:
    for host in ("localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:9", "localhost."):
        assert client.get("/health", headers={"Host": host}).status_code == 200
    open_policy = Policy(host="0.0.0.0", token=Secret(TOKEN), hosts=frozenset({"crm.example.com"}))
    assert open_policy.knows("crm.example.com:443")
    assert open_policy.knows("192.0.2.7")
    assert not open_policy.knows("evil.example")


def test_pages_of_others_may_not_ask(client: httpx.Client, file: Path) -> None:
    for origin in ("https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1@evil.example"):
        answer = client.get("/lookup", params=ASKED, headers={"Origin": origin})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    for origin in ("http://127.0.0.1:3333", "http://localhost:3333"):
        answer = client.get("/reconcile", headers={"Origin": origin})
        assert answer.headers["access-control-allow-origin"] == origin
        assert answer.headers["vary"] == "Origin"
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert client.options("/reconcile", headers=asked).status_code == 204
    with served(file, Policy(origins=frozenset({"https://refine.example"}))) as other:
        answer = other.get("/health", headers={"Origin": "https://refine.example"})
        assert answer.headers["access-control-allow-origin"] == "https://refine.example"
    with served(file, Policy(origins=frozenset({"*"}))) as other:
        assert other.get("/health", headers={"Origin": "null"}).headers["access-control-allow-origin"] == "*"


def test_every_answer_bears_its_headers(client: httpx.Client) -> None:
    for answer in (
        client.get("/"),
        client.get("/lookup"),
        client.get("/nothing"),
        client.get("/", headers={"Host": "x"}),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "server" not in answer.headers


def test_too_much_is_refused(client: httpx.Client) -> None:
    big = b"x" * (1024 * 1024 + 1)
    assert client.post("/lookup", content=big).status_code == 413
    assert client.post("/lookup", content=iter([big[:600_000], big[:600_000]])).status_code == 413
    assert client.get("/lookup", params={"city": "x" * 40_000}).status_code in (400, 414)


def test_who_is_slow_is_not_waited_for(file: Path) -> None:
    with served(file, Policy(seconds=0.3)) as client:
        url = client.base_url
        with socket.create_connection((url.host, url.port or 0), timeout=20) as raw:
            raw.sendall(b"POST /lookup HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n[")
            begun = time.monotonic()
            assert b" 503 " in raw.recv(65536)
            assert time.monotonic() - begun < 10


def test_headers_that_never_end_are_not_waited_for(file: Path) -> None:
    with served(file, Policy(seconds=0.3)) as client:
        url = client.base_url
        for begun in (b"", b"GET /health HTTP/1.1\r\nHost: loc"):
            with socket.create_connection((url.host, url.port or 0), timeout=20) as raw:
                raw.sendall(begun)
                assert raw.recv(65536) == b""
        whole = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with socket.create_connection((url.host, url.port or 0), timeout=20) as raw:
            raw.sendall(whole)
            told = b""
            while not told.endswith(b"}"):
                told += raw.recv(65536)
            raw.sendall(whole[:10])
            assert raw.recv(65536) == b""


def test_too_many_at_once_are_told_to_come_again(file: Path) -> None:
    with served(file, Policy(at_once=0)) as client:
        answer = client.get("/lookup", params=ASKED)
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"


def test_nothing_that_was_asked_is_logged(
    file: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    marker = "Geheimfirma"
    with served(file) as client:
        client.get("/lookup", params={"company_name": marker})
        client.post("/reconcile", data={"queries": json.dumps({"q": {"query": marker}})})
        client.post("/lookup", content=marker)
        client.get("/", params={"company_name": marker})
        client.get(f"/companies/{marker}")
    told = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not [line for line in told if marker in line]
    assert marker not in "".join(capfd.readouterr())


def test_a_damaged_directory_is_said_without_a_word_of_the_question(
    file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "companies.cdir"
    broken.write_bytes(file.read_bytes())
    with served(broken) as client:
        size = broken.stat().st_size
        client.get("/health")
        with broken.open("r+b") as data:
            data.seek(8192)
            data.write(os.urandom(size - 8192))
        answer = client.get("/lookup", params=ASKED)
    assert answer.status_code in (500, 503)
    assert "Zeisig" not in answer.text + caplog.text


@given(texts=st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gets_an_answer(desk: Desk, texts: list[str]) -> None:
    questions = [Question({"company_name": text.encode("utf-8", "replace").decode()}) for text in texts]
    assert len(desk.ask(questions).result(60)) == len(questions)


@pytest.fixture(scope="module")
def desk(file: Path) -> Iterator[Desk]:
    desk = Desk(file)
    yield desk
    desk.close()


def test_one_bad_question_does_not_spoil_the_others(desk: Desk) -> None:
    bad = desk.ask([Question({"company_name": "\ud800"})])
    good = desk.ask([Question(ASKED)])
    assert good.result(60)[0][0].entity.name == "Zeisig Metallwaren KG"
    assert bad.exception(60) is not None


def test_others_need_a_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="token is needed"):
        policy_of("0.0.0.0")
    monkeypatch.setenv("SERVE_TOKEN", "short")
    with pytest.raises(UsageError, match="fewer than"):
        policy_of("0.0.0.0", "env:SERVE_TOKEN")
    with pytest.raises(ConfigError) as plain:
        policy_of("0.0.0.0", TOKEN)
    assert TOKEN not in str(plain.value) + str(plain.value.hint)
    (tmp_path / "token").write_text(TOKEN + "\n")
    (tmp_path / "token").chmod(0o600)
    policy = policy_of("0.0.0.0", f"file:{tmp_path / 'token'}", ("CRM.example.com",), ("https://refine.example/",))
    assert policy.admits(f"bearer {TOKEN}")
    assert TOKEN not in repr(policy)
    assert policy == replace(policy)
    assert policy_of("::1").token is None


def test_a_missing_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmclean.serving.server.find_spec", lambda name: None if name == "uvicorn" else object())
    with pytest.raises(ConfigError) as missing:
        require_extra()
    assert 'pip install "crmclean[serve]"' in missing.value.message()


def test_what_is_no_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.cdir").write_bytes(b"something else")
    with pytest.raises(InputError):
        serve(tmp_path / "other.cdir", Policy(), 0, ready=lambda _: None)


def test_the_command_serves_until_it_is_ended(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "crmclean", "--lang", "en", "directory", "serve", str(file), "--port", "0"],
        stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stderr is not None
        line = running.stderr.readline()
        address = line.split(" at ")[1].split("/ ")[0]
        assert address.startswith("http://127.0.0.1:")
        told = httpx.get(f"{address}/lookup", params=ASKED, trust_env=False, timeout=60).json()
        assert told["answers"][0]["candidates"][0]["name"] == "Zeisig Metallwaren KG"
        port = address.rpartition(":")[2]
        taken = subprocess.run(
            [sys.executable, "-m", "crmclean", "directory", "serve", str(file), "--port", port],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert taken.returncode == 5
        running.terminate()
        assert running.wait(30) == 143
    refused = subprocess.run(
        [sys.executable, "-m", "crmclean", "directory", "serve", str(file), "--host", "0.0.0.0"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert refused.returncode == 2
