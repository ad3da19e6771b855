"""A suppression list: who stands on it is not to be contacted, and nobody can read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

from crmclean.core.errors import UsageError
from crmclean.core.keyed_hash import keyed
from crmclean.pipeline import open_job, repeat
from crmclean.suppression.hashed import hashed

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

PLAIN = """E-Mail;Telefon;Mobil;Vorname;Nachname;Firma;Straße;PLZ;Ort
O.Zwirnstein@Example.org;;;;;;;;
;030/23125018;;;;;;;
;;0152 28817386;;;;;;
;;;Wilhelmine;Krautwald;Tannenbau AG;Gartenweg 3a;80331;München
;;;;;Moorbad e.K.;Am Moor 7;28195;Bremen
;;;;;;;;nichts
"""
EXPORT = (
    "Kundennr.;Firma;Vorname;Nachname;Straße;PLZ;Ort;Telefon;Mobil;E-Mail"
    ";Newsletter abgemeldet;E-Mail-Einwilligung\n"
    """1;Quellhof GmbH;Ottokar;Zwirnstein;Musterstr. 12;01067;Dresden;;;o.zwirnstein@example.org;Nein;Ja
2;Quellhof GmbH;Anna;Anders;Musterstr. 12;01067;Dresden;+49 30 23125-018;;a.anders@example.org;Nein;Ja
3;Beispiel KG;Berta;Bund;Waldpfad 1;50667;Köln;;+49 152 28817386;b.bund@example.org;Nein;Ja
4;Tannenbau AG;Frau Wilhelmine;Krautwald;Gartenweg 3 a;80331;München;;;w.k@example.com;Nein;Ja
5;Tannenbau AG;Karl;Kollege;Gartenweg 3 a;80331;München;;;k.k@example.com;Nein;Ja
6;Moorbad e. K.;Adalbert;Sumpfdotter;Am Moor 7;28195;Bremen;;;a.s@example.net;Nein;Ja
7;Frei GmbH;Solveig;Einzelgang;Hauptstr. 2;50667;Köln;030 23125099;;s.e@example.net;Nein;Ja
"""
)


@pytest.fixture
def place(crmclean: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a key, a list and an export."""
    monkeypatch.delenv("CRMCLEAN_KEY", raising=False)
    (tmp_path / "keys").mkdir()
    assert crmclean("suppress", "new-key", tmp_path / "keys" / "k")[0] == 0
    assert (tmp_path / "keys" / "k").stat().st_mode & 0o777 == 0o600
    (tmp_path / "plain.csv").write_text(PLAIN)
    (tmp_path / "export.csv").write_text(EXPORT)
    code, _, said = _add(crmclean, tmp_path)
    assert code == 0, said
    return tmp_path


def _add(crmclean: Command, place: Path, *more: str | Path) -> tuple[int, str, str]:
    target = place / "suppressed.hmac"
    return crmclean(
        "suppress",
        "add",
        place / "plain.csv",
        "-o",
        target,
        "--key-file",
        place / "keys" / "k",
        "--country",
        "DE",
        *more,
    )


def _with_list(place: Path) -> tuple[str | Path, ...]:
    return (
        "--suppression",
        place / "suppressed.hmac",
        "--key-file",
        place / "keys" / "k",
        "--as-of",
        "2026-02-01",
        "--country",
        "DE",
    )


def test_no_value_is_on_the_list(place: Path) -> None:
    text = (place / "suppressed.hmac").read_text()
    assert [line.split()[0] for line in text.splitlines()[3:]] == ["company", "email", "person", "phone", "phone"]
    for word in ("zwirnstein", "23125018", "krautwald", "moor", "28195"):
        assert word not in text.lower()


def test_adding_again_changes_nothing_and_another_key_is_refused(crmclean: Command, place: Path) -> None:
    before = (place / "suppressed.hmac").read_bytes()
    assert _add(crmclean, place)[0] == 0
    assert (place / "suppressed.hmac").read_bytes() == before
    assert crmclean("suppress", "new-key", place / "keys" / "other")[0] == 0
    for command in (
        ("suppress", "add", place / "plain.csv", "-o", place / "suppressed.hmac"),
        ("check", place / "export.csv", "--suppression", place / "suppressed.hmac"),
    ):
        code, _, said = crmclean(*command, "--key-file", place / "keys" / "other")
        assert code == 3
        assert "key-unusable" in said
    assert (place / "suppressed.hmac").read_bytes() == before


def test_who_is_found_and_who_is_not(crmclean: Command, place: Path) -> None:
    """However it is written: by address, number, or name with address; a colleague's refusal is not one's own."""
    out = place / "out.csv"
    code, _, said = crmclean("clean", place / "export.csv", "-o", out, *_with_list(place))
    assert code in (0, 1), said
    findings = pl.read_csv(place / "out.findings.csv", infer_schema=False).filter(pl.col("code") == "suppressed")
    assert findings["row"].to_list() == ["1", "2", "3", "4", "6"]
    assert findings["field"].to_list() == ["email", "phone", "mobile", "last_name", "company_name"]
    assert len(out.read_text().splitlines()) == len(EXPORT.splitlines()), "no row is dropped"
    read = [pl.read_csv(path, separator=";", infer_schema=False) for path in (place / "export.csv", out)]
    same = pl.col("Kundennr.", "PLZ", "Ort", "E-Mail")
    assert read[0].select(same).equals(read[1].select(same))


def test_they_may_not_be_contacted(crmclean: Command, place: Path) -> None:
    def allowed(*more: str | Path) -> dict[str, list[int]]:
        code, printed, said = crmclean("report", place / "export.csv", "--format", "json", "--no-dsgvo", *more)
        assert code == 0, said
        channels = json.loads(printed)["relationship"]["channels"]
        return {one["name"]: [one["allowed"][each] for each in ("yes", "unknown", "no")] for one in channels}

    free, bound = allowed("--as-of", "2026-02-01", "--country", "DE"), allowed(*_with_list(place))
    assert free["post"] == [0, 7, 0]
    assert bound["post"] == [0, 5, 2]
    assert bound["email"][2] == free["email"][2] + 1
    assert bound["phone"][2] == free["phone"][2] + 2


@pytest.mark.parametrize(
    ("text", "code"),
    [("alice@example.org\n", "suppression-unusable"), ("# crmclean suppression list 1\n", "suppression-unusable")],
)
def test_a_plain_or_damaged_list_is_refused(crmclean: Command, place: Path, text: str, code: str) -> None:
    (place / "bad").write_text(text)
    given = "--suppression", place / "bad", "--key-file", place / "keys" / "k"
    exit_code, _, said = crmclean("run", place / "export.csv", "-o", place / "r", *given)
    assert exit_code == 3
    assert code in said
    assert not (place / "r").exists()
    good = (place / "suppressed.hmac").read_text()
    (place / "bad").write_text(good[:-20] + "\n")
    assert crmclean("run", place / "export.csv", "-o", place / "r", *given)[0] == 3


def test_the_key_is_needed_and_must_be_secret(crmclean: Command, place: Path) -> None:
    given = "check", place / "export.csv", "--suppression", place / "suppressed.hmac"
    assert crmclean(*given)[0] == 2
    (place / "keys" / "k").chmod(0o644)
    assert crmclean(*given, "--key-file", place / "keys" / "k")[0] == 4


def test_it_can_stand_in_the_configuration(crmclean: Command, place: Path) -> None:
    (place / "crmclean.toml").write_text(
        f'[privacy]\nsuppression = "{place / "suppressed.hmac"}"\nkey_file = "{place / "keys" / "k"}"\n'
    )
    code, _, said = crmclean("run", place / "export.csv", "-o", place / "r", "--config", place / "crmclean.toml")
    assert code in (0, 1), said
    assert "suppressed" in (place / "r" / "findings.csv").read_text()
    manifest = (place / "r" / "manifest.json").read_text()
    assert "suppressed.hmac" not in manifest
    assert json.loads(manifest)["thresholds"]["suppression"]


def test_a_key_beside_the_list_is_warned_of(crmclean: Command, tmp_path: Path) -> None:
    (tmp_path / "plain.csv").write_text(PLAIN)
    assert crmclean("suppress", "new-key", tmp_path / "k")[0] == 0
    assert crmclean("suppress", "new-key", tmp_path / "k")[0] == 2
    given = "suppress", "add", tmp_path / "plain.csv", "-o", tmp_path / "s", "--key-file", tmp_path / "k"
    code, _, said = crmclean(*given)
    assert code == 0
    assert "beside the list" in said


def test_the_golden_record_keeps_the_refusal_whichever_address_survives(crmclean: Command, place: Path) -> None:
    header = EXPORT.splitlines()[0]
    same = "Quellhof GmbH;Ottokar;Zwirnstein;Musterstr. 12;01067;Dresden;030 23125077;"
    (place / "two.csv").write_text(
        f"{header}\n1;{same};o.zwirnstein@example.org;Nein;\n2;{same};ottokar@example.org;Nein;\n"
        "3;Frei GmbH;Solveig;Einzelgang;Hauptstr. 2;50667;Köln;;;s.e@example.net;Nein;Ja\n"
    )
    code, _, said = crmclean("run", place / "two.csv", "-o", place / "r", *_with_list(place))
    assert code in (0, 1), said
    golden = pl.read_csv(place / "r" / "golden.csv", separator=";", infer_schema=False)
    assert golden["Newsletter abgemeldet"].to_list() == ["Ja", "Nein"]
    assert crmclean("undo", place / "r", "-o", place / "back.csv")[0] == 0
    assert (place / "back.csv").read_bytes() == (place / "two.csv").read_bytes()


@pytest.mark.parametrize("key", [b"k" * 16, b"k" * 64, b"k" * 100])
def test_a_whole_column_is_hashed_as_single_values_are(key: bytes) -> None:
    found = hashed(pl.Series(["a@example.org", None, "ä", "a@example.org"]), "email", key)
    assert found["text"].to_list() == ["a@example.org", "ä"]
    assert found["hash"].to_list() == [keyed(key, "email", text).hex() for text in ("a@example.org", "ä")]


def test_a_job_that_is_repeated_needs_the_list_again(crmclean: Command, place: Path) -> None:
    crmclean("run", place / "export.csv", "-o", place / "out", *_with_list(place))
    before = (place / "out" / "findings.csv").read_bytes()
    assert b"suppressed" in before
    with pytest.raises(UsageError, match="honoured a suppression list"):
        repeat(open_job(place / "out"))
    repeat(open_job(place / "out", suppression=place / "suppressed.hmac", key_file=place / "keys" / "k"))
    assert (place / "out" / "findings.csv").read_bytes() == before


def test_a_list_that_lost_an_entry_is_refused(crmclean: Command, place: Path) -> None:
    target = place / "suppressed.hmac"
    lines = target.read_text().splitlines(keepends=True)
    for cut in (lines[:-1], lines[:3], lines[:2]):
        target.write_text("".join(cut))
        code, _, said = crmclean("check", place / "export.csv", *_with_list(place))
        assert (code, "cut off" in said) == (3, True), said
