"""Old runs go, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
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


def test_a_locked_folder_is_skipped(crmclean: Command, place: Path) -> None:
    with RunLock(place / "old"):
        code, _, said = crmclean("prune", place, "--keep-days", "90", "--as-of", "2026-02-01")
    assert code == 0
    assert "locked" in said
    assert (place / "old" / "cleaned.csv").exists()


def test_no_such_folder(crmclean: Command, tmp_path: Path) -> None:
    assert crmclean("prune", tmp_path / "x", "--keep-days", "1")[0] == 3
