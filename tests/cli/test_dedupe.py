"""``dedupe`` on the command line: exit code, stdout and stderr asserted apart, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import Command

from crmclean.matching.duplicates import DUPLICATES_SCHEMA, PAIRS_SCHEMA

EXPORT = """\
Kundennummer,Firma,Straße,PLZ,Ort,Telefon,Webseite,USt-IdNr.
K1,Quarzum Maschinenbau GmbH,Ahornweg 5,53111,Bonn,030 23125 101,quarzum.example,
K2,QUARZUM-Maschinenbau Ges. mbH,Ahorn Weg 5,53111,Bonn,+49 30 23125101,www.quarzum.example,DE111111117
K3,Zirbelwerk GmbH & Co. KG,Fjordgasse 1,24103,Kiel,030 23125 300,zirbelwerk.example,
K4,Wacholder Kranbau GmbH,Heideweg 7,10115,Berlin,030 23125 400,wacholder.example,DE222222220
K5,Wacholder Kranbau GmbH,Heideweg 7,10115,Berlin,030 23125 400,wacholder.example,DE333333339
"""
SUMMARY = """\
2 records in 1 cluster mean the same as another (2 pairs compared)
  auto    1  duplicates without a question    99.7 % of them expected to be right
  review  0  for a person to decide
  veto    1  kept apart by ids or a decision
"""
FILES = ["accounts.csv", "decisions.csv", "duplicates.csv", "manifest.json", "pairs.csv", "relations.csv"]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, "utf-8")
    return path


def test_writes_pairs_clusters_and_manifest(export: Path, tmp_path: Path, crmclean: Command) -> None:
    out = tmp_path / "duplicates"
    assert crmclean("dedupe", export, "-o", out, "--country", "DE") == (0, f"{out}/pairs.csv\n", SUMMARY)
    assert sorted(p.name for p in out.iterdir()) == FILES
    assert {p.stat().st_mode & 0o777 for p in out.iterdir()} == {0o600}
    assert out.stat().st_mode & 0o777 == 0o700
    pairs = pl.read_csv(out / "pairs.csv")
    assert pairs.columns == list(PAIRS_SCHEMA)
    assert pairs.select("row_a", "row_b", "record_id_a", "record_id_b", "band").rows() == [
        (1, 2, "K1", "K2", "auto"),
        (4, 5, "K4", "K5", "veto"),
    ]
    clusters = pl.read_csv(out / "duplicates.csv")
    assert clusters.columns == list(DUPLICATES_SCHEMA)
    assert clusters.select("record_id", "is_primary").rows() == [("K1", False), ("K2", True)]  # K2 says more
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["command"] == "dedupe"
    assert export.read_text("utf-8") == EXPORT


def test_reasons_in_both_languages(export: Path, tmp_path: Path, crmclean: Command) -> None:
    said = {}
    for language in ("en", "de"):
        out = tmp_path / language
        assert crmclean("--lang", language, "dedupe", export, "-o", out, "--country", "DE")[0] == 0
        said[language] = pl.read_csv(out / "pairs.csv")["reasons"].to_list()
    assert "street same" in said["en"][0]
    assert "Straße gleich" in said["de"][0]
    assert "; against: VAT id contradicts" in said["en"][1]
    assert "; dagegen: " in said["de"][1]
    assert "Quarzum" not in f"{said}"


def test_says_it_in_german(export: Path, tmp_path: Path, crmclean: Command) -> None:
    code, _, said = crmclean("--lang", "de", "dedupe", export, "-o", tmp_path / "d", "--country", "DE")
    assert code == 0
    assert said.startswith("2 Datensätze in 1 Gruppe meinen dasselbe wie ein anderer (2 Paare verglichen)\n")
    assert "veto    1  durch Kennungen oder eine Entscheidung getrennt\n" in said


@pytest.mark.parametrize("more", [(), ("-o", "duplicates")])
def test_dry_run_writes_nothing(
    more: tuple[str, ...], export: Path, tmp_path: Path, crmclean: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert crmclean("dedupe", export, *more, "--country", "DE", "--dry-run") == (0, "", SUMMARY)
    assert list(tmp_path.iterdir()) == [export]


def test_show_plan_compares_nothing(export: Path, tmp_path: Path, crmclean: Command) -> None:
    code, plan, said = crmclean("dedupe", export, "--country", "DE", "--show-plan")
    assert (code, said) == (0, "")
    titles, *keys, total = plan.splitlines()
    assert titles.split() == ["key", "records", "pairs", "values", "over", "the", "cap"]
    assert ["vat_id", "3", "0", "0"] in [line.split() for line in keys]
    assert ["phone", "5", "2", "0"] in [line.split() for line in keys]
    assert total.startswith("2 pairs to compare")
    assert list(tmp_path.iterdir()) == [export]
    assert crmclean("--lang", "de", "dedupe", export, "--show-plan")[1].split()[0] == "Schlüssel"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "the folder for the outputs is missing"),
        (("--auto", "0.5", "--review", "0.9"), "--review is higher than --auto"),
        (("--review", "0.995"), "--review is higher than --auto"),
        (("--auto", "1.5"), "'--auto'"),
        (("--auto", "0.2"), "'--auto'"),
        (("--review", "-1"), "'--review'"),
        (("--review", "often"), "'--review'"),
    ],
)
def test_wrong_usage_is_refused(
    options: tuple[str, ...], why: str, export: Path, tmp_path: Path, crmclean: Command
) -> None:
    where = ("-o", tmp_path / "duplicates") if options else ()
    code, out, said = crmclean("dedupe", export, *options, *where)
    assert (code, out) == (2, "")
    assert said.startswith("crmclean: usage: ")
    assert why in said
    assert list(tmp_path.iterdir()) == [export]


def test_the_missing_folder_is_said_in_german(export: Path, crmclean: Command) -> None:
    assert "der Ordner für die Ausgaben fehlt" in crmclean("--lang", "de", "dedupe", export)[2]


def test_thresholds_decide_the_band(export: Path, tmp_path: Path, crmclean: Command) -> None:
    options = ("--country", "DE", "--auto", "1", "--review", "0.99")
    assert crmclean("dedupe", export, "-o", tmp_path / "d", *options)[0] == 0
    pairs = pl.read_csv(tmp_path / "d" / "pairs.csv")
    assert pairs["band"].is_in(["review", "veto"]).all()
    assert (pairs["probability"] >= 0.99).all()
    assert pl.read_csv(tmp_path / "d" / "duplicates.csv").is_empty()


def test_what_is_not_there_is_refused(tmp_path: Path, crmclean: Command) -> None:
    code, out, said = crmclean("dedupe", tmp_path / "none.csv", "-o", tmp_path / "d")
    assert (code, out) == (3, "")
    assert "file-not-found" in said
    assert not list(tmp_path.iterdir())


def test_foreign_folders_stay_as_they_are(export: Path, tmp_path: Path, crmclean: Command) -> None:
    foreign = tmp_path / "folder" / "pairs.csv"
    foreign.parent.mkdir()
    foreign.write_text("mine", "utf-8")
    assert crmclean("dedupe", export, "-o", foreign.parent)[0] == 2
    assert foreign.read_text("utf-8") == "mine"
    assert list(foreign.parent.iterdir()) == [foreign]


def test_its_own_folder_is_written_again(export: Path, tmp_path: Path, crmclean: Command) -> None:
    runs = []
    for _ in range(2):
        assert crmclean("dedupe", export, "-o", tmp_path / "d", "--as-of", "2026-01-31")[0] == 0
        runs.append({file.name: file.read_bytes() for file in (tmp_path / "d").iterdir()})
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    "text", ["Firma,Ort\n", "Firma,Ort\nQuarzum GmbH,Bonn\n", "Notiz\nx\nx\n", "PLZ,Ort\n53111,Bonn\n53111,Bonn\n"]
)
def test_files_without_duplicates_give_empty_lists(text: str, tmp_path: Path, crmclean: Command) -> None:
    (tmp_path / "small.csv").write_text(text, "utf-8")
    code, _, said = crmclean("dedupe", tmp_path / "small.csv", "-o", tmp_path / "d")
    assert code == 0
    assert said.startswith("no record surely means the same as another (0 pairs compared)\n")
    assert "--show-plan" in said  # why nothing was compared
    for name, schema in (("pairs.csv", PAIRS_SCHEMA), ("duplicates.csv", DUPLICATES_SCHEMA)):
        assert (tmp_path / "d" / name).read_text("utf-8") == ",".join(schema) + "\n"


def test_there_is_nothing_to_undo(export: Path, tmp_path: Path, crmclean: Command) -> None:
    crmclean("dedupe", export, "-o", tmp_path / "d")
    for language, words in (("en", "nothing to undo"), ("de", "nichts rückgängig zu machen")):
        code, out, said = crmclean("--lang", language, "undo", tmp_path / "d", "-o", tmp_path / "back.csv")
        assert (code, out) == (3, "")
        assert words in said
    assert not (tmp_path / "back.csv").exists()


def test_the_folder_of_another_command_is_not_taken(export: Path, tmp_path: Path, crmclean: Command) -> None:
    """What undo needs must not be mixed with the files of another job."""
    folder = tmp_path / "run"
    assert crmclean("run", export, "-o", folder, "--country", "DE")[0] == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, _, said = crmclean("dedupe", export, "-o", folder)
    assert (code, "output-exists" in said) == (2, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
