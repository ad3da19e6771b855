"""Relationship health in every form of the report, and back from JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tables import cleaned

from crmclean.__main__ import run_and_report
from crmclean.config.loader import load_config
from crmclean.config.model import FreshnessSection
from crmclean.core.errors import ConfigError
from crmclean.core.language import Language
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.core.summary_json import summary_of
from crmclean.stages.measure import measure

HOSTILE = "<script>alert(1)</script>|[x](javascript:1)\u202e"
EXAMPLE = Path(__file__).parents[2] / "examples" / "customer-relationships" / "kunden.csv"


def summary() -> RunSummary:
    table = cleaned(
        {
            ("Telefon", "phone"): ["030 23125 100", "", "", "", ""],
            (f"Anrufe {HOSTILE}", "phone_opt_in"): ["ja", "nein", "", "", ""],
            (f"Kauf {HOSTILE}", "last_purchase_at"): [
                "2025-12-01",
                "2023-12-01",
                "2025-01-01",
                "2025-06-01",
                "2025-07-01",
            ],
            ("Anzahl", "purchase_count"): ["1", "2", "3", "4", "5"],
            ("Wert", "lifetime_value"): ["1200.5", "-1", "20", "7", "8"],
            ("NPS", "nps"): ["9", "2", "", "", ""],
        },
        country="DE",
    )
    return measure(table, FreshnessSection())


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", ["text", "html", "markdown", "json"])
def test_every_form_shows_it(form: str, language: Language) -> None:
    shown = REPORTS[form].render(summary(), language).decode()
    title = {"en": "Net promoter score", "de": "Net promoter score" if form == "json" else "Net Promoter Score"}
    assert title[language] in shown
    assert "\u202e" not in shown
    assert form != "html" or "<script" not in shown
    assert form != "markdown" or "|[x]" not in shown


def test_json_gives_the_same_figures_back() -> None:
    before = summary()
    assert summary_of(json.loads(REPORTS["json"].render(before, "de"))).relationship == before.relationship


def test_money_has_a_median_beside_its_mean() -> None:
    text = REPORTS["text"].render(summary(), "de").decode()
    assert "246,90" in text
    assert "Median 8,00" in text


def test_limits_are_configured_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "crmclean.toml"
    path.write_text("[lifecycle]\nat_risk_days = 30\nempty_is_no_purchase = true\n", "utf-8")
    assert load_config(path).lifecycle.at_risk_days == 30
    for wrong, line in (
        ("lost_days = 5\nat_risk_days = 100", 3),
        ("\nb_share = 1.5", 3),
        ("csat_scale = -1", 2),
        ("at_risk = 1", 2),
    ):
        path.write_text(f"[lifecycle]\n{wrong}\n", "utf-8")
        with pytest.raises(ConfigError) as refused:
            load_config(path)
        assert refused.value.where.endswith(f"crmclean.toml:{line}")


def test_side_file_is_written_on_request_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "relationships.csv"
    command = ["report", str(EXAMPLE), "--country", "DE", "--as-of", "2026-01-31", "--relationships", str(out), "-q"]
    assert run_and_report(command) == 0
    first = out.read_bytes()
    lines = first.decode().splitlines()
    assert lines[0].startswith("row,record_id,party,reachable,allowed,both,phase_of_three")
    assert len(lines) == 17
    assert (out.stat().st_mode & 0o777) == 0o600
    assert run_and_report(command) == 2
    assert run_and_report([*command, "--force"]) == 0
    assert out.read_bytes() == first
    assert run_and_report(["report", str(tmp_path), "--relationships", str(out), "--force"]) == 2
    capsys.readouterr()
