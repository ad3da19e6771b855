"""The template for the record of processing activities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

from crmclean.core.registry import FIELDS
from crmclean.pipeline.processing_markdown import GROUPS

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

CONFIG = """
[privacy]
keep_years = 3
keep_days = 90
suppression = "suppressed.hmac"
key_file = "secret-place/key"

[history]
name = "kunden"

[enrich]
online = "gleif"

[directories.own]
kind = "reconciliation"
url = "https://register.example/api"
cache_days = 5
"""
EXPORT = "Kundennr.;Nachname;E-Mail;IBAN;Notiz\n17017;Zwirnstein;o.zwirn@example.org;DE02120300000000202051;krank\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "c.toml").write_text(CONFIG)
    (tmp_path / "zwirnstein.csv").write_text(EXPORT)
    return tmp_path


def test_it_is_filled_from_the_configuration(crmclean: Command, place: Path) -> None:
    code, printed, said = crmclean("dsgvo", "record", "--config", place / "c.toml", "--as-of", "2026-02-01")
    assert code == 0, said
    for known in (
        "2026-02-01", "after 3 years", "90 days", "suppression list of keyed hashes", "own key", "400 runs",
        "GLEIF", "`own` (register.example): configured, asked only with `--online`", "`own`: 5 days",
    ):  # fmt: skip
        assert known in printed, known
    assert "secret-place" not in printed
    assert [line[3] for line in printed.splitlines() if line.startswith("## ")] == list("abcdefg")


def test_without_a_configuration_the_lines_are_to_be_filled(crmclean: Command) -> None:
    code, printed, _ = crmclean("dsgvo", "record", "--as-of", "2026-02-01")
    assert code == 0
    assert printed.count("[…]") > 10
    assert "no online directory is configured" in printed


def test_an_export_names_its_categories_and_never_a_value(crmclean: Command, place: Path) -> None:
    given = "dsgvo", "record", place / "zwirnstein.csv", "--as-of", "2026-02-01"
    code, printed, said = crmclean(*given, "--config", place / "c.toml", "--lang", "de")
    assert code == 0, said
    assert "- Personen: Nachname" in printed
    assert "- Bankverbindung: IBAN" in printed
    assert "Freitext oder Spalten anderer Bedeutung: 1." in printed
    for value in ("17017", "irnstein", "example.org", "DE02", "krank"):
        assert value not in printed
    assert crmclean(*given, "--config", place / "c.toml", "--lang", "de")[1] == printed


def test_it_is_written_whole_and_over_nothing(crmclean: Command, tmp_path: Path) -> None:
    out = tmp_path / "record.md"
    given = "dsgvo", "record", "-o", out, "--as-of", "2026-02-01"
    assert crmclean(*given)[0] == 0
    assert out.read_text().startswith("# Record of processing activities")
    assert crmclean(*given)[0] == 2
    assert crmclean(*given, "--force")[0] == 0


def test_every_group_of_fields_has_a_heading() -> None:
    assert {field.group for field in FIELDS.values()} == {*GROUPS, "other"}
