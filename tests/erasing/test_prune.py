"""Old runs go, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

from crmclean.formats.run_lock import RunLock
from crmclean.formats.state import State

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture


@pytest.fixture
def place(crmclean: Command, tmp_path: Path) -> Path:
    """Two runs, an old and a new one, and things that are not ours."""
    (tmp_path / "k.csv").write_text("Kundennr.;Firma;Ort\n1;Adler GmbH;Ulm\n2;Biber KG;Bonn\n")
    runs = tmp_path / "runs"
    runs.mkdir()
    for name, day in (("old", "2025-01-31"), ("new", "2026-01-31")):
        assert crmclean("run", tmp_path / "k.csv", "-o", runs / name, "--as-of", day)[0] == 0
    (runs / "mine").mkdir()
    (runs / "mine" / "manifest.json").write_text('{"as_of": "2001-01-01", "files": {"a": {"name": "a.txt"}}}')
    (runs / "mine" / "a.txt").write_text("mine")
    return runs


def test_old_runs_go_and_nothing_else(crmclean: Command, place: Path) -> None:
    given = "prune", place, "--keep-days", "90", "--as-of", "2026-02-01"
    code, planned, _ = crmclean(*given, "--dry-run")
    assert code == 0
    assert (place / "old" / "cleaned.csv").exists()
    code, printed, _ = crmclean(*given)
    assert code == 0
    assert printed == planned
    assert sorted(path.name for path in place.iterdir()) == ["mine", "new"]
    assert (place / "mine" / "a.txt").exists()
    assert (place / "new" / "cleaned.csv").exists()
    assert crmclean(*given)[1] == ""


def test_what_the_run_did_not_write_stays_and_so_does_the_state(crmclean: Command, place: Path) -> None:
    (place / "old" / "note.txt").write_text("mine")
    with State(place / "old" / "state.sqlite") as state:
        state.remember([], [], ["1"])
    code, printed, _ = crmclean("prune", place, "--keep-days", "90", "--as-of", "2026-02-01")
    assert code == 0
    assert "note.txt" in printed
    assert sorted(path.name for path in (place / "old").iterdir()) == ["note.txt", "state.sqlite"]


def test_a_weekly_job_is_quiet(crmclean: Command, place: Path) -> None:
    assert crmclean("prune", place, "--keep-days", "90", "--as-of", "2026-02-01", "-q") == (0, "", "")
    assert not (place / "old").exists()


def test_a_locked_folder_is_skipped(crmclean: Command, place: Path) -> None:
    with RunLock(place / "old"):
        code, _, said = crmclean("prune", place, "--keep-days", "90", "--as-of", "2026-02-01")
    assert code == 0
    assert "locked" in said
    assert (place / "old" / "cleaned.csv").exists()


def test_no_such_folder(crmclean: Command, tmp_path: Path) -> None:
    assert crmclean("prune", tmp_path / "x", "--keep-days", "1")[0] == 3


HISTORY = "Kundennr.;Vorname;Nachname;Straße;PLZ;Ort;Telefon;E-Mail"
FIXED = ["1;Ottokar;Zwirnstein;Weg 1;01067;Dresden;12;o@example.org"]
OTHERS = [f"{n};Eva;Muster{n};Weg {n};50667;Köln;;e{n}@@example.net" for n in range(2, 9)]


@pytest.fixture
def history(crmclean: Command, tmp_path: Path) -> Path:
    """Two nights: a finding of the first is fixed at the second."""
    for night, rows in ((1, FIXED + OTHERS), (2, [FIXED[0].replace(";12;", ";;"), *OTHERS])):
        (tmp_path / "k.csv").write_text("\n".join([HISTORY, *rows]) + "\n")
        given = tmp_path / "k.csv", "-o", tmp_path / f"n{night}", "--history", tmp_path / "kunden.sqlite"
        assert crmclean("run", *given, "--as-of", f"2026-01-0{night}", "--country", "DE")[0] in (0, 1)
    return tmp_path / "kunden.sqlite"


def _counts(state: Path) -> dict[str, int]:
    with closing(sqlite3.connect(state)) as database:
        names = ("findings", "phases", "clusters_before", "pairs_before", "memory_run", "clusters", "runs", "sketch")
        return {name: database.execute(f"select count(*) from {name}").fetchall()[0][0] for name in names}


def test_a_state_loses_what_only_served_to_make_an_old_run_again(crmclean: Command, history: Path) -> None:
    before = _counts(history)
    with closing(sqlite3.connect(history)) as database:
        ((n_fixed,),) = database.execute("select count(*) from findings where fixed_run is not null").fetchall()
    assert n_fixed
    given = "prune", history, "--keep-days", "30", "--as-of"
    assert crmclean(*given, "2026-01-20")[1] == "", "not that old"
    assert _counts(history) == before
    code, planned, _ = crmclean(*given, "2026-03-01", "--dry-run")
    assert code == 0
    assert _counts(history) == before
    code, printed, _ = crmclean(*given, "2026-03-01")
    assert (code, printed) == (0, planned)
    after = _counts(history)
    assert after["findings"] == before["findings"] - n_fixed
    assert after["clusters_before"] == after["pairs_before"] == after["memory_run"] == 0
    for kept in ("clusters", "runs", "sketch"):
        assert after[kept] == before[kept]
    assert crmclean(*given, "2026-03-01")[1] == ""


def test_the_night_after_pruning_goes_on(crmclean: Command, history: Path) -> None:
    assert crmclean("prune", history.parent, "--keep-days", "30", "--as-of", "2026-03-01")[0] == 0
    assert not (history.parent / "n1").exists()
    out = history.parent / "n3"
    given = history.parent / "k.csv", "-o", out, "--history", history, "--country", "DE", "--as-of", "2026-03-02"
    assert crmclean("run", *given)[0] in (0, 1)
    said = (out / "findings_history.csv").read_text()
    assert "fixed," not in said
    assert "new," not in said


def test_days_come_from_the_configuration_unless_given(crmclean: Command, place: Path, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("[privacy]\nkeep_days = 90\n")
    code, _, said = crmclean("prune", place, "--as-of", "2026-02-01")
    assert code == 2
    assert "--keep-days" in said
    given = "prune", place, "--config", tmp_path / "c.toml", "--as-of", "2026-02-01", "--dry-run"
    assert "old" in crmclean(*given)[1]
    assert crmclean(*given, "--keep-days", "9000")[1] == ""


def test_a_locked_state_is_skipped_and_no_state_is_refused(crmclean: Command, history: Path) -> None:
    given = "--keep-days", "30", "--as-of", "2026-03-01"
    with RunLock(history.parent, ".kunden.sqlite.lock"):
        code, _, said = crmclean("prune", history, *given)
    assert code == 0
    assert "locked" in said
    assert crmclean("prune", history.parent / "k.csv", *given)[0] == 3
