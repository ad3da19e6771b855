"""The figures by owner, segment, source and country: who has to act."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from crmclean.core.groups import KINDS, Group, Grouping
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.summary import Ratio
from crmclean.core.text import fold
from crmclean.measures.purposes import Served
from crmclean.measures.records import Records
from crmclean.table import Column, Verdict

MAX_GROUPS = 20  # of one column; the rest is summed
_MAX_NAME = 80  # characters of a group's name
# What columns are called that say where a record came from; they hold the firm's own words and have no field.
_SOURCES = frozenset(
    fold(name)
    for name in (
        "source|source system|data source|lead source|original source|record source|origin|import source|system|"
        "quelle|quellsystem|datenquelle|leadquelle|lead-quelle|herkunft|herkunftssystem|datenherkunft|importquelle|"
        "contact source|account source|created via|ursprung|vorsystem"
    ).split("|")
)
_FIGURES = ("complete", "completable", "valid", "judged", "errors")


def measure_groups(records: Records, served: tuple[Served, ...]) -> tuple[Grouping, ...]:
    """One grouping a column that makes at least two groups; the first column of each kind.

    Args:
        records: the cleaned records.
        served: the purposes with the records that serve them.
    """
    columns = dict(_columns(records))
    if not columns or not records.n_rows:
        return ()
    figures = _by_record(records, served)
    found = (
        _grouping(kind, column, figures.with_columns(key=_keys(records, column))) for kind, column in columns.items()
    )
    return tuple(grouping for grouping in found if grouping is not None)


def _columns(records: Records) -> Iterator[tuple[str, Column]]:
    for kind in KINDS:
        holders = [
            column
            for column in records.cleaned.columns
            if (kind == column.field) or (kind == "source" and column.field in (None, "text") and _is_source(column))
        ]
        yield from [(kind, column) for column in holders[:1]]


def _is_source(column: Column) -> bool:
    return fold(column.label) in _SOURCES


def _keys(records: Records, column: Column) -> pl.Series:
    """The value of each record; a country as its code, as far as it is one."""
    written = records.cleaned.written[column.name].str.strip_chars()
    is_nothing = written.is_null() | written.str.to_lowercase().is_in(["", *sorted(PLACEHOLDERS)])
    judged = records.cleaned.judged.get(column.name)
    known = judged.canonical if judged is not None and column.field == "country" else written
    frame = pl.DataFrame({"known": known, "written": written, "nothing": is_nothing.fill_null(value=True)})
    name = pl.coalesce("known", "written")
    cut = pl.when(name.str.len_chars() > _MAX_NAME).then(name.str.slice(0, _MAX_NAME - 1) + "…").otherwise(name)
    return frame.select(pl.when("nothing").then(pl.lit("")).otherwise(cut).alias("key")).to_series()


def _by_record(records: Records, served: tuple[Served, ...]) -> pl.DataFrame:
    """``_FIGURES`` of each record."""
    applying = [fits for purpose, fits in served if purpose.ratio.of]
    # A column nobody could judge has no say in validity, as in ``RunSummary.scores``.
    verdicts = [judged.verdict for judged in records.cleaned.judged.values()]
    findings = records.cleaned.findings
    wrong = (
        findings.filter(pl.col("severity").cast(pl.String) == "error")
        .group_by("row", maintain_order=True)
        .len("errors")
    )
    rows = pl.DataFrame({"row": pl.arange(1, records.n_rows + 1, eager=True, dtype=pl.UInt32)})
    errors = rows.join(wrong, on="row", how="left", maintain_order="left")["errors"].fill_null(0)
    valid, invalid = (
        _how_many([v == int(kind) for v in verdicts], records) for kind in (Verdict.VALID, Verdict.INVALID)
    )
    return pl.DataFrame(
        {
            "complete": _how_many(applying, records),
            "completable": pl.Series([len(applying)], dtype=pl.UInt32).new_from_index(0, records.n_rows),
            "valid": valid,
            "judged": valid + invalid,
            "errors": errors,
        }
    )


def _how_many(flags: list[pl.Series], records: Records) -> pl.Series:
    """In how many of these series each record is true."""
    if not flags:
        return pl.Series([0], dtype=pl.UInt32).new_from_index(0, records.n_rows)
    frame = pl.DataFrame([flag.alias(str(i)) for i, flag in enumerate(flags)])
    return frame.select(pl.sum_horizontal(pl.all().cast(pl.UInt32))).to_series()


def _grouping(kind: str, column: Column, figures: pl.DataFrame) -> Grouping | None:
    sums = [pl.col(name).cast(pl.Int64).sum() for name in _FIGURES]
    by_key = figures.group_by("key", maintain_order=True).agg(pl.len().alias("records"), *sums)
    if by_key.height < 2:
        return None
    ordered = by_key.sort(["records", "key"], descending=[True, False])
    rest = ordered.slice(MAX_GROUPS)
    totals = rest.select(
        pl.lit("").alias("key"), *(pl.col(name).cast(pl.Int64).sum() for name in ("records", *_FIGURES))
    )
    groups = sorted(map(_group, ordered.head(MAX_GROUPS).iter_rows()), key=lambda group: (group.share, group.name))
    others = _group(totals.row(0)) if rest.height else None
    return Grouping(kind, column.name, tuple(groups), others, rest.height)


def _group(row: tuple[str, int, int, int, int, int, int]) -> Group:
    name, records, complete, completable, valid, judged, errors = row
    return Group(name, records, Ratio(complete, completable), Ratio(valid, judged), errors)
