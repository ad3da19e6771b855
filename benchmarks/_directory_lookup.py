"""Builds a directory in a process of its own, asks it damaged questions, and counts what comes back."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks._damaged_queries import SEED, damaged
from benchmarks.speed import Cost, cost_of
from crmclean.cdir.local import MOST, LocalDirectory
from crmclean.config.model import Config, InputSection
from crmclean.directory import Wanted
from crmclean.evidence import Cells
from crmclean.matching.bands import AUTO, REVIEW
from crmclean.matching.subjects import cells_of
from crmclean.pipeline import Settings, prepare

AS_OF = date(2026, 11, 22)
FIELDS_ASKED = {
    "Firma": "company_name", "Straße": "street", "PLZ": "postal_code", "Ort": "city", "id": "-", "damage": "-",
}  # fmt: skip
# Of made-up companies: what the columns of ``_company_list`` are.
MADE_UP = """
file = "{file}"
name = "made-up"
licence = "made up"
date = "2026-11-01"
country = "DE"
[columns]
id = ""
Firma = "company_name"
"frühere Namen" = ""
Status = ""
[facts]
id = "id"
status = "Status"
former_names = "frühere Namen"
"""
_BUILD = (
    "import sys; from datetime import date; from pathlib import Path; from crmclean.pipeline import Settings\n"
    "from crmclean.pipeline.directory_building import build_directory as build\n"
    "build([sys.argv[1]], Path(sys.argv[2]), Settings(as_of=date.fromisoformat(sys.argv[3])), force=True)"
)
# A series of questions: seed and damages of each, see ``damaged``.
SERIES: Mapping[str, tuple[int, int]] = {
    "one or two damages": (SEED, 0),
    "another seed": (SEED + 1, 0),
    "three damages": (SEED + 2, 3),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with what came of them.

    Attributes:
        queries: see ``damaged``.
        found: ``number``, ``band`` (null: not shown), ``grade``, ``found_by``, ``name``, ``own_id`` and
            ``is_right``, the likeliest of each number first.
        seconds: from the file of the questions to the answers, judging and looking up.
    """

    queries: pl.DataFrame
    found: pl.DataFrame
    seconds: float


def build(source: str, out: Path) -> Cost:
    """Build a directory from the text of its TOML."""
    out.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        toml = Path(place) / "source.toml"
        toml.write_text(source, "utf-8")
        return cost_of([sys.executable, "-c", _BUILD, str(toml), str(out), AS_OF.isoformat()])


def wanted_of(path: Path, columns: Mapping[str, str]) -> tuple[Wanted, Cells]:
    """The questions in a file, judged as those of an export of German companies."""
    config = Config(input=InputSection(entity="company", country="DE"), columns=dict(columns))
    cells = cells_of(prepare(str(path), Settings(as_of=AS_OF, config=config)).normalised)
    numbers = pl.DataFrame({"number": pl.arange(cells.n_rows, eager=True, dtype=pl.UInt32)})
    return Wanted(numbers, cells), cells


def ask(directory: LocalDirectory, queries: pl.DataFrame, n_found: int = MOST) -> Asked:
    """Ask a directory questions with a known answer."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "queries.csv"
        queries.write_csv(path, separator=";")
        started = time.perf_counter()
        wanted, _ = wanted_of(path, FIELDS_ASKED)
        matches = directory.best(wanted, n_found)
        seconds = time.perf_counter() - started
    found = matches.found.select("number", "source_id", "band", "grade", "found_by", "probability")
    named = found.join(own_ids(directory, found["source_id"]), on="source_id", how="left", maintain_order="left")
    truth = queries["id"].gather(named["number"])
    return Asked(queries, named.with_columns(is_right=pl.col("own_id") == truth), seconds)


def own_ids(directory: LocalDirectory, source_ids: pl.Series) -> pl.DataFrame:
    """``source_id`` and ``own_id``, the number in the list the directory was built from."""
    numbers = directory.file.numbers_of(source_ids.drop_nulls())
    return directory.file.companies(pl.Series(list(numbers.values()), dtype=pl.UInt32)).select("source_id", "own_id")


def figures(asked: Asked, only: pl.Series | None = None) -> dict[str, Any]:
    """What the answers are worth.

    Args:
        asked: see ``Asked``.
        only: ``Boolean``, which questions count; all by default.

    Returns:
        ``n``; ``recall_at_1`` and ``recall`` (the right one is among those compared), of all questions; of the first
        of each, the share of ``auto`` and ``review`` and how many of them are right (``auto_p``, ``review_p``; 1 where
        there are none).
    """
    kept = asked.found
    n = asked.queries.height
    if only is not None:
        kept, n = kept.filter(only.gather(kept["number"])), int(only.sum())
    first = kept.unique("number", keep="first", maintain_order=True)
    told: dict[str, Any] = {
        "n": n,
        "recall_at_1": int(first["is_right"].sum()) / max(n, 1),
        "recall": kept.filter("is_right")["number"].n_unique() / max(n, 1),
    }
    for band in (AUTO, REVIEW):
        shown = first.filter(pl.col("band") == band)
        told[band] = shown.height / max(n, 1)
        told[f"{band}_p"] = int(shown["is_right"].sum()) / shown.height if shown.height else 1.0
    return told


def series(directory: LocalDirectory, companies: pl.DataFrame, n: int) -> dict[str, Asked]:
    """The answers to every series of questions cut from companies, see ``damaged``."""
    return {
        name: ask(directory, damaged(companies, n, seed, n_damages=n_damages))
        for name, (seed, n_damages) in SERIES.items()
    }
