"""The figures a history keeps of a run: counted over whole columns, and no value of a cell among them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crmclean.core.history import ClockPast, ColumnPast, RunFigures
from crmclean.core.ratio import Ratio
from crmclean.history.figures import figures_of
from crmclean.pipeline import Settings, prepare, summarise

EXPORT = """Kundennr;E-Mail;Betreuer;NPS;Angelegt am;Geändert am;Sonstiges
K1;anna@example.org;Nord;9;01.06.2026;02.06.2026;
K2;ben@example.org;Nord;10;01.06.2026;30.11.2026;  
K3;n/a;Süd;3;01.06.2026;;x
K4;ohne-at;Nord;;03.06.2026;01.06.2026;x
K5;;;;;;y
"""  # noqa: W291


def _figures(tmp_path: Path) -> RunFigures:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    settings = Settings(as_of=date(2026, 6, 30))
    cleaned = prepare(str(path), settings).normalised
    return figures_of(cleaned, summarise(cleaned, settings), "sha")


def test_columns_are_counted_by_what_is_filled(tmp_path: Path) -> None:
    found = _figures(tmp_path)
    assert list(found.columns) == ["Kundennr", "E-Mail", "Betreuer", "NPS", "Angelegt am", "Geändert am", "Sonstiges"]
    assert found.columns["Kundennr"] == ColumnPast("record_id", 5, 0, 5, 1)
    assert found.columns["E-Mail"] == ColumnPast("email", 3, 1, 3, 1)
    assert found.columns["Betreuer"] == ColumnPast("owner", 4, 0, 2, 3)
    assert found.columns["Sonstiges"].filled == 3
    assert (found.columns["Sonstiges"].distinct, found.columns["Sonstiges"].top) == (2, 2)
    assert (found.rows, found.rejects, found.as_of, found.config_sha256) == (5, 0, "2026-06-30", "sha")


def test_a_clock_is_read_from_its_own_field_and_from_the_past(tmp_path: Path) -> None:
    found = _figures(tmp_path)
    assert found.clocks["edited"] == ClockPast("2026-06-02", 4, 0, 1)  # not the 30th of November, nor a creation
    assert found.clocks["active"].newest == ""
    assert found.figures["ahead.edited"] == Ratio(1, 7)


def test_satisfaction_comes_with_how_many_answered(tmp_path: Path) -> None:
    found = _figures(tmp_path)
    assert found.figures["answered.nps"] == Ratio(3, 5)
    assert found.numbers["nps"] == 33.3
    assert "reachable.email" in found.figures
    assert "allowed.email" not in found.figures  # no column says anything about consent


def test_no_value_of_a_cell_is_kept(tmp_path: Path) -> None:
    kept = repr(_figures(tmp_path))
    assert not [value for value in ("anna", "ben@", "ohne-at", "Nord", "Süd") if value in kept]
