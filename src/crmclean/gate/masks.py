"""Findings that may be seen by strangers."""

from __future__ import annotations

import polars as pl

from crmclean.core.masking import masked


def with_masks(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings with values and suggestions that may be seen by strangers."""
    hidden = [
        pl.Series(name, [None if value is None else masked(value, field) for value, field in rows], pl.String)
        for name in ("value", "suggestion")
        for rows in [findings.select(name, "field").iter_rows()]
    ]
    return findings.with_columns(hidden)
