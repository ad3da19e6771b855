"""The JSON look-up and the pages for people, over real HTTP."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from tests.company_lists import REGISTER, build, write_list
from tests.served_directory import served

from crmclean.directory import GRADED
from crmclean.serving.questions import BATCH

HOSTILE = "<script>alert(1)</script>\"'>&\u202e GmbH"
_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("served")
    hostile = {**REGISTER[4], "id": "6", "Firma": HOSTILE, "Handelsregister": "Köln HRB 6006"}
    later = [{**REGISTER[0], "Firma": "Adler Tiefbau GmbH"}, *REGISTER[1:], hostile]
    build(place / "companies.cdir", write_list(place, [*REGISTER, hostile], day="2026-10-01"))
    build(place / "companies.cdir", write_list(place, later))
    with served(place / "companies.cdir") as client:
        yield client


class _Page(HTMLParser):
    """What a browser sees of a page: its tags, and whether they are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(client: httpx.Client, path: str, **parameters: str) -> str:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    seen = _Page(answer.text)
    assert not seen.open
    assert not {"script", "link", "img", "iframe"} & set(seen.tags)
    return answer.text


def test_one_question(client: httpx.Client) -> None:
    told = client.get("/lookup", params={"company_name": "Kranich Logistik", "city": "Bremen"}).json()
    first = told["answers"][0]["candidates"][0]
    assert told["schema_version"] == 1
    assert (first["name"], first["status"], first["kind"]) == ("Kranich Logistik AG", "liquidation", "company")
    assert (first["grade"], tuple(first["grades"])) == ("".join(first["grades"].values()), GRADED)
    assert first["fields"]["postal_code"] == "28195"
    assert "company" in first["found_by"]


def test_several_questions_are_answered_in_their_order(client: httpx.Client) -> None:
    questions = [
        {"query": "Sperling & Söhne OHG, Kirchplatz 3, 50667 Köln"},
        {},
        {"register_number": "Hamburg HRA 3003"},
    ]
    told = client.post("/lookup", json=questions).json()["answers"]
    assert [[c["name"] for c in answer["candidates"]][:1] for answer in told] == [
        ["Sperling & Söhne OHG"],
        [],
        ["Zeisig Metallwaren KG"],
    ]
    assert [answer["number"] for answer in told] == [0, 1, 2]
    limited = client.post("/lookup", json={"questions": [{"query": "Adler Bau GmbH"}], "limit": 1}).json()
    assert len(limited["answers"][0]["candidates"]) == 1


def test_who_asks_at_once_gets_the_same_as_alone(client: httpx.Client) -> None:
    names = [row["Firma"] for row in REGISTER] * 6
    alone = {name: client.get("/lookup", params={"company_name": name}).json() for name in set(names)}
    with ThreadPoolExecutor(12) as callers:
        together = list(callers.map(lambda name: client.get("/lookup", params={"company_name": name}).json(), names))
    assert together == [alone[name] for name in names]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ([{"company": "x"}], 400, "unknown-field"),
        ([{"full_name": "x"}], 400, "unknown-field"),
        ([{"company_name": 1}], 400, "bad-request"),
        ([["x"]], 400, "bad-request"),
        ({"questions": [], "limit": 0}, 400, "bad-request"),
        ("x", 400, "bad-request"),
        ([{"company_name": "x" * 1_001}], 400, "value-too-long"),
        ([{"company_name": "x"}] * (BATCH + 1), 413, "batch-too-large"),
    ],
)
def test_wrong_questions_are_refused(client: httpx.Client, sent: object, status: int, code: str) -> None:
    answer = client.post("/lookup", json=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_wrong_parameters_are_refused(client: httpx.Client) -> None:
    near = client.get("/lookup", params={"compny_name": "x"})
    assert "company_name" in near.json()["error"]["message"]
    for path in ("/lookup?limit=many", "/lookup?city=%ff", "/lookup?" + "city=x&" * 100, "/lookup?limit=-1"):
        assert client.get(path).status_code == 400
    assert client.post("/lookup", content=b"\xff{").json()["error"]["code"] == "bad-json"
    assert client.get("/nothing").json()["error"]["code"] == "not-found"


def test_one_company_with_its_history(client: httpx.Client) -> None:
    found = client.get("/lookup", params={"company_name": "Adler Tiefbau GmbH"}).json()["answers"][0]["candidates"][0]
    told = client.get(f"/companies/{found['source_id']}").json()
    assert told["name"] == "Adler Tiefbau GmbH"
    assert "Habicht GmbH" in told["former_names"]
    renamed = next(change for change in told["history"] if change["kind"] == "renamed")
    assert (renamed["before"], renamed["after"]) == ("Adler Bau GmbH", "Adler Tiefbau GmbH")
    assert client.get("/companies/nobody").status_code == 404
    html = page(client, "/company", id=found["source_id"], lang="de")
    for text in ("Adler Tiefbau GmbH", "Habicht GmbH", "umbenannt", "Verlauf", "aktiv"):
        assert text in html
    assert client.get("/company", params={"id": "nobody"}).status_code == 404


def test_the_page_speaks_german_and_english(client: httpx.Client) -> None:
    english, german = page(client, "/"), page(client, "/", lang="de")
    assert "Company search" in english
    assert '<html lang="de">' in german
    assert "Firmensuche" in german
    asked = client.get("/", headers={"accept-language": "fr, de-CH;q=0.9, en;q=0.8"})
    assert "Firmensuche" in asked.text
    assert 'href="/?lang=en"' in german


def test_the_page_explains_its_candidates(client: httpx.Client) -> None:
    html = page(client, "/", company_name="Kranich Logistik AG", street="Hafenstraße 9", city="Bremen", lang="en")
    for text in ("One company may be meant", "in liquidation", "name: same", "street: same", "place: same", "sure"):
        assert text in html
    assert 'value="Hafenstraße 9"' in html
    assert "No company found" in page(client, "/", company_name="Xyz Quux", lang="en")
    assert "Zeisig Metallwaren KG" in page(client, "/", number="Hamburg HRA 3003", lang="de")
    assert "Gefunden unter früherem Namen" in page(client, "/", company_name="Habicht GmbH", city="Berlin", lang="de")


def test_hostile_values_stay_text(client: httpx.Client) -> None:
    html = page(client, "/", company_name=HOSTILE, city='"><script>alert(2)</script>', lang="de")
    assert "&lt;script&gt;" in html
    assert "\u202e" not in re.sub(r'value="[^"]*"', "", html)
    found = client.get("/lookup", params={"register_number": "Köln HRB 6006"}).json()["answers"][0]["candidates"][0]
    assert "<script>" in found["name"]
    for path in ("/company", "/reconcile/preview"):
        assert "alert(1)" in page(client, path, id=found["source_id"])
    assert client.get("/company", params={"id": "<script>alert(3)</script>"}).status_code == 404
    assert (
        client.get("/lookup", params={"company_name": "a\x00b\x1b[31m'; DROP TABLE companies; --"}).status_code == 200
    )


def test_a_browser_shows_the_page(client: httpx.Client, tmp_path: Path) -> None:
    if not _BROWSER:
        pytest.skip("no Chromium here")
    address = f"{client.base_url}/?company_name=Kranich+Logistik+AG&city=Bremen&lang=de"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--enable-logging=stderr"]
    shown = subprocess.run(
        [_BROWSER, *flags, "--dump-dom", address], capture_output=True, text=True, timeout=120, check=True
    )
    assert "Kranich Logistik AG" in shown.stdout
    assert "Content Security Policy" not in shown.stderr
    assert "Content-Security-Policy" not in shown.stderr
