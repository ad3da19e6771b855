"""What became of each finding since the run before: new, still open, fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.history import CodeSince
from crmclean.finding_keys import finding_hashes, nth_of_equal
from crmclean.formats.history_tables import FINDING_KEY_BYTES, KEY, OPEN_SCHEMA

NEW, OPEN, FIXED = "new", "open", "fixed"
_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Since:
    """The findings of a run beside those of the run before.

    Attributes:
        present: a row for each finding of the run, in its order: ``OPEN_SCHEMA`` with ``status`` (new or open) and
            ``first_seen`` (ISO day); ``first_run`` is null for new ones.
        fixed: ``OPEN_SCHEMA`` with ``first_seen``: findings of the run before that are no more.
    """

    present: pl.DataFrame
    fixed: pl.DataFrame

    def by_code(self) -> tuple[CodeSince, ...]:
        """How many of each code are new, still open and fixed; gravest first, then the most new ones."""
        now = self.present.select("code", "severity", "status", "first_seen")
        then = self.fixed.select(
            "code", "severity", pl.lit(FIXED).alias("status"), pl.lit(None, pl.String).alias("first_seen")
        )
        counted = (
            pl.concat([now, then])
            .group_by("code", maintain_order=True)
            .agg(
                pl.col("severity").first(),
                *((pl.col("status") == status).sum().alias(status) for status in (NEW, OPEN, FIXED)),
                pl.col("first_seen").min().fill_null("").alias("oldest"),
            )
        )
        found = [CodeSince(*row) for row in counted.iter_rows()]
        return tuple(sorted(found, key=lambda each: (_GRAVITY[each.severity], -each.new, -each.still, each.code)))


def keyed(findings: pl.DataFrame, salt: bytes, records: pl.Series) -> pl.DataFrame:
    """What each finding is known by.

    Args:
        findings: ``finding_list.ALL_SCHEMA``, values as they are.
        salt: of the history.
        records: ``Int64``, n_rows: hash of each record's id.

    Returns:
        ``OPEN_SCHEMA`` without ``first_run``, in the same order.
    """
    digests = finding_hashes(findings, salt, FINDING_KEY_BYTES)
    keys = pl.Series("key", [int.from_bytes(each, "big", signed=True) for each in digests], pl.Int64)
    record = records.gather(findings["row"].cast(pl.Int64) - 1).alias("record")
    frame = findings.select("code", pl.col("column").fill_null("").alias("place"), keys, record, "severity")
    return frame.with_columns(nth_of_equal(KEY[:-1]).cast(pl.Int64).alias("nth"))


def compared(now: pl.DataFrame, before: pl.DataFrame, days: Mapping[int, str], today: str) -> Since:
    """The findings of two runs side by side.

    Args:
        now: see ``keyed``.
        before: ``OPEN_SCHEMA``.
        days: ISO day of each run by its number.
        today: ISO day of this run.
    """
    seen = (
        pl.col("first_run").replace_strict(days, default=None, return_dtype=pl.String)
        if days
        else pl.lit(None, pl.String)
    )
    known = before.with_columns(seen.alias("first_seen"))
    present = now.join(known.select(*KEY, "first_run", "first_seen"), on=KEY, how="left", maintain_order="left")
    is_new = pl.col("first_run").is_null()
    return Since(
        present.with_columns(
            pl.when(is_new).then(pl.lit(NEW)).otherwise(pl.lit(OPEN)).alias("status"),
            pl.when(is_new).then(pl.lit(today)).otherwise("first_seen").alias("first_seen"),
        ).select(*OPEN_SCHEMA, "status", "first_seen"),
        known.join(now, on=KEY, how="anti", maintain_order="left"),
    )
