"""``enrich --online`` from the command line to servers on this machine, and what leaves it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.directory_servers import Asked, Says, Server, serving

EXPORT = """\
Kundennummer;Firma;Straße;PLZ;Ort;Telefon;USt-IdNr.;Vorname;Nachname;Notiz
K1;Muster Wetterwerk;Beispielweg 4;89073;Ulm;;;;;streng geheim
K2;Nirgendwo GmbH;Nebenweg 1;89073;Ulm;;;;;
K3;Muster Kontakt GmbH;Beispielweg 4;89073;Ulm;030 23125 123;;Erika;Mustermann;
"""
COMPANY = {
    "ebid": "2534567890012", "companyName": {"value": "Muster Wetterwerk GmbH"}, "vatNo": "DE136695976",
    "address": {"street": "Beispielweg", "houseNo": "4", "zip": "89073", "city": "Ulm", "country": "DE"},
    "phoneNumbers": [{"number": "+49 89 99998-123", "type": "Phone", "priority": 1}],
}  # fmt: skip
Enrich = Callable[..., tuple[int, str, str]]


def ebid(company: object = COMPANY) -> Callable[[Asked], Says]:
    """The match and company services, knowing one company by its name."""

    def answers(asked: Asked) -> Says:
        if "/match/" in asked.path:
            known = [each for each in asked.json if each.get("companyName", "").startswith("Muster")]
            return Says([{"gguid": each["gguid"], "ebid": "2534567890012", "rate": 97} for each in known])
        return Says(company if "/company/" in asked.path else {"exact": [], "suggestion": []})

    return answers


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    return tmp_path


def enrich(crmclean: Command, place: Path, server: Server, name: str, *more: str) -> tuple[int, str, str]:
    login = 'user = "crm"\npassword = "env:MUSTER_PASSWORD"\n' if name == "ebid" else ""
    config = f'[directories.{name}]\nurl = "{server.url}"\nallow_private = true\n{login}'
    (place / "crmclean.toml").write_text(config, "utf-8")
    return crmclean(
        "enrich", place / "export.csv", "--online", name, "-o", place / "out", "--config", place / "crmclean.toml",
        "--country", "DE", "--cache", place / "cache.sqlite", "--force", *more,
    )  # fmt: skip


def rows(place: Path, name: str) -> list[dict[str, str]]:
    with (place / "out" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";" if name == "enriched.csv" else ","))


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_PASSWORD", "s3cret-w0rd")


def test_gaps_are_filled_and_nothing_of_a_person_leaves(crmclean: Command, place: Path) -> None:
    with serving(ebid()) as server:
        code, _, told = enrich(crmclean, place, server, "ebid")
        everything = server.everything
    assert code == 0, told
    first, second, third = rows(place, "enriched.csv")
    assert (first["Telefon"], first["USt-IdNr."]) == ("+49 89 99998-123", "DE136695976")
    assert (second["USt-IdNr."], third["USt-IdNr."]) == ("", "")
    for secret in ("Erika", "Mustermann", "geheim", "23125", "K1", "Kontakt"):
        assert secret not in everything
    filled = [row for row in rows(place, "enrichment.csv") if row["policy"] == "fill"]
    assert {(row["source"], row["source_id"], row["band"]) for row in filled} == {("ebid", "2534567890012", "auto")}
    written = b"".join(file.read_bytes() for file in (place / "out").iterdir())
    assert b"s3cret" not in written
    assert "s3cret" not in told


def test_what_was_answered_is_not_asked_again(crmclean: Command, place: Path) -> None:
    with serving(ebid()) as server:
        enrich(crmclean, place, server, "ebid")
        n, before = len(server.asked), (place / "out" / "enriched.csv").read_bytes()
        code, plan, _ = enrich(crmclean, place, server, "ebid", "--dry-run")
        assert (code, "up to 0 look-ups, 2 answered from what is kept" in plan) == (0, True)
        code, _, _ = enrich(crmclean, place, server, "ebid")
        assert (code, len(server.asked)) == (0, n)
    assert (place / "out" / "enriched.csv").read_bytes() == before


def test_a_dry_run_asks_nothing_and_says_what_would_leave(crmclean: Command, place: Path) -> None:
    with serving(ebid()) as server:
        code, plan, _ = enrich(crmclean, place, server, "ebid", "--dry-run")
        assert (code, server.asked) == (0, [])
    assert "up to 2 look-ups" in plan
    assert "leaves this machine: Company name, Street, " in plan
    assert not (place / "out").exists()


def test_a_wrong_password_stops_the_source_not_the_run(crmclean: Command, place: Path) -> None:
    with serving(lambda _: Says(status=401)) as server:
        code, _, told = enrich(crmclean, place, server, "ebid")
    assert (code, "ebid: login-refused" in told) == (6, True)
    assert (place / "out" / "enriched.csv").read_text("utf-8") == EXPORT
    assert [row["code"] for row in rows(place, "findings.csv")] == ["enrich.unknown"] * 2


def test_another_company_is_never_taken(crmclean: Command, place: Path) -> None:
    other = {
        **COMPANY,
        "companyName": {"value": "Ganz Anderes Haus AG"},
        "address": {"zip": "20095", "city": "Hamburg"},
    }
    with serving(ebid(other)) as server:
        code, _, _ = enrich(crmclean, place, server, "ebid")
    assert (code, (place / "out" / "enriched.csv").read_text("utf-8")) == (0, EXPORT)


def test_the_budget_is_kept_and_the_rest_can_be_asked_later(crmclean: Command, place: Path) -> None:
    with serving(ebid()) as server:
        code, _, told = enrich(crmclean, place, server, "ebid", "--max-lookups", "1")
        assert (code, "1 record without an answer" in told) == (6, True)
        code, _, _ = enrich(crmclean, place, server, "ebid")
    assert code == 0


@pytest.mark.parametrize(
    ("said", "code", "found"),
    [
        ({"valid": False, "userError": "INVALID"}, 0, ["vat_id.not-confirmed"]),
        ({"valid": False, "userError": "MS_UNAVAILABLE"}, 6, ["enrich.unknown"]),
        ({"valid": True, "name": "---", "address": "---"}, 0, []),
    ],
)
def test_an_outage_never_makes_a_vat_id_wrong(
    crmclean: Command, place: Path, said: dict[str, object], code: int, found: list[str]
) -> None:
    (place / "export.csv").write_text("Firma;USt-IdNr.\nMuster Wetterwerk;DE136695976\n", "utf-8")

    def vies(asked: Asked) -> Says:
        return Says({"countryCode": "DE", "vatNumber": asked.json["vatNumber"], **said})

    with serving(vies) as server:
        assert enrich(crmclean, place, server, "vies")[0] == code
    assert [row["code"] for row in rows(place, "findings.csv")] == found


def test_nothing_is_asked_without_being_told_to(crmclean: Command, place: Path) -> None:
    code, _, told = crmclean("enrich", place / "export.csv", "-o", place / "out")
    assert (code, "no company directory is named" in told) == (2, True)
