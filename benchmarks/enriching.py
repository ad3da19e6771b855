"""An export enriched from a large directory: time, memory, how much is right, and what a kill half-way costs.

    python -m benchmarks.enriching [--companies N] [--records N]

The directory is a seeded register of companies nobody has; the export holds some of them, damaged as people damage
them (``_damaged_queries``), with empty columns for what the register knows. ``enrich`` is run as a process of its own,
then killed when half of the look-ups are answered, and repeated: the files must be the same bytes, and no answered
record may be asked about again.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from benchmarks._company_list import write_company_list
from benchmarks._damaged_queries import COLUMNS, damaged
from benchmarks._directory_lookup import MADE_UP, build
from benchmarks.speed import cost_of

OUT = Path("bench-out")
EMPTY = ("Telefon", "Website", "Handelsregister")
DAY = "2026-11-22"
PIECE = 2_000  # records a look-up, as enrichment asks


def main() -> int:
    """Print the figures; 1 if the repeated run differs or asks twice."""
    given = _arguments()
    OUT.mkdir(exist_ok=True)
    companies, export, directory = OUT / "companies.csv", OUT / "export.csv", OUT / "companies.cdir"
    write_company_list(companies, given.companies)
    known = pl.read_csv(companies, separator=";", infer_schema=False).select("id", pl.col(COLUMNS).fill_null(""))
    asked = damaged(known, given.records)
    asked.select("id", *COLUMNS, *(pl.lit("").alias(name) for name in EMPTY)).write_csv(export, separator=";")
    cost = build(MADE_UP.format(file=companies.resolve()), directory)
    print(f"{given.companies:,} companies built in {cost.wall_s:.1f} s, {cost.peak_mb:,.0f} MB", flush=True)
    whole, again = OUT / "enriched", OUT / "enriched-again"
    for folder in (whole, again):
        shutil.rmtree(folder, ignore_errors=True)
    cost = cost_of([*_command(export, directory, whole), "-q"])
    print(f"{given.records:,} records enriched in {cost.wall_s:.1f} s, {cost.peak_mb:,.0f} MB", flush=True)
    _print_right(whole, directory)
    n_pieces = -(-given.records // PIECE)
    n_kept = _killed(export, directory, again, n_pieces // 2)
    told = subprocess.run([*_command(export, directory, again), "-v"], capture_output=True, text=True, check=True)
    n_asked = told.stderr.count("looking up ")
    differs = [file.name for file in sorted(whole.iterdir()) if file.read_bytes() != (again / file.name).read_bytes()]
    print(
        f"killed after {n_kept} of {n_pieces} pieces, repeated: {n_asked} asked, differing files: {differs or 'none'}"
    )
    return int(bool(differs) or n_asked + n_kept != n_pieces)


def _command(export: Path, directory: Path, out: Path) -> list[str]:
    return [
        sys.executable, "-m", "crmclean", "enrich", str(export), "--directory", str(directory), "-o", str(out),
        "--country", "DE", "--as-of", DAY, "--map", "id=record_id", "--force",
    ]  # fmt: skip


def _killed(export: Path, directory: Path, out: Path, n: int) -> int:
    """Kill a run when n pieces are answered; how many were kept."""
    place = out / ".crmclean-lookups.sqlite"
    running = subprocess.Popen(_command(export, directory, out), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while running.poll() is None and _n_kept(place) < n:
        time.sleep(0.1)
    running.send_signal(signal.SIGKILL)
    running.wait()
    return _n_kept(place)


def _n_kept(place: Path) -> int:
    if not place.exists():
        return 0
    try:
        with sqlite3.connect(place) as kept:
            return int(kept.execute("SELECT count(*) FROM answers").fetchone()[0])
    except sqlite3.OperationalError:  # being made
        return 0


def _print_right(out: Path, directory: Path) -> None:
    """How many of the records found without a question are the right company."""
    cells = pl.read_csv(out / "enrichment.csv", infer_schema=False).filter(pl.col("band") == "auto").unique("row")
    with sqlite3.connect(directory) as file:
        own = dict(file.execute("SELECT source_id, own_id FROM companies"))
    right = sum(own[found] == record for found, record in cells.select("source_id", "record_id").iter_rows())
    print(f"  found without a question and said something: {cells.height:,}, right: {right / max(cells.height, 1):.4%}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.enriching", description=__doc__)
    parser.add_argument("--companies", type=int, default=1_000_000, help="of the directory")
    parser.add_argument("--records", type=int, default=100_000, help="of the export")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
