"""Erasing one person from a state that also holds a history of nights: no id, no hash of it, and the nights go on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from tests.cli.conftest import crmclean as _crmclean_fixture

from crmclean.finding_keys import record_hashes
from crmclean.formats.history_tables import HistoryTables
from crmclean.formats.run_lock import RunLock
from crmclean.formats.state import State
from crmclean.formats.state_erasing import HASHED_TABLES, KEYED_TABLES

Command = Callable[..., tuple[int, str, str]]
crmclean = _crmclean_fixture

HEADER = "Kundennr.;Vorname;Nachname;Straße;PLZ;Ort;Telefon;E-Mail;Erster Kauf;Letzter Kauf;Anzahl Käufe"
ONE, TWIN, OTHER = "KND-70010001", "KND-70010002", "KND-70010003"
SAYS = ";Ottokar;Zwirnstein;Musterstr. 12;01067;Dresden;{phone};o.zwirn@example.org;2025-01-05;2025-12-01;3"


def _export(place: Path, night: int, *, without: str = "") -> Path:
    rows = [
        ONE + SAYS.format(phone="12"),
        TWIN + SAYS.format(phone="030 23125018"),
        OTHER + f";Wilhelmine;Krautwald;Gartenweg 3;80331;München;;w.k@@example.com;20{20 + night}-01-05;2025-01-05;1",
        *(
            f"KND-8001{n:04};Eva;Muster{n};Weg {n};50667;Köln;;e{n}@@example.net;2025-01-05;2025-11-0{n};2"
            for n in range(1, 8)
        ),
        "KND-70010001;zu;wenig",
    ]
    path = place / "kunden.csv"
    path.write_text("\n".join([HEADER, *(row for row in rows if not without or not row.startswith(without))]) + "\n")
    return path


def _night(crmclean: Command, place: Path, night: int, **more: str) -> tuple[Path, str]:
    out = place / f"night{night}"
    given = _export(place, night, **more), "-o", out, "--history", place / "h.sqlite", "--country", "DE"
    code, _, said = crmclean("run", *given, "--as-of", f"2026-02-0{night}")
    assert code in (0, 1), said
    return out, said


@pytest.fixture
def nights(crmclean: Command, tmp_path: Path) -> Path:
    """Three nights in one history."""
    for night in (1, 2, 3):
        _night(crmclean, tmp_path, night)
    return tmp_path


def _salt(state: Path) -> bytes:
    with State(state) as opened:
        return HistoryTables(opened).salt


def _tables(state: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(state)) as database:
        names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        return {name: database.execute(f"select * from {name}").fetchall() for name in names}


def _hits(state: Path, one: str) -> dict[str, int]:
    """Rows of each table that hold the id or its hash."""
    (hashed,) = record_hashes([one], _salt(state)).to_list()
    rows = {name: [cell for row in rows for cell in row] for name, rows in _tables(state).items()}
    found = {name: sum(cell == hashed or one in str(cell) for cell in cells) for name, cells in rows.items()}
    return {name: n for name, n in found.items() if n}


@pytest.mark.parametrize("is_folder", [False, True])
def test_no_table_holds_a_hash_or_an_id_and_the_bytes_neither(crmclean: Command, nights: Path, is_folder: bool) -> None:
    state = nights / "h.sqlite"
    before = _hits(state, ONE)
    assert {"clusters", "pairs", "sketch", "clusters_before", "pairs_before"} <= set(before)
    assert {"findings", "phases", "history_sketch"} <= set(before)
    (hashed,) = record_hashes([ONE], _salt(state)).to_list()
    others = _hits(state, TWIN)
    code, printed, said = crmclean("erase", nights / "night3" if is_folder else state, "--record", ONE)
    assert code == 0, said
    assert _hits(state, ONE) == {}
    content = state.read_bytes()
    assert ONE.encode() not in content
    assert hashed.to_bytes(8, "big", signed=True) not in content
    assert _hits(state, TWIN).keys() <= others.keys()
    assert _hits(state, OTHER)
    (told,) = json.loads(printed)["states"]
    assert told["rows_removed"]["findings"] == (3 if is_folder else 2)  # the folder knows its rejected line, too
    assert told["rows_removed"]["phases"] == told["rows_removed"]["history_sketch"] == 1


def test_every_table_of_a_state_is_known_to_erasing(nights: Path) -> None:
    """A table that is added must be looked at here: does it name records?"""
    figures = {"history_key", "runs", "finding_kinds", "column_names", "memory_run"}
    assert set(_tables(nights / "h.sqlite")) == {*KEYED_TABLES, *HASHED_TABLES, *figures}


def test_the_next_night_says_nothing_odd(crmclean: Command, nights: Path) -> None:
    assert crmclean("erase", nights / "night3", "--record", ONE)[0] == 0
    out, _ = _night(crmclean, nights, 4, without=ONE)
    history = pl.read_csv(out / "findings_history.csv", infer_schema=False)
    assert history.filter(pl.col("status") == "fixed").is_empty()
    assert history.filter(pl.col("status") == "new").is_empty()
    assert "anomaly." not in (out / "findings_history.csv").read_text()
    assert ONE not in "".join(path.read_text() for path in out.iterdir() if path.suffix in (".csv", ".json"))


def test_a_record_that_the_export_still_holds_is_new_again(crmclean: Command, nights: Path) -> None:
    assert crmclean("erase", nights / "night3", "--record", ONE)[0] == 0
    out, _ = _night(crmclean, nights, 4)
    history = pl.read_csv(out / "findings_history.csv", infer_schema=False)
    assert set(history.filter(pl.col("record_id") == ONE)["status"]) == {"new"}


def test_the_same_night_again_after_erasing(crmclean: Command, nights: Path) -> None:
    assert crmclean("erase", nights / "h.sqlite", "--record", ONE)[0] == 0
    out = nights / "again"
    given = _export(nights, 3, without=ONE), "-o", out, "--history", nights / "h.sqlite", "--country", "DE"
    assert crmclean("run", *given, "--as-of", "2026-02-03")[0] in (0, 1)
    history = pl.read_csv(out / "findings_history.csv", infer_schema=False)
    fixed = history.filter(pl.col("status") == "fixed")
    # A state alone does not know that a line that was no record held the id; the folder does, see above.
    assert fixed.select("code", "record_id").rows() == [("suspect-footer", None)]


def test_a_history_beside_another_state_forgets_it_too(crmclean: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = "--history", tmp_path / "h.sqlite", "--against", tmp_path / "kunden.state", "--as-of", "2026-02-01"
    assert crmclean("run", _export(tmp_path, 1), "-o", out, *given, "--country", "DE")[0] in (0, 1)
    assert _hits(tmp_path / "h.sqlite", ONE)
    code, printed, said = crmclean("erase", out, "--record", ONE)
    assert code == 0, said
    assert len(json.loads(printed)["states"]) == 2
    assert _hits(tmp_path / "h.sqlite", ONE) == {}
    with State(tmp_path / "kunden.state") as state:
        assert ONE not in {key for key, _ in state.cluster_ids()}


def test_a_state_that_is_not_found_is_named(crmclean: Command, nights: Path) -> None:
    (nights / "h.sqlite").rename(nights / "moved.sqlite")
    code, printed, said = crmclean("erase", nights / "night3", "--record", ONE)
    assert code == 0, said
    assert json.loads(printed)["states_not_found"] == ["h.sqlite"]
    assert "h.sqlite" in said


def test_a_night_that_is_under_way_keeps_the_state(crmclean: Command, nights: Path) -> None:
    with RunLock(nights, ".h.sqlite.lock"):
        assert crmclean("erase", nights / "h.sqlite", "--record", ONE)[0] == 8
    assert _hits(nights / "h.sqlite", ONE)


def test_a_dry_run_counts_and_leaves_the_history(crmclean: Command, nights: Path) -> None:
    before = (nights / "h.sqlite").read_bytes()
    code, printed, _ = crmclean("erase", nights / "h.sqlite", "--record", ONE, "--dry-run")
    assert code == 0
    assert json.loads(printed)["states"][0]["rows_removed"]["phases"] == 1
    assert (nights / "h.sqlite").read_bytes() == before
