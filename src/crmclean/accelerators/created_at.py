"""The field of this name over a whole column: see ``_dates``."""

from __future__ import annotations

import polars as pl

from crmclean.accelerators import _dates
from crmclean.plugins import Accelerator


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    return _dates.run(values, style, "created_at")


ACCELERATOR = Accelerator("created_at", run)
