"""What became of each finding since the run before: new, still open, fixed, or gone with its record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.core.codes import GRAVITY
from crmclean.core.history import CodeSince
from crmclean.finding_keys import finding_hashes, nth_of_equal
from crmclean.formats.history_tables import FINDING_KEY_BYTES, KEY, OPEN_SCHEMA

NEW, OPEN, FIXED, GONE = "new", "open", "fixed", "gone"
PRESENT = tuple(name for name in OPEN_SCHEMA if name != "is_away")


@dataclass(frozen=True, slots=True)
class Since:
    """The findings of a run beside those of the run before.

    Attributes:
        present: a row for each finding of the run, in its order: ``PRESENT`` with ``status`` (new or open) and
            ``first_seen`` (ISO day); ``first_run`` is null for new ones.
        fixed: ``OPEN_SCHEMA`` with ``first_seen``: findings of the run before that are no more.
        gone: the same: findings of the run before whose record or column is not there any more.
        back: ``OPEN_SCHEMA``: findings that were away, and whose record and column are there again.
    """

    present: pl.DataFrame
    fixed: pl.DataFrame
    gone: pl.DataFrame
    back: pl.DataFrame

    def by_code(self) -> tuple[CodeSince, ...]:
        """How many of each code are new, still open, fixed and gone; gravest first, then the most new ones."""
        no_more = [
            frame.select(
                "code", "severity", pl.lit(status).alias("status"), pl.lit(None, pl.String).alias("first_seen")
            )
            for status, frame in ((FIXED, self.fixed), (GONE, self.gone))
        ]
        counted = (
            pl.concat([self.present.select("code", "severity", "status", "first_seen"), *no_more])
            .group_by("code", maintain_order=True)
            .agg(
                pl.col("severity").first(),
                *((pl.col("status") == status).sum().alias(status) for status in (NEW, OPEN, FIXED)),
                pl.col("first_seen").min().fill_null("").alias("oldest"),
                (pl.col("status") == GONE).sum().alias(GONE),
            )
        )
        found = [CodeSince(*row) for row in counted.iter_rows()]
        return tuple(sorted(found, key=lambda each: (GRAVITY[each.severity], -each.new, -each.still, each.code)))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run could look at; findings of the run before that are elsewhere are gone, not fixed.

    Attributes:
        records: ``Int64``: hashes of the records' ids.
        places: columns by the name their findings are kept by, without those that are suddenly empty.
        empty: of these, columns without any filled cell: what went away with its cells has not come back.
        is_torn: half of the records are missing: findings that are of no record's id are not fixed either.
    """

    records: pl.Series
    places: Collection[str]
    empty: Collection[str]
    is_torn: bool

    def holds(self) -> pl.Expr:
        """Whether a finding's record and column are among them."""
        known = pl.lit(not self.is_torn)
        record = pl.col("record").is_in(self.records.drop_nulls().implode()).fill_null(known)
        place = (pl.col("place") == "") | pl.col("place").is_in(list(self.places))
        return record & place & ~(pl.col("is_away") & pl.col("place").is_in(list(self.empty)))


def keyed(
    findings: pl.DataFrame, salt: bytes, records: pl.Series, names: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """What each finding is known by.

    Args:
        findings: ``finding_list.ALL_SCHEMA``, values as they are.
        salt: of the history.
        records: ``Int64``, n_rows: hash of each record's id.
        names: columns that were renamed, and the name their findings are kept by.

    Returns:
        ``OPEN_SCHEMA`` without ``first_run`` and ``is_away``, in the same order.
    """
    digests = finding_hashes(findings, salt, FINDING_KEY_BYTES)
    keys = pl.Series("key", [int.from_bytes(each, "big", signed=True) for each in digests], pl.Int64)
    record = records.gather(findings["row"].cast(pl.Int64) - 1).alias("record")
    place = pl.col("column").fill_null("").replace(dict(names or {})).alias("place")
    frame = findings.select("code", place, keys, record, "severity")
    return frame.with_columns(nth_of_equal(KEY[:-1]).cast(pl.Int64).alias("nth"))


def compared(now: pl.DataFrame, before: pl.DataFrame, days: Mapping[int, str], today: str, seen: Seen) -> Since:
    """The findings of two runs side by side.

    Args:
        now: see ``keyed``.
        before: ``OPEN_SCHEMA``.
        days: ISO day of each run by its number.
        today: ISO day of this run.
        seen: what this run could look at.
    """
    first = (
        pl.col("first_run").replace_strict(days, default=None, return_dtype=pl.String)
        if days
        else pl.lit(None, pl.String)
    )
    known = before.with_columns(first.alias("first_seen"))
    present = now.join(known.select(*KEY, "first_run", "first_seen"), on=KEY, how="left", maintain_order="left")
    is_new = pl.col("first_run").is_null()
    no_more = known.join(now, on=KEY, how="anti", maintain_order="left")
    found_again = known.filter("is_away").join(now, on=KEY, how="semi", maintain_order="left")
    holds = seen.holds()
    return Since(
        present.with_columns(
            pl.when(is_new).then(pl.lit(NEW)).otherwise(pl.lit(OPEN)).alias("status"),
            pl.when(is_new).then(pl.lit(today)).otherwise("first_seen").alias("first_seen"),
        ).select(*PRESENT, "status", "first_seen"),
        fixed=no_more.filter(holds),
        gone=no_more.filter(~holds & ~pl.col("is_away")),
        back=pl.concat([found_again, no_more.filter(pl.col("is_away") & holds)]),
    )
