"""Which records went to another phase of the lifecycle since the run before."""

from __future__ import annotations

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.history import PhaseMove
from crmclean.core.phase_titles import SEVEN, UNKNOWN
from crmclean.core.ratio import Ratio
from crmclean.measures.lifecycle import CUSTOMERS, LEFT, phases
from crmclean.measures.records import Records

PRESENT_SCHEMA = {"record": pl.Int64, "phase": pl.String}


def phases_of(records: Records, hashes: pl.Series, limits: LifecycleSection) -> pl.DataFrame:
    """The phase of each record that can be followed: its id stands once, and its phase is known.

    Args:
        records: of the export.
        hashes: ``Int64``, n_rows: of their ids; null where there is none.
        limits: of the phases.

    Returns:
        ``PRESENT_SCHEMA``.
    """
    found = phases(records, limits)
    if found is None:
        return pl.DataFrame(schema=PRESENT_SCHEMA)
    frame = pl.DataFrame([hashes.alias("record"), found.seven.alias("phase")])
    return frame.filter(pl.col("record").is_not_null() & pl.col("record").is_unique() & (pl.col("phase") != UNKNOWN))


def changed(now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """``record, phase, before``: records whose phase is another; null is: not there, or nobody can tell."""
    joined = now.join(before.rename({"phase": "before"}), on="record", how="full", coalesce=True)
    return joined.filter(pl.col("phase").ne_missing(pl.col("before"))).sort("record")


def retention(now: pl.DataFrame, before: pl.DataFrame, records: pl.Series) -> Ratio:
    """Customers of the run before that still are, of those whose fate is known: see ``measures.churn``.

    Args:
        now: ``PRESENT_SCHEMA``: of this run.
        before: the same of the run before.
        records: ``Int64``: hashes of all ids of this run; who is not among them is lost.
    """
    was = before.filter(pl.col("phase").is_in(CUSTOMERS))
    joined = was.join(now.select("record", pl.col("phase").alias("after")), on="record", how="left")
    is_there = pl.col("record").is_in(records.drop_nulls().implode())
    counts = joined.select(
        kept=pl.col("after").is_in(CUSTOMERS).fill_null(value=False).sum(),
        lost=(pl.col("after").is_in(LEFT).fill_null(value=False) | ~is_there).sum(),
    ).row(0, named=True)
    return Ratio(counts["kept"], counts["kept"] + counts["lost"])


def moves(changes: pl.DataFrame) -> tuple[PhaseMove, ...]:
    """How many went from where to where; the most frequent first."""
    order = {name: place for place, name in enumerate(SEVEN)}
    counted = changes.drop_nulls().group_by("before", "phase", maintain_order=True).len()
    found = [PhaseMove(*row) for row in counted.iter_rows() if row[0] in order]
    return tuple(sorted(found, key=lambda move: (-move.n, order[move.before], order[move.after])))
