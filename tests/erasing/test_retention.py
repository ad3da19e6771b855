"""Records without a sign of life, where the configuration names a limit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
from tests.cli.conftest import crmclean as _crmclean_fixture

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

EXPORT = """Kundennr.;Firma;Letzter Kontakt;Geändert am
1;Adler GmbH;01.02.2019;05.03.2018
2;Biber KG;01.02.2019;05.03.2025
3;Dachs AG;;
4;Fuchs OHG;01.02.2023;
"""


def test_the_latest_clock_counts_and_silence_is_no_age(crmclean: Command, tmp_path: Path) -> None:
    (tmp_path / "k.csv").write_text(EXPORT)
    (tmp_path / "c.toml").write_text("[privacy]\nkeep_years = 3\n")
    given = "clean", tmp_path / "k.csv", "-o", tmp_path / "o.csv", "--as-of", "2026-02-01", "--force"
    assert crmclean(*given)[0] == 0
    assert "kept-too-long" not in (tmp_path / "o.findings.csv").read_text()
    assert crmclean(*given, "--config", tmp_path / "c.toml")[0] == 0
    findings = pl.read_csv(tmp_path / "o.findings.csv", infer_schema=False)
    assert findings.filter(pl.col("code") == "privacy.kept-too-long")["row"].to_list() == ["1"]
