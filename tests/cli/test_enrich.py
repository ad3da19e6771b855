"""``enrich`` on the command line, and ``run --directory``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import Command
from tests.company_directories import COMPANIES, SmallDirectory, about
from tests.enriching import settings as enriching_settings

from crmclean.enriching.result import ENRICHMENT_SCHEMA
from crmclean.pipeline import enriching, open_job, repeat
from crmclean.pipeline.directory_building import build_directory
from crmclean.pipeline.settings import Settings

EXPORT = '''\
Kundennummer;Firma;Straße;PLZ;Ort;Telefon;USt-IdNr.;Notiz\r
K1;Quarzum Maschinenbau GmbH;;53111;;;;"alt; ""wichtig"""\r
K2;Zirbel Holz GmbH;Fjordgasse 1;24103;Kiel;030/23125999;DE811547128;\r
\r
K3;Wacholder Kranbau GmbH;Heideweg 7;10115;Berlin;;;\r
K4;  Niemand Bau GmbH;Weg 1;10115;Berlin;;;\r
'''.encode("cp1252")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORT)
    return path


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, SmallDirectory]:
    """A place that opens as a small directory."""
    place, directory = tmp_path / "companies.cdir", SmallDirectory(COMPANIES)
    place.write_bytes(b"")

    def open_small(name: str, settings: Settings) -> SmallDirectory:
        assert name == str(place)
        assert settings.config.enrich.auto
        return directory

    monkeypatch.setattr(enriching, "open_directory", open_small)
    return place, directory


def test_fills_says_so_and_can_be_undone(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    out = tmp_path / "out"
    arguments = ("--directory", small[0], "-o", out, "--country", "DE", "--as-of", "2026-01-31")
    code, said, told = crmclean("enrich", export, *arguments)
    assert (code, said) == (0, f"{out}/enriched.csv\n")
    assert re.search(r"4 records asked about: 3 found, 0 to look at; 4 cells filled, \d cells proposed", told)
    assert "Quarzum" not in told
    assert small[1].is_closed
    lines = (out / "enriched.csv").read_bytes().decode("cp1252").split("\r\n")
    assert (
        lines[1] == 'K1;Quarzum Maschinenbau GmbH;Ahornweg 5;53111;Bonn;+49 30 23125101;DE811547101;"alt; ""wichtig"""'
    )
    assert "K4;  Niemand Bau GmbH" in "".join(lines)  # not cleaned
    assert pl.read_csv(out / "enrichment.csv").columns == list(ENRICHMENT_SCHEMA)
    assert {path.name for path in out.iterdir()} == {
        "enriched.csv", "enrichment.csv", "findings.csv", "changes.csv", "rejects.csv", "manifest.json", "report.html",
        "report.json",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["enrichment"]["bands"] == {"auto": 3, "review": 0, "none": 1, "unknown": 0}
    assert str(tmp_path) not in (out / "manifest.json").read_text()
    assert json.loads((out / "report.json").read_text())["enrichment"]["asked"] == 4
    assert crmclean("undo", out, "-o", tmp_path / "back.csv")[0] == 0
    assert (tmp_path / "back.csv").read_bytes() == EXPORT


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_form_of_the_report_tells_of_it(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command, language: str
) -> None:
    out = tmp_path / "out"
    assert crmclean("enrich", export, "--directory", small[0], "-o", out, "--lang", language, "-q")[0] == 0
    page = (out / "report.html").read_text()
    title = "Company directories" if language == "en" else "Firmenverzeichnisse"
    assert f"<h2>{title}</h2>" in page
    assert "register.renamed" in page
    for form in ("text", "markdown", "html"):
        code, said, _ = crmclean("report", out, "--format", form, "--lang", language)
        assert code == 0
        assert title in said


@pytest.mark.parametrize("command", ["enrich", "run"])
def test_what_a_directory_finds_is_as_grave_as_configured(
    command: str, export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    config, out = tmp_path / "crmclean.toml", tmp_path / "out"
    config.write_text('[severity]\n"register.*" = "error"\n', encoding="utf-8")
    arguments = ("--directory", small[0], "-o", out, "--country", "DE", "--as-of", "2026-01-31", "--config", config)
    crmclean(command, export, *arguments)
    found = pl.read_csv(out / "findings.csv").filter(pl.col("code").str.starts_with("register."))
    assert found.height
    assert set(found["severity"]) == {"error"}


def test_run_enriches_after_cleaning(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    out = tmp_path / "run"
    code, _, told = crmclean(
        "run", export, "-o", out, "--directory", small[0], "--country", "DE", "--as-of", "2026-01-31"
    )
    assert code == 0
    assert "4 records asked about" in told
    text = (out / "cleaned.csv").read_bytes().decode("cp1252")
    assert ";+49 30 23125999;DE811547128" in text  # cleaned
    assert ";Ahornweg 5;53111;Bonn;+49 30 23125101;DE811547101;" in text  # filled
    changes = pl.read_csv(out / "changes.csv")
    assert {"phone.form", "enrich.filled"} <= set(changes["code"])
    assert "+49 30 23125101" in (out / "golden.csv").read_bytes().decode("cp1252")
    assert (out / "enrichment.csv").exists()
    assert crmclean("undo", out, "-o", tmp_path / "back.csv")[0] == 0
    assert (tmp_path / "back.csv").read_bytes() == EXPORT
    # The same folder again without a directory: its provenance goes.
    assert crmclean("run", export, "-o", out, "--country", "DE", "-q")[0] == 0
    assert not (out / "enrichment.csv").exists()


def test_own_values_follow_the_directory(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert crmclean("enrich", export, "--directory", small[0], "-o", first, "--country", "DE", "-q")[0] == 0
    moved = {**COMPANIES[0].values, "phone": "+493023125102"}
    small[1].companies = (COMPANIES[0].__class__("C1", moved), *COMPANIES[1:])
    again = ("enrich", first / "enriched.csv", "--directory", small[0], "-o", second, "--country", "DE", "-q")
    assert crmclean(*again, "--policy", "phone=own", "--previous", first)[0] == 0
    wrote = pl.read_csv(second / "changes.csv", infer_schema=False)
    assert wrote.select("column", "before", "after", "code").rows() == [
        ("Telefon", "+49 30 23125101", "+49 30 23125102", "enrich.replaced")
    ]


def test_dry_run_asks_and_writes_nothing(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    out = tmp_path / "out"
    small[1].about = about(is_online=True, asked_with=("company_name", "vat_id", "city", "lei"))
    code, said, _ = crmclean("enrich", export, "--directory", small[0], "--dry-run", "-o", out, "--lang", "de")
    assert code == 0
    assert said.splitlines() == [
        "4 Datensätze von 4 nennen eine Firma",
        "Kleines Verzeichnis: bis zu 4 Abfragen; kostenlos",
        "  verlässt diesen Rechner: Firmenname, USt-IdNr., Ort",
    ]
    assert not small[1].asked
    assert not out.exists()


def test_incomplete_ends_with_six_and_marks_the_rows(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    small[1].no_answer_to = (2,)
    out = tmp_path / "out"
    arguments = ("enrich", export, "--directory", small[0], "-o", out, "--country", "DE")
    code, _, told = crmclean(*arguments)
    assert code == 6
    assert "directory-incomplete: 1 record without an answer" in told
    assert "enrich.unknown" in (out / "findings.csv").read_text()
    assert "1 look-up" not in told
    _, planned, _ = crmclean(*arguments, "--dry-run")
    assert "3 look-ups are answered already" in planned
    small[1].no_answer_to, small[1].asked = (), []
    assert crmclean(*arguments)[0] == 0
    assert small[1].asked == [2]
    small[1].breaks_after = 0
    assert crmclean("run", export, "--directory", small[0], "-o", tmp_path / "run", "-q")[0] == 6
    assert (tmp_path / "run" / "cleaned.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--directory", "nowhere.cdir", "-o", "out"), 3, "nowhere.cdir: file-not-found: there is no such company"),
        (("-o", "out"), 2, "no company directory is named"),
        (("--online", "nobody", "-o", "out"), 4, "there is no directory 'nobody'"),
        (("--directory", "x", "-o", "out", "--policy", "phon=fill"), 2, "did you mean 'phone'?"),
        (("--directory", "x", "-o", "out", "--policy", "phone=fil"), 2, "did you mean 'fill'?"),
        (("--directory", "x", "-o", "out", "--policy", "street=fill"), 2, "address = …"),
        (("--directory", "x"), 2, "say which folder"),
        (("--directory", "export.csv", "-o", "out"), 3, "export.csv: directory-file"),
    ],
)
def test_what_can_not_be(
    export: Path, crmclean: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(export.parent)
    found, _, told = crmclean("enrich", "export.csv", *arguments)
    assert (found, said in told) == (code, True), told
    assert not (export.parent / "out").exists()


def test_persons_alone_are_refused(small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command) -> None:
    export = tmp_path / "people.csv"
    export.write_text("Vorname;Nachname;Ort\nAnna;Muster;Bonn\n")
    code, _, told = crmclean("enrich", export, "--directory", small[0], "-o", tmp_path / "out")
    assert code == 3
    assert re.search(r"people\.csv: no-company-columns: .*--map", told)
    assert not (tmp_path / "out").exists()


def test_another_runs_folder_is_not_taken(
    export: Path, small: tuple[Path, SmallDirectory], tmp_path: Path, crmclean: Command
) -> None:
    assert crmclean("run", export, "-o", tmp_path / "out", "-q")[0] == 0
    assert crmclean("enrich", export, "--directory", small[0], "-o", tmp_path / "out")[0] == 2
    code, _, told = crmclean(
        "enrich", export, "--directory", small[0], "-o", tmp_path / "e", "--previous", tmp_path / "out"
    )
    assert code == 3
    assert "did not enrich anything" in told


LIST = """\
Nummer;Firma;Straße;PLZ;Ort;Land;Telefon;USt-IdNr.;Handelsregister;Registergericht;Zustand;Früher
A1;Quarzum Maschinenbau GmbH;Ahornweg 5;53111;Bonn;DE;030 23125 101;DE811547101;HRB 1234;Bonn;aktiv;
A2;Zirbelwerk AG;Fjordgasse 1;24103;Kiel;DE;030 23125 300;DE811547128;HRB 777;Kiel;in Liquidation;Zirbel Holz GmbH
A3;Erlenbach Feinkost KG;Uferweg 9;10115;Berlin;DE;030 23125 500;;HRA 55;Berlin (Charlottenburg);aktiv;
"""
SPEC = """\
file = "list.csv"
name = "liste"
date = "2026-01-05"
[facts]
id = "Nummer"
status = "Zustand"
former_names = "Früher"
"""


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A directory file, built from a list."""
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "list.toml").write_text(SPEC)
    build_directory([str(tmp_path / "list.toml")], tmp_path / "companies.cdir", enriching_settings())
    return tmp_path / "companies.cdir"


def test_a_directory_file_fills_and_speaks(export: Path, real: Path, tmp_path: Path, crmclean: Command) -> None:
    out = tmp_path / "out"
    arguments = ("--directory", real, "-o", out, "--country", "DE", "--as-of", "2026-01-31", "--add-columns")
    assert crmclean("enrich", export, *arguments)[0] == 0
    rows = pl.read_csv(out / "enrichment.csv", infer_schema=False)
    wrote = rows.filter(pl.col("policy") == "fill")
    assert set(wrote.filter(pl.col("row") == "2")["source"]) == {"companies: liste"}
    findings = pl.read_csv(out / "findings.csv", infer_schema=False).filter(pl.col("row") == "2")
    assert {"register.in-liquidation", "register.renamed"} <= set(findings["code"])
    assert crmclean("undo", out, "-o", tmp_path / "back.csv")[0] == 0
    assert (tmp_path / "back.csv").read_bytes() == EXPORT
    again = ("--directory", real, "-o", tmp_path / "again", "--country", "DE", "--as-of", "2026-01-31", "--add-columns")
    assert crmclean("enrich", out / "enriched.csv", *again)[0] == 0
    assert (tmp_path / "again" / "enriched.csv").read_bytes() == (out / "enriched.csv").read_bytes()
    run = ("run", export, "-o", tmp_path / "run", "--directory", real, "--country", "DE", "--as-of", "2026-01-31", "-q")
    assert crmclean(*run)[0] == 0
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert manifest["settings"]["enrich"] == {"directory": "companies.cdir", "online": []}
    before = (tmp_path / "run" / "enrichment.csv").read_bytes()
    repeat(open_job(tmp_path / "run"))
    assert (tmp_path / "run" / "enrichment.csv").read_bytes() == before
