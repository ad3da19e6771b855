"""Enrichment never overwrites, is undone byte for byte, says the same twice, and is resumed without asking twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from tests.company_directories import COMPANIES, SmallDirectory
from tests.enriching import enrich_with

from crmclean.core.errors import InputError
from crmclean.enriching.asking import PIECE
from crmclean.formats.lookups import LOOKUPS
from crmclean.pipeline import undo_run
from crmclean.plugins import ReadOptions
from crmclean.stages.read import read

HEADER = ("Nr", "Firma", "Straße", "PLZ", "Ort", "Land", "Telefon", "USt-IdNr.", "Geprüft am", "Notiz")
# What may stand in each column; "" and placeholders are blank.
CELLS = (
    ("1", "2", ""),
    ("Quarzum Maschinenbau GmbH", "QUARZUM Maschinenbau", "Zirbel Holz GmbH", "Wacholder Kranbau GmbH", "Nie GmbH", ""),
    ("", "-", "Ahornweg 5", "Alte Gasse 1"),
    ("", "53111", "24103", "10115", "x"),
    ("", "Bonn", "Kiel", "n/a"),
    ("", "Deutschland", "DE"),
    ("", "030 23125 101", "030/23125-777", "keine"),
    ("", "DE811547101", "DE 811 547 128", "DE123"),
    ("", "01.12.2025", "2026-01-20"),
    ("", "alt; \"wichtig\"", "zwei\r\nZeilen"),
)  # fmt: skip


@st.composite
def exports(draw: st.DrawFn) -> bytes:
    """Exports of companies with gaps, quoted at will, with a line now and then that is no record."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [";".join(HEADER)]
    for _ in range(draw(st.integers(1, 6))):
        cells = [draw(st.sampled_from(choices)) for choices in CELLS]
        quoted = [
            '"' + cell.replace('"', '""') + '"' if draw(st.booleans()) or set(cell) & set(';"\r\n') else cell
            for cell in cells
        ]
        lines.append(";".join(quoted if draw(st.integers(0, 9)) else quoted[:3]))
    return (end.join(lines) + draw(st.sampled_from(["", end]))).encode(draw(st.sampled_from(["utf-8", "utf-8-sig"])))


@given(exports(), st.booleans())
@settings(max_examples=15, deadline=None)
def test_never_overwrites_and_comes_back_byte_for_byte(raw: bytes, add_columns: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.csv").write_bytes(raw)
        try:
            done = enrich_with(folder / "in.csv", folder / "out", SmallDirectory(COMPANIES), add_columns=add_columns)
        except InputError:  # mostly broken lines: no table
            reject()
        undone = undo_run(folder / "out", folder / "back.csv")
        assert (folder / "back.csv").read_bytes() == raw
        assert undone.is_exact
        changes = done.enriched.normalised.changes
        assert set(changes["code"].cast(pl.String)) <= {"enrich.filled"}
        assert all(before.strip().lower() in ("", "-", "n/a", "keine") for before in changes["before"])
        again = SmallDirectory(COMPANIES)
        second = enrich_with(folder / "out" / "enriched.csv", folder / "twice", again, add_columns=add_columns)
        assert second.enriched.normalised.changes.is_empty()
        assert (folder / "twice" / "enriched.csv").read_bytes() == (folder / "out" / "enriched.csv").read_bytes()


ROWS = [("1", "Quarzum Maschinenbau GmbH", "", "53111", "", "", "", "", "", "x"), ("2", *[""] * 9)]


def in_format(folder: Path, suffix: str) -> Path:
    path = folder / f"in{suffix}"
    frame = pl.DataFrame(ROWS, schema=dict.fromkeys(HEADER, pl.String), orient="row")
    if suffix == ".parquet":
        frame.write_parquet(path)
    elif suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in frame.to_dicts()))
    elif suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Firmen")
            for at, row in enumerate([HEADER, *ROWS]):
                sheet.write_row(at, 0, row)
    else:
        path.write_text("\n".join(";".join(row) for row in [HEADER, *ROWS]) + "\n")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl", ".parquet"])
@pytest.mark.parametrize("add_columns", [False, True])
def test_every_format_keeps_its_form_and_comes_back(tmp_path: Path, suffix: str, add_columns: bool) -> None:
    export = in_format(tmp_path, suffix)
    done = enrich_with(export, tmp_path / "out", SmallDirectory(COMPANIES), add_columns=add_columns)
    assert done.file == f"enriched{suffix}"
    table = read(str(tmp_path / "out" / done.file), ReadOptions())
    assert table.names[: len(HEADER)] == HEADER
    assert bool(table.names[len(HEADER) :]) == add_columns
    assert table.frame["Ort"][0] == "Bonn"
    if add_columns:
        assert table.frame["Verzeichnis-ID"][0] == "C1"
    undo_run(tmp_path / "out", tmp_path / f"back{suffix}")
    back = read(str(tmp_path / f"back{suffix}"), ReadOptions())
    assert back.frame.equals(read(str(export), ReadOptions()).frame)
    if suffix in (".csv", ".jsonl"):
        assert (tmp_path / f"back{suffix}").read_bytes() == export.read_bytes()


def test_no_output_holds_the_clock(tmp_path: Path) -> None:
    for name in ("one", "two"):
        enrich_with(in_format(tmp_path, ".csv"), tmp_path / name, SmallDirectory(COMPANIES))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def many(folder: Path, n_rows: int) -> Path:
    lines = [";".join(HEADER)]
    names = ("Quarzum Maschinenbau GmbH", "Zirbelwerk AG", "Unbekannt Bau GmbH")
    places = ("53111", "24103", "10115")
    lines += [f"{n};{names[n % 3]};;{places[n % 3]};;;;;;" for n in range(n_rows)]
    path = folder / "export.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_killed_half_way_and_repeated_nothing_is_asked_twice(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    n_rows = 4 * PIECE - 500
    enrich_with(many(whole, n_rows), whole / "out", SmallDirectory(COMPANIES), add_columns=True)
    killed = tmp_path / "killed"
    killed.mkdir()
    many(killed, n_rows)
    command = [sys.executable, "-m", "tests.enriching", str(killed)]
    process = subprocess.Popen([*command, "1"])
    log, kept = killed / "asked.txt", killed / "out" / LOOKUPS
    deadline = time.monotonic() + 120
    while not (log.exists() and log.read_text().count("\n") > 2 * PIECE) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert kept.exists()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not (killed / "out" / "manifest.json").exists()
    n_before = log.read_text().count("\n")
    assert n_before < n_rows
    subprocess.run([*command, "0"], check=True)
    asked = log.read_text().split()
    # At most the piece that was under way when the process died.
    assert len(asked) - len(set(asked)) <= PIECE
    assert len(asked) - n_before <= n_rows - PIECE
    assert set(asked) == {str(row + 1) for row in range(n_rows)}
    assert contents(killed / "out") == contents(whole / "out")


def test_what_broke_is_marked_and_only_the_rest_is_asked_again(tmp_path: Path) -> None:
    export = many(tmp_path, 2 * PIECE + 10)
    broken = SmallDirectory(COMPANIES, breaks_after=PIECE)
    done = enrich_with(export, tmp_path / "out", broken)
    assert not done.is_complete
    findings = pl.read_csv(tmp_path / "out" / "findings.csv", infer_schema=False)
    marked = findings.filter(pl.col("code") == "enrich.unknown")
    assert marked.height == PIECE + 10
    assert (tmp_path / "out" / LOOKUPS).exists()
    repaired = SmallDirectory(COMPANIES, no_answer_to=(PIECE + 5,))
    assert not enrich_with(export, tmp_path / "out", repaired).is_complete
    assert len(repaired.asked) == PIECE + 10
    last = SmallDirectory(COMPANIES)
    assert enrich_with(export, tmp_path / "out", last).is_complete
    assert last.asked == [PIECE + 5]
    assert not (tmp_path / "out" / LOOKUPS).exists()
    enrich_with(export, tmp_path / "whole", SmallDirectory(COMPANIES))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_answers_for_another_export_or_directory_are_not_used(tmp_path: Path) -> None:
    export = many(tmp_path, 10)
    enrich_with(export, tmp_path / "out", SmallDirectory(COMPANIES, no_answer_to=(3,)))
    export.write_text(export.read_text().replace("Zirbelwerk", "Zirbel"))
    other = SmallDirectory(COMPANIES)
    enrich_with(export, tmp_path / "out", other)
    assert len(other.asked) == 10


def test_damaged_answers_are_thrown_away(tmp_path: Path) -> None:
    export = many(tmp_path, 10)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / LOOKUPS).write_bytes(b"no database at all, but long enough to be looked at" * 100)
    assert enrich_with(export, tmp_path / "out", SmallDirectory(COMPANIES)).is_complete
