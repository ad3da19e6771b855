"""Sets of records whose duplicates others have labelled: how each is read, and which of its columns give it away.

The same configuration for all: only the country is told, the columns that hold the truth are left out, and columns are
named where their own names mean nothing.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import polars as pl

from crmclean.measures.agreement import Truth


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set under the data folder.

    Attributes:
        name: as printed and stored.
        folder: under the data folder.
        read: ``folder -> (records, truth)``.
        country: ISO 3166-1 alpha-2 of records that name none; empty where they are of anywhere.
        columns: column name = field; empty leaves a column out because it holds the truth.
    """

    name: str
    folder: str
    read: Callable[[Path], tuple[pl.DataFrame, Truth]]
    country: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def write_input(records: pl.DataFrame, path: Path) -> None:
    """Write the records as the file that is matched."""
    records.write_csv(path)


def _csv(source: Path | bytes, separator: str = ",") -> pl.DataFrame:
    return pl.read_csv(source, separator=separator, infer_schema=False, encoding="utf8-lossy")


def _labels(entity: pl.Series) -> pl.Series:
    """Records without a label are alone."""
    alone = pl.Series([f"alone {row}" for row in range(len(entity))])
    text = entity.cast(pl.String)
    return text.zip_with(text.is_not_null(), alone)


def _febrl(file: str, folder: Path) -> tuple[pl.DataFrame, Truth]:
    records = _csv(folder / file)
    records = records.rename({name: name.strip() for name in records.columns})
    return records, Truth(records["rec_id"].str.extract(r"rec-(\d+)"))


def _restaurants(folder: Path) -> tuple[pl.DataFrame, Truth]:
    """Two guides in one table; what counts is found across."""
    guides = [_csv(folder / f"{guide}.csv").with_columns(source=pl.lit(guide)) for guide in ("fodors", "zagats")]
    records = pl.concat(guides)
    matches = _csv(folder / "match_fodors_zagats_more_attrs.csv").select(
        id=pl.col("fodors_id"), other=pl.col("zagats_id")
    )
    joined = records.join(matches, on="id", how="left", maintain_order="left")
    return records, Truth(joined.select(pl.coalesce("other", "id")).to_series(), records["source"] == "fodors")


def _column(file: str, column: str, folder: Path) -> tuple[pl.DataFrame, Truth]:
    records = _csv(folder / file)
    return records, Truth(_labels(records[column].str.strip_chars()))


def _rldata(folder: Path) -> tuple[pl.DataFrame, Truth]:
    """The three parts of the birth date joined; the second names are filled in fewer than one record in ten."""
    parts = pl.read_csv(folder / "RLdata500.tsv", separator="\t", infer_schema=False, null_values="NA")
    born = pl.concat_str("by", pl.col("bm").str.zfill(2), pl.col("bd").str.zfill(2), separator="-")
    truth = _csv(folder / "identity.RLdata500.tsv").to_series()
    return parts.select("fname_c1", "fname_c2", "lname_c1", "lname_c2", born=born), Truth(truth)


def _dupehell(kind: str, folder: Path) -> tuple[pl.DataFrame, Truth]:
    """One kind of record: each is an export of its own. Its own id is the same in every copy: it is the truth."""
    records = _unpacked(folder / f"medium_{kind}.csv.gz")
    truth = _unpacked(folder / "medium_truth.csv.gz").select("record_id", "master_id")
    return records, Truth(records.join(truth, on="record_id", how="left", maintain_order="left")["master_id"])


def _unpacked(path: Path) -> pl.DataFrame:
    with gzip.open(path) as packed:
        return _csv(packed.read())


def _dnb(folder: Path) -> tuple[pl.DataFrame, Truth]:
    """Names and their damaged copies; the numbers only make it a table, for the copies are full of delimiters."""
    sides = [_csv(folder / name).select("company_name") for name in ("test_names.csv", "adjusted_test_names.csv")]
    n = [side.height for side in sides]
    rows = [str(row) for side in n for row in range(side)]
    records = pl.concat(sides).with_row_index("no")
    return records, Truth(pl.Series(rows), pl.Series([False] * n[0] + [True] * n[1]))


def _wikirate(folder: Path) -> tuple[pl.DataFrame, Truth]:
    """Companies of which a few share an id of a register: these are known to be one, of the others nothing is."""
    records = _csv(folder / "test_companies.csv", ";")
    shared = [
        pl.when((pl.len().over(name) > 1) & pl.col(name).is_not_null()).then(pl.lit(f"{name} ") + pl.col(name))
        for name in ("open_corporates", "sec_cik", "oar_id")
    ]
    return records, Truth(_labels(records.select(pl.coalesce(shared)).to_series()), is_partial=True)


_NO_REC_ID = {"rec_id": ""}
SETS: tuple[LabelledSet, ...] = (
    LabelledSet("febrl1", "dup-febrl1", partial(_febrl, "dataset1.csv"), "AU", _NO_REC_ID),
    LabelledSet("febrl3", "dup-febrl3", partial(_febrl, "dataset3.csv"), "AU", _NO_REC_ID),
    LabelledSet("zingg-febrl20k", "dup-zingg-febrl20k", partial(_febrl, "test.csv"), "AU", _NO_REC_ID),
    LabelledSet("restaurants", "dup-restaurants", _restaurants, "US", {"source": ""}),
    LabelledSet(
        "hpi-restaurants",
        "dup-hpi-restaurants",
        partial(_column, "hpi_restaurants.csv", "class"),
        "US",
        {"class": "", "id": ""},
    ),
    LabelledSet(
        "splink-fake1000", "dup-splink-fake1000", partial(_column, "fake_1000.csv", "cluster"), "GB", {"cluster": ""}
    ),
    LabelledSet(
        "rldata500",
        "dup-rldata500",
        _rldata,
        "DE",
        {"fname_c1": "first_name", "lname_c1": "last_name", "fname_c2": "", "lname_c2": "", "born": "date_of_birth"},
    ),
    LabelledSet(
        "dedupe-childcare",
        "dup-dedupe-childcare",
        partial(_column, "csv_example_input_with_true_ids.csv", "True Id"),
        "US",
        {"True Id": ""},
    ),
    LabelledSet("dupehell-account", "dup-dupehell-crm", partial(_dupehell, "account"), "US", {"account_id": ""}),
    LabelledSet("dupehell-contact", "dup-dupehell-crm", partial(_dupehell, "contact"), "US", {"contact_id": ""}),
    LabelledSet(
        "dupehell-lead", "dup-dupehell-crm", partial(_dupehell, "lead"), "US", {"lead_id": "", "campaign_id": ""}
    ),
    LabelledSet("dnb-names", "dup-dnb-names", _dnb, columns={"no": ""}),
    LabelledSet(
        "wikirate-companies",
        "dup-wikirate-companies",
        _wikirate,
        columns={"open_corporates": "", "sec_cik": "", "oar_id": ""},
    ),
)
