"""Company directories: time and size of a build, and how well damaged questions find their company.

    python -m benchmarks.directory [--only register made-up datenanfragen gleif] [--companies N] [--questions N]
                                   [--errors N] [--store]

``register`` is a German register of the data folder (``CRMCLEAN_DATA``), ``made-up`` a seeded list of companies nobody
has: each is built in a process of its own and asked for its own companies, damaged as people damage them (typos, legal
form missing, abbreviations, moved, no postal code, no street, spelt another way). Nothing was tuned on ``another seed``
and on ``three damages``. Of the made-up ones hundreds share most names: who moved can't be told from the others.
``datenanfragen`` and ``gleif`` ask the register for companies of other sources; nobody knows the truth there, so their
certain matches are written to ``bench-out`` to be read.

Columns: ``first`` is the share of questions whose company comes first, ``found`` of those for which it was compared at
all; ``auto`` and ``review`` are shares of the questions, ``right`` how many of these are right.

Bars: a million companies in 180 s and 3 GB; of the register's questions 97 % first, 99.5 % of ``auto`` right, 1,000
questions a second with judging them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks._company_list import write_company_list
from benchmarks._damaged_queries import COLUMNS, DAMAGES
from benchmarks._data import DATA, run_where_there
from benchmarks._directory_foreign import ask_foreign, ask_names
from benchmarks._directory_lookup import MADE_UP, SERIES, Asked, build, figures, series
from benchmarks._directory_store import store
from crmclean.cdir.local import LocalDirectory

OUT = Path("bench-out")
REGISTER, MADE = OUT / "register.cdir", OUT / "made-up.cdir"
_REGISTER = """
file = "{file}"
name = "register"
licence = "CC-BY 4.0"
date = "2019-03-03"
country = "DE"
[columns]
company_number = ""
name = "company_name"
registered_address = "full_address"
native_company_number = "register_number"
registered_office = "city"
federal_state = ""
registrar = ""
register_art = ""
register_nummer = ""
[facts]
id = "company_number"
status = "current_status"
former_names = "previous_names"
last_checked = "retrieved_at"
"""
_LIST = "dir-offeneregister/companies.csv.gz"
_PARTS = ("register", "made-up", "datenanfragen", "gleif")


def main() -> int:
    """Print a table a part; 1 if a bar is missed."""
    given = _arguments()
    missed: list[str] = []
    if "register" in given.only:
        run_where_there([(_LIST, lambda path: missed.extend(_register(path, given)))])
    if "made-up" in given.only:
        missed.extend(_made_up(given))
    if {"datenanfragen", "gleif"} & set(given.only):
        run_where_there([(_LIST, lambda path: missed.extend(_foreign(path, given)))])
    if given.store:
        print(f"stored: {store()}")
    print(f"bars missed: {'; '.join(missed) or 'none'}")
    return min(len(missed), 1)


def _register(path: Path, given: argparse.Namespace) -> list[str]:
    _build("register", _REGISTER.format(file=path.resolve()), REGISTER)
    return _look_up(REGISTER, _of_register(path), given, "register")


def _foreign(path: Path, given: argparse.Namespace) -> list[str]:
    """Companies of other sources, asked of the register."""
    if "register" not in given.only or not REGISTER.exists():
        _build("register", _REGISTER.format(file=path.resolve()), REGISTER)
    missed: list[str] = []
    directory = LocalDirectory(REGISTER)
    jobs = {
        "datenanfragen": ("dir-datenanfragen/companies.csv", ask_foreign),
        "gleif": ("dir-gleif-names/lei.csv.gz", ask_names),
    }
    for name, job in (jobs[part] for part in _PARTS if part in jobs and part in given.only):
        if (DATA / name).exists():
            missed += job(DATA / name, directory, OUT)
    directory.close()
    return missed


def _of_register(path: Path) -> pl.DataFrame:
    """What is asked for: the parts of the address cut by a rule of its own, not by the engine's."""
    raw = pl.read_csv(path, infer_schema=False)
    address = raw["registered_address"].fill_null("")
    told = raw.select(
        id="company_number",
        Firma="name",
        Straße=address.str.extract(r"^(.*?), *\d{5} "),
        PLZ=address.str.extract(r"(\d{5}) [^,]+$"),
        Ort=pl.coalesce(address.str.extract(r"\d{5} ([^,]+?)\.?$"), "registered_office"),
    )
    return told.filter(pl.col("Firma").str.len_chars() > 2).with_columns(pl.col(COLUMNS).fill_null(""))


def _made_up(given: argparse.Namespace) -> list[str]:
    n = given.companies
    path = OUT / f"companies-{n}.csv"
    OUT.mkdir(exist_ok=True)
    write_company_list(path, n)
    missed = _build(f"{n:,} made up", MADE_UP.format(file=path.resolve()), MADE, seconds=180, peak_mb=3072)
    companies = pl.read_csv(path, separator=";", infer_schema=False).select("id", pl.col(COLUMNS).fill_null(""))
    _look_up(MADE, companies, given, "made up")
    return missed


def _build(name: str, source: str, out: Path, seconds: float = 1e9, peak_mb: float = 1e9) -> list[str]:
    cost = build(source, out)
    print(
        f"{name}: built in {cost.wall_s:.1f} s ({cost.cpu_s:.1f} s CPU), peak {cost.peak_mb:,.0f} MB, "
        f"file {out.stat().st_size / 1e6:.0f} MB",
        flush=True,
    )
    bars = {"seconds of the build": cost.wall_s > seconds, "memory of the build": cost.peak_mb > peak_mb}
    return [f"{name}: {bar}" for bar, is_missed in bars.items() if is_missed]


def _look_up(path: Path, companies: pl.DataFrame, given: argparse.Namespace, name: str) -> list[str]:
    directory = LocalDirectory(path)
    print(f"  {directory.file.n_companies:,} companies")
    asked = series(directory, companies, given.questions)
    directory.close()
    print(f"  {'questions':24} {'n':>7} {'first':>8} {'found':>8} {'auto':>8} {'right':>8} {'review':>8} {'right':>8}"
          f" {'a second':>9}")  # fmt: skip
    for label, answers in asked.items():
        print(f"{_line(label, figures(answers))} {answers.queries.height / answers.seconds:9,.0f}")
    usual = asked[next(iter(SERIES))]
    for kind in ["", *(each.__name__ for each, _ in DAMAGES)]:
        happened = usual.queries["damage"].str.split(" ").list.contains(kind)
        print(_line(f"  {kind or 'none'}", figures(usual, happened)))
    for answers in asked.values():
        _show_errors(answers, given.errors)
    told = figures(usual)
    bars = {
        "first": told["recall_at_1"] < 0.97,
        "auto right": told["auto_p"] < 0.995,
        "questions a second": usual.queries.height / usual.seconds < 1_000,
    }
    return [f"{name}: {bar}" for bar, is_missed in bars.items() if is_missed]


def _line(label: str, told: Mapping[str, Any]) -> str:
    shares = ("recall_at_1", "recall", "auto", "auto_p", "review", "review_p")
    return f"  {label:24} {told['n']:7,} " + " ".join(f"{told[name]:8.2%}" for name in shares)


def _show_errors(answers: Asked, n: int) -> None:
    """The first questions whose company does not come first, with what does."""
    first = answers.found.unique("number", keep="first", maintain_order=True)
    right = first.filter("is_right")["number"]
    rows = answers.queries.with_row_index("number").with_columns(pl.col("number").cast(pl.UInt32))
    wrong = rows.filter(~pl.col("number").is_in(right.implode())).head(n)
    told = wrong.join(first, on="number", how="left", maintain_order="left")
    for row in told.rows(named=True):
        print("   ", {key: value for key, value in row.items() if value not in ("", None)})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.directory", description=__doc__)
    parser.add_argument("--only", nargs="+", default=_PARTS, choices=_PARTS, help="these parts alone")
    parser.add_argument("--companies", type=int, default=1_000_000, help="made-up companies")
    parser.add_argument("--questions", type=int, default=10_000, help="of each series")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong answers of each series")
    parser.add_argument("--store", action="store_true", help="keep the figures that tests compare with")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
