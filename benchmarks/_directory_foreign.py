"""Companies of other sources looked up in a register: nobody knows the truth, so what is certain is written down."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from benchmarks._directory_lookup import own_ids, wanted_of
from crmclean.cdir.local import LocalDirectory
from crmclean.core.field import NO_HINTS
from crmclean.core.registry import FIELDS
from crmclean.matching.bands import AUTO
from crmclean.matching.subjects import mapped

_COMPANIES = {
    "slug": "-", "name": "company_name", "runs": "-", "address": "full_address", "phone": "phone", "fax": "-",
    "email": "email", "web": "website", "relevant_countries": "-", "categories": "-", "quality": "-",
}  # fmt: skip
_NAMES = {
    "LEI": "lei", "Entity.LegalName": "company_name", "Entity.LegalAddress.Country": "country",
    "Entity.EntityCategory": "-",
}  # fmt: skip
_OF_NAMES = frozenset(("company", "legal_form"))  # lines that a name alone makes speak
_GERMAN = r"(?:Deutschland|Germany)\s*$"


def ask_foreign(path: Path, directory: LocalDirectory, out: Path) -> list[str]:
    """Companies with an address: how many of each band; the certain ones go to a file, side by side."""
    every = pl.read_csv(path, infer_schema=False)
    of_germany = every.filter(pl.col("address").str.contains(_GERMAN))
    missed = []
    for name, rows in {"of Germany": of_germany, "all": every, "under further names": _further(of_germany)}.items():
        first = _first(rows, _COMPANIES, directory)
        alone = _by_name_alone(first)
        print(f"{path.parent.name}, {name}: {rows.height:,} companies; {_bands(first, rows.height)}; "
              f"auto by the name alone: {alone}")  # fmt: skip
        _write_side_by_side(rows, first.filter(pl.col("band") == AUTO), directory, out / f"auto {name}.csv")
        missed += [f"{name}: auto by the name alone"] if alone else []
    return missed


def _further(rows: pl.DataFrame) -> pl.DataFrame:
    """A row for each brand and company that a row says it runs."""
    names = pl.col("runs").str.split(" | ")
    return rows.with_columns(name=names).explode("name", empty_as_null=True, keep_nulls=True).drop_nulls("name")


def ask_names(path: Path, directory: LocalDirectory, _out: Path) -> list[str]:
    """Names without an address: how many companies bear them, and that none is certain."""
    every = pl.read_csv(path, infer_schema=False)
    rows = every.filter(pl.col("Entity.LegalAddress.Country") == "DE")
    first = _first(rows, _NAMES, directory)
    n_of_name = _bearers(rows["Entity.LegalName"], directory)
    one, several, none = int((n_of_name == 1).sum()), int((n_of_name > 1).sum()), int((n_of_name == 0).sum())
    print(f"{path.parent.name}, of Germany: {rows.height:,} names; so many companies of the register bear them: "
          f"one {one:,}, several {several:,}, none {none:,}")  # fmt: skip
    print(f"  {_bands(first, rows.height)}")
    n_certain = first.filter(pl.col("band") == AUTO).height
    return ["names alone: auto"] if n_certain else []


def _first(rows: pl.DataFrame, columns: dict[str, str], directory: LocalDirectory) -> pl.DataFrame:
    """The likeliest company of each row that may be meant: see ``MATCHES_SCHEMA``."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "asked.csv"
        rows.write_csv(path)
        found = directory.look_up(wanted_of(path, columns)[0]).found
    return found.unique("number", keep="first", maintain_order=True)


def _bands(first: pl.DataFrame, n: int) -> str:
    told = {str(band): int(count) for band, count in first["band"].value_counts(sort=True).rows()}
    told["none"] = n - first.height
    return ", ".join(f"{band} {count:,} ({count / n:.1%})" for band, count in told.items())


def _by_name_alone(first: pl.DataFrame) -> int:
    certain = first.filter(pl.col("band") == AUTO)["found_by"]
    return sum(set(found.split()) <= _OF_NAMES for found in certain)


def _bearers(names: pl.Series, directory: LocalDirectory) -> pl.Series:
    """How many companies of the directory bear each name now: letters, blanks and spellings of the form aside."""
    companies = directory.file.everything()[0]
    borne = _told(companies["company_name"]).alias("name").to_frame().drop_nulls()
    counted = borne.group_by("name").len("n")
    asked = _told(names).alias("name").to_frame()
    return asked.join(counted, on="name", how="left", maintain_order="left")["n"].fill_null(0)


def _told(names: pl.Series) -> pl.Series:
    """The comparison key of a name, with its legal form."""
    kind = FIELDS["company_name"]

    def key(name: str) -> str | None:
        parsed = kind.parse(name, NO_HINTS)
        told = kind.key(parsed.value or name)
        return f"{told}|{parsed.parts.get('legal_form', '')}" if told else None

    return mapped(names, key)


def _write_side_by_side(rows: pl.DataFrame, first: pl.DataFrame, directory: LocalDirectory, path: Path) -> None:
    """Both sides of the matches beside each other, for somebody to read."""
    numbers = directory.file.numbers_of(first["source_id"])
    companies = directory.file.companies(pl.Series(list(numbers.values()), dtype=pl.UInt32))
    address = pl.concat_str(["street", "house_number", "postal_code", "city"], separator=" ", ignore_nulls=True)
    there = companies.select("source_id", register_name="company_name", register_address=address)
    asked = rows.select("name", "address", "email", "web")[first["number"].to_list()]
    told = first.select("source_id", "probability", "grade", "found_by", "former_name", "status")
    beside = pl.concat([asked, told], how="horizontal")
    beside = beside.join(there, on="source_id", how="left", maintain_order="left")
    beside.join(own_ids(directory, beside["source_id"]), on="source_id", how="left", maintain_order="left").write_csv(
        path
    )
