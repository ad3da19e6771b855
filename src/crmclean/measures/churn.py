"""Churn and retention between two exports of one CRM, record by record through the record's id.

Retention is (customers at the end - new ones) / customers at the start, which is the share of the customers at the
start that still are. Sources: Reichheld, Sasser, Zero Defections: Quality Comes to Services, HBR 9/1990; Farris and
others, Marketing Metrics, 2010 (retention rate).
"""

from __future__ import annotations

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.churn import GONE, LISTED, Churn, Move
from crmclean.core.phase_titles import SEVEN, UNKNOWN
from crmclean.core.registry import FIELDS
from crmclean.measures.lifecycle import CUSTOMERS, LEFT, phases
from crmclean.measures.records import Records
from crmclean.table import Normalised


def churn_between(
    old: Normalised, new: Normalised, limits: LifecycleSection | None = None, *, entity: str = "auto"
) -> Churn | None:
    """Churn from an older to a newer export; ``None`` where one of them has no record ids.

    Args:
        old: the older export, judged by the day it was made (its ``as_of``).
        new: the newer one.
        limits: of the phases; the usual ones if left out.
        entity: what a record is, see ``Records``.
    """
    moved = phase_moves(old, new, limits, entity=entity)
    if moved is None:
        return None
    living = [*sorted(CUSTOMERS), LISTED]
    was = pl.col("before").is_in(living).fill_null(value=False)
    is_now = pl.col("after").is_in(living)
    counts = moved.select(
        by_phase=~pl.col("before").eq_missing(LISTED).any() & ~pl.col("after").eq_missing(LISTED).any(),
        start=was.sum(),
        kept=(was & is_now).sum(),
        lost=(was & pl.col("after").is_in([*sorted(LEFT), GONE])).sum(),
        new=(is_now & ~was).sum(),
        followed=pl.col("before").is_not_null().sum() + (pl.col("after") != GONE).sum(),
    ).row(0, named=True)
    return Churn(
        by_phase=counts["by_phase"],
        start=counts["start"],
        kept=counts["kept"],
        lost=counts["lost"],
        unknown=counts["start"] - counts["kept"] - counts["lost"],
        new=counts["new"],
        without_id=old.table.frame.height + new.table.frame.height - counts["followed"],
        moves=_moves(moved),
    )


def phase_moves(
    old: Normalised, new: Normalised, limits: LifecycleSection | None = None, *, entity: str = "auto"
) -> pl.DataFrame | None:
    """The phase of every record before and after, for those whose id stands once in its export.

    Args:
        old: the older export, judged by the day it was made.
        new: the newer one.
        limits: of the phases; the usual ones if left out.
        entity: what a record is, see ``Records``.

    Returns:
        ``id`` (comparison key of the record id), ``before`` (null: not in the old export), ``after`` (``gone``: not in
        the new one): keys of ``lifecycle.SEVEN``, or ``listed`` where one export says nothing about phases. Sorted
        by id. ``None`` where one of them has no record ids.
    """
    given = limits or LifecycleSection()
    both = [Records(one, entity) for one in (old, new)]
    if not all(records.has("record_id") for records in both):
        return None
    found = [phases(records, given) for records in both]
    known = all(found)
    sides = [
        _by_id(records, each.seven if each and known else None, name)
        for records, each, name in zip(both, found, ("before", "after"), strict=True)
    ]
    # An id that stands twice in one export can't be followed in the other either.
    twice = pl.concat([side.filter(pl.col("id").is_duplicated()).select("id") for side in sides])
    before, after = (side.join(twice, on="id", how="anti", maintain_order="left") for side in sides)
    joined = before.join(after, on="id", how="full", coalesce=True)
    return joined.with_columns(pl.col("after").fill_null(GONE)).select("id", "before", "after").sort("id")


def _by_id(records: Records, phase: pl.Series | None, name: str) -> pl.DataFrame:
    judged = records.cleaned.of_field("record_id")[0]
    frame = pl.DataFrame({"id": _keys(judged.canonical)})
    said = pl.lit(LISTED).alias(name) if phase is None else phase.alias(name)
    return frame.with_columns(said).drop_nulls("id")


def _keys(ids: pl.Series) -> pl.Series:
    """One CRM writes the same id in several ways; distinct ones are keyed once."""
    key = FIELDS["record_id"].key
    different = ids.drop_nulls().unique(maintain_order=True)
    keys = pl.Series([key(each) for each in different], dtype=pl.String)
    return ids.replace_strict(different, keys, default=None, return_dtype=pl.String)


def _moves(moved: pl.DataFrame) -> tuple[Move, ...]:
    """Who is in another phase now; those without a phase before or after say nothing."""
    order = {name: place for place, name in enumerate([*SEVEN, LISTED, GONE])}
    counted = (
        moved.filter(pl.col("before").is_not_null() & (pl.col("before") != pl.col("after")))
        .filter((pl.col("before") != UNKNOWN) & (pl.col("after") != UNKNOWN))
        .group_by("before", "after")
        .len()
    )
    moves = [Move(*row) for row in counted.iter_rows()]
    return tuple(sorted(moves, key=lambda move: (order[move.before], order[move.after])))
