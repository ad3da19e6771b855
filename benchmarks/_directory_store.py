"""The small set of damaged questions whose figures must not get worse."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import polars as pl

from benchmarks._company_list import write_company_list
from benchmarks._damaged_queries import COLUMNS, damaged
from benchmarks._directory_lookup import AS_OF, MADE_UP, ask, figures
from crmclean.cdir.local import LocalDirectory
from crmclean.pipeline import Settings
from crmclean.pipeline.directory_building import build_directory

STORE = Path(__file__).with_name("directory.json")
N_COMPANIES, N_QUESTIONS = 20_000, 2_000
Figures = dict[str, dict[str, float]]
# Questions: one or two damages each, and three.
KINDS = {"usual": 0, "three damages": 3}


def measured() -> Figures:
    """Figures of made-up companies, see ``figures``; the same whenever and wherever they are measured."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = place / "companies.csv"
        write_company_list(source, N_COMPANIES)
        (place / "companies.toml").write_text(MADE_UP.format(file=source.name), "utf-8")
        build_directory([str(place / "companies.toml")], place / "made-up.cdir", Settings(as_of=AS_OF))
        companies = pl.read_csv(source, separator=";", infer_schema=False)
        companies = companies.select("id", pl.col(COLUMNS).fill_null(""))
        directory = LocalDirectory(place / "made-up.cdir")
        told = {
            kind: figures(ask(directory, damaged(companies, N_QUESTIONS, n_damages=n))) for kind, n in KINDS.items()
        }
        directory.close()
    return {kind: {name: round(value, 4) for name, value in each.items()} for kind, each in told.items()}


def store() -> Figures:
    """Measure and keep."""
    told = measured()
    STORE.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")
    return told
