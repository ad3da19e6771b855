"""German register numbers of a whole column: those in plain form without a court; all others go to the field."""

from __future__ import annotations

import polars as pl

from crmclean.fields.ids._courts import current_courts
from crmclean.table import Accelerator

_PLAIN = "^(?:HRA|HRB|GnR|GsR|VR|PR) [1-9][0-9]{0,5}$"


def run(values: pl.DataFrame, style: str) -> pl.DataFrame:  # noqa: ARG001 - the plain form is that of every style
    """See ``table.Accelerator``."""
    handled = pl.col("value").str.contains(_PLAIN)
    if "register_court" in values.columns:
        # A court whose register has moved is a doubt, so its numbers are left to the field.
        court = pl.col("register_court")
        handled &= court.is_null() | court.is_in(pl.Series(current_courts(), dtype=pl.String).implode())
    rows = values.select("value", handled=handled)
    kept = pl.when("handled").then("value")
    return rows.select(
        "handled",
        canonical=kept,
        written=kept,
        code=pl.lit(None, pl.String),
        suggestion=pl.lit(None, pl.String),
    )


ACCELERATOR = Accelerator("register_number", run)
