"""Permissions that are taken back elsewhere, and people for whom nothing says why they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture


def _found(crmclean: Command, place: Path, export: str, code: str, config: str = "") -> list[tuple[str, str]]:
    (place / "k.csv").write_text(export)
    (place / "c.toml").write_text(config)
    given = "clean", place / "k.csv", "-o", place / "o.csv", "--as-of", "2026-02-01", "--force"
    done, _, said = crmclean(*given, "--config", place / "c.toml")
    assert done == 0, said
    findings = pl.read_csv(place / "o.findings.csv", infer_schema=False).filter(pl.col("code") == code)
    return list(findings.select("row", "column").iter_rows())


def test_a_permission_that_is_taken_back_is_found_and_silence_is_not(crmclean: Command, tmp_path: Path) -> None:
    export = """Kundennr.;Newsletter;Newsletter abgemeldet;Keine Werbung
1;Ja;Ja;
2;Ja;Nein;
3;Nein;Ja;
4;Ja;;Ja
5;;Ja;Ja
6;vielleicht;Ja;
7;x;1;x
8;Ja;siehe Notiz;
9;Nein;Nein;Nein
"""
    found = _found(crmclean, tmp_path, export, "privacy.opt-out-contradicts")
    assert found == [("1", "Newsletter"), ("4", "Newsletter"), ("7", "Newsletter")]


def test_another_channel_is_no_contradiction(crmclean: Command, tmp_path: Path) -> None:
    export = "Kundennr.;Newsletter;Nicht anrufen;SMS erlaubt\n1;Ja;Ja;Ja\n2;Ja;Nein;Ja\n"
    assert _found(crmclean, tmp_path, export, "privacy.opt-out-contradicts") == []


def test_its_severity_can_be_set_or_turned_off(crmclean: Command, tmp_path: Path) -> None:
    export = "Kundennr.;Newsletter;Newsletter abgemeldet\n1;Ja;Ja\n"
    off = '[severity]\n"privacy.opt-out-contradicts" = "off"\n'
    assert _found(crmclean, tmp_path, export, "privacy.opt-out-contradicts", off) == []


PEOPLE = """Kundennr.;Firma;Nachname;E-Mail;Rechtsgrundlage;Einwilligung am;Newsletter
1;Adler GmbH;Zwirnstein;z@example.org;;;
2;Adler GmbH;Krautwald;k@example.org;Vertrag;;
3;Biber KG;;;;;
4;Biber KG;;info@example.com;;;
5;;Sumpfdotter;;;12.03.2024;
6;;Einzelgang;e@example.net;;;Ja
7;;Waldpfad;w@example.net;n/a;;Nein
"""


def test_people_without_a_basis_are_found_and_companies_are_not(crmclean: Command, tmp_path: Path) -> None:
    found = _found(crmclean, tmp_path, PEOPLE, "privacy.no-legal-basis")
    assert found == [("1", "Rechtsgrundlage"), ("4", "Rechtsgrundlage"), ("7", "Rechtsgrundlage")]


@pytest.mark.parametrize(
    ("header", "config", "rows"),
    [
        ("Notizfeld", "", []),  # no record of a basis is kept: nothing is known
        ("Einwilligung am", "", []),  # a contract needs no consent
        ("Einwilligung am", "[privacy]\nlegal_basis = true\n", ["1"]),
        ("Notizfeld", "[privacy]\nlegal_basis = true\n", []),
        ("Rechtsgrundlage", "", ["1"]),
        ("Einwilligungsquelle", "", ["1"]),
        ("Rechtsgrundlage", "[privacy]\nlegal_basis = false\n", []),
    ],
)
def test_it_is_said_only_where_a_basis_is_kept(
    crmclean: Command, tmp_path: Path, header: str, config: str, rows: list[str]
) -> None:
    export = f"Kundennr.;Nachname;{header}\n1;Zwirnstein;\n2;Krautwald;12.03.2024\n"
    found = _found(crmclean, tmp_path, export, "privacy.no-legal-basis", config)
    assert [row for row, _ in found] == rows


def test_a_column_nobody_uses_says_nothing(crmclean: Command, tmp_path: Path) -> None:
    export = "Kundennr.;Nachname;Rechtsgrundlage\n1;Zwirnstein;\n2;Krautwald;\n"
    assert _found(crmclean, tmp_path, export, "privacy.no-legal-basis") == []
    asked = "[privacy]\nlegal_basis = true\n"
    assert len(_found(crmclean, tmp_path, export, "privacy.no-legal-basis", asked)) == 2
