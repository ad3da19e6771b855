"""Findings that may be seen by strangers; a value that stands in many findings is masked once."""

from __future__ import annotations

import polars as pl

from crmclean.core.masking import masked


def with_masks(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings with ``value`` and ``suggestion`` masked.

    Args:
        findings: with ``value``, ``suggestion`` and ``field`` (``String``).
    """
    return findings.with_columns(_masked(findings, name) for name in ("value", "suggestion"))


def _masked(findings: pl.DataFrame, name: str) -> pl.Series:
    key = [name, "field"]
    different = findings.select(key).unique(maintain_order=True)
    hidden = [None if value is None else masked(value, field) for value, field in different.iter_rows()]
    masks = different.with_columns(pl.Series("masked", hidden, pl.String))
    shown = findings.select(key).join(masks, on=key, how="left", nulls_equal=True, maintain_order="left")
    return shown["masked"].alias(name)
