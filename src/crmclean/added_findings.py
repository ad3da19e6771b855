"""Findings about records that are already judged, among those that are there."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from crmclean.core.codes import Severity
from crmclean.table import FINDINGS_SCHEMA, Normalised

_AT = "at"  # position of a finding's column, to sort by


def findings_at(
    cleaned: Normalised, at: pl.Series, column: str | None, code: str, severity: Severity, message: str
) -> pl.DataFrame:
    """One finding for each of some records, with the position of their column, for ``with_findings``.

    Args:
        cleaned: the table.
        at: ``Boolean``, n_rows: the records.
        column: unique name of the column that is meant; ``None``: the record as a whole, said at its first column.
        code: of the finding.
        severity: of the finding.
        message: in the language of the run.
    """
    table = cleaned.table
    where = at.arg_true()
    name = column or table.names[0]
    meant = next(each for each in cleaned.columns if each.name == name)
    ids = next((each.name for each in cleaned.columns if each.field == "record_id"), None)
    known = {
        "row": where + 1,
        "line": table.lines.gather(where),
        "record_id": table.frame[ids].gather(where) if ids is not None else None,
        "column": pl.lit(name),
        "field": pl.lit(meant.field, pl.String),
        "code": pl.lit(code),
        "severity": pl.lit(severity.value),
        "value": table.frame[name].gather(where),
        "suggestion": pl.lit(None, pl.String),
        "message": pl.lit(message),
    }
    made = pl.DataFrame({"row": known.pop("row")}).with_columns(**known)
    return made.select(
        *(pl.col(each).cast(kind) for each, kind in FINDINGS_SCHEMA.items()),
        pl.lit(meant.index, pl.UInt32).alias(_AT),
    )


def with_findings(cleaned: Normalised, found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All findings sorted by row, then column position; at one cell those of the fields come first."""
    position = {column.name: column.index for column in cleaned.columns}
    own = pl.concat(found).sort("row", _AT, maintain_order=True)
    at = pl.col("column").cast(pl.String).replace_strict(position, default=0, return_dtype=pl.UInt32)
    others = cleaned.findings.with_columns(at.alias(_AT))
    return pl.concat([others, own]).sort("row", _AT, maintain_order=True, nulls_last=False).drop(_AT)
