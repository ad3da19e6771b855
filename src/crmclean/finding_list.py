"""Everything that was found, in one frame: about the file, lines that are no record, and cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from crmclean.core.catalogue import describe
from crmclean.core.rule_codes import PREFIX
from crmclean.core.text import column_letters
from crmclean.gate_result import RESULT_SCHEMA
from crmclean.table import Normalised

# Of which kind a finding is: it decides which limit it counts for.
FILE, REJECT, CELL = "file", "reject", "cell"
ALL_SCHEMA: Mapping[str, Any] = {
    **{name: kind for name, kind in RESULT_SCHEMA.items() if name not in ("is_new", "fails")},
    "kind": pl.String,
}


def all_findings(cleaned: Normalised) -> pl.DataFrame:
    """What was found, with the values as they are.

    Returns:
        ``ALL_SCHEMA``: notes about the file, then rejected lines, then cells by row and column.
    """
    letters = {name: column_letters(at) for at, name in enumerate(cleaned.table.names)}
    few = pl.DataFrame([*_notes(cleaned, letters), *_rejects(cleaned)], schema=dict(ALL_SCHEMA), orient="row")
    found = cleaned.findings
    codes = {str(code): _messages(str(code)) for code in found["code"].unique().to_list()}
    names = found["column"].unique().drop_nulls().to_list()
    cells = found.with_columns(
        pl.col("column", "field", "code", "severity", "message").cast(pl.String),
        pl.lit(CELL).alias("kind"),
    ).with_columns(
        _mapped("column", {name: letters.get(name) for name in names}).alias("letter"),
        # A rule of the user's own has no description: its message is the only one.
        pl.coalesce(_mapped("code", {code: said[0] for code, said in codes.items()}), "message").alias("message_en"),
        pl.coalesce(_mapped("code", {code: said[1] for code, said in codes.items()}), "message").alias("message_de"),
    )
    return pl.concat([few, cells.select(pl.col(name).cast(kind) for name, kind in ALL_SCHEMA.items())])


def _messages(code: str) -> tuple[str | None, str | None]:
    if code.startswith(PREFIX):
        return None, None
    try:
        return describe(code).what
    except KeyError:
        return None, None


def _mapped(column: str, values: Mapping[str, str | None]) -> pl.Expr:
    if not values:
        return pl.lit(None, pl.String)
    return pl.col(column).replace_strict(values, default=None, return_dtype=pl.String)


def _notes(cleaned: Normalised, letters: Mapping[str, str]) -> list[tuple[Any, ...]]:
    ids = _record_ids(cleaned)
    return [
        (note.row, note.line, ids[note.row - 1] if ids is not None and note.row else None,
         note.column, letters.get(note.column or ""), None, note.code, note.severity.value,
         None, None, note.message.en, note.message.de, FILE)
        for note in cleaned.table.notes
    ]  # fmt: skip


def _rejects(cleaned: Normalised) -> list[tuple[Any, ...]]:
    return [
        (None, reject.line, None, None, None, None, reject.code, "error", reject.raw, None,
         *describe(reject.code).what, REJECT)
        for reject in cleaned.table.rejects
    ]  # fmt: skip


def _record_ids(cleaned: Normalised) -> pl.Series | None:
    name = record_id_column(cleaned)
    return cleaned.table.frame[name] if name else None


def record_id_column(cleaned: Normalised) -> str:
    """The column that holds the records' ids; empty if none does."""
    return next((column.name for column in cleaned.columns if column.field == "record_id"), "")
