"""``explain DIR ROW ROW``: why two records of a job match, or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.core.errors import UsageError
from crmclean.core.language import Text
from crmclean.formats.state import State
from crmclean.matching.balance import Balance, balance_of
from crmclean.matching.duplicates import Duplicates
from crmclean.pipeline.jobs import Job
from crmclean.pipeline.matching import find_among
from crmclean.pipeline.preparing import Cleaned, prepare
from crmclean.table import Normalised


@dataclass(frozen=True, slots=True)
class Explained:
    """Two records of a job.

    Attributes:
        balance: see ``Balance``.
        named: what each is called: its row, with its file where there are several, and its record id.
        cells: ``column``, ``a``, ``b``: the cells of both that hold anything, in the order of the columns.
    """

    balance: Balance
    named: tuple[str, str]
    cells: pl.DataFrame


def explain_pair(job: Job, one: str, other: str) -> Explained:
    """Look at two records once more, with the settings, the inputs and the decisions of their job.

    Args:
        job: that compared them.
        one: row number, ``FILE:ROW`` where the job had several inputs, or record id.
        other: the same.

    Raises:
        UsageError: no such record.
        InputError: an export has changed since.
    """
    cleaned = [prepare(str(path), job.settings) for path in job.exports]
    with State(job.state_path) as state:
        found = find_among(cleaned, job.settings, state, link=job.is_linked)
    rows = (_row(found, one), _row(found, other))
    if rows[0] == rows[1]:
        raise UsageError(
            Text("both are the same record", "beides ist derselbe Datensatz"),
            code="usage",
            hint=Text("name two records", "zwei Datensätze nennen"),
        )
    return Explained(
        balance_of(found, *rows), (_name(found, rows[0]), _name(found, rows[1])), _cells(cleaned, found, rows)
    )


def _row(found: Duplicates, named: str) -> int:
    """The 0-based row of all records; a number is a row before it is a record id."""
    records = found.records.frame.with_row_index("at")
    file, _, last = named.rpartition(":")
    is_row = (
        (pl.col("row") == int(last)) if last.isascii() and last.isdigit() and len(last) < 10 else pl.lit(value=False)
    )
    if file:
        is_row = is_row & (pl.col("file") == file)
    hits = records.filter(is_row)
    if hits.is_empty():
        hits = records.filter(pl.col("record_id") == named)
    if hits.height == 1:
        return int(hits["at"][0])
    if hits.is_empty():
        what = Text(f"there is no record {named!r}", f"einen Datensatz {named!r} gibt es nicht")
        hint = Text(
            f"a row from 1 to {records.height}, or a record id",
            f"eine Zeile von 1 bis {records.height} oder eine Datensatz-ID",
        )
    else:
        what = Text(f"{hits.height} records are called {named!r}", f"{hits.height} Datensätze heißen {named!r}")
        first = hits["file"][0]
        hint = Text(f"for example {first}:{hits['row'][0]}", f"zum Beispiel {first}:{hits['row'][0]}")
    raise UsageError(what, code="usage", hint=hint)


def _name(found: Duplicates, at: int) -> str:
    record = found.records.frame.row(at, named=True)
    row = f"{record['file']}:{record['row']}" if found.records.n_sources > 1 else str(record["row"])
    return f"{row} ({record['record_id']})" if record["record_id"] else row


def _cells(cleaned: Sequence[Cleaned], found: Duplicates, rows: tuple[int, int]) -> pl.DataFrame:
    """What both records say, column by column."""
    sides = []
    for at in rows:
        record = found.records.frame.row(at, named=True)
        sides.append(_said(cleaned[record["source"] - 1].normalised, record["row"] - 1))
    columns = dict.fromkeys(column for side in sides for column in side)
    told = [(column, sides[0].get(column, ""), sides[1].get(column, "")) for column in columns]
    return pl.DataFrame(told, schema=dict.fromkeys(("column", "a", "b"), pl.String), orient="row")


def _said(normalised: Normalised, row: int) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in normalised.table.frame.row(row, named=True).items():
        if value is not None and value.strip():
            cells[name] = value.strip()
    return cells
