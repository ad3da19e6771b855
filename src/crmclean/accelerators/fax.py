"""Fax numbers of a whole column: see ``_phone``."""

from __future__ import annotations

import polars as pl

from crmclean.accelerators import _phone
from crmclean.plugins import Accelerator


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:
    """See ``table.Accelerator``."""
    return _phone.run(values, style, "fax")


ACCELERATOR = Accelerator("fax", run)
