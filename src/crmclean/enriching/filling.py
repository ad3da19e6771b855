"""Decides what is written and what is only proposed, by the policies of the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_, or_

import polars as pl

from crmclean.core.enrichment import ADDRESS, OVERWRITE, OWN, PROPOSE, UNITS, VERIFIED, policy_key
from crmclean.enriching.offers import Offer, address_is_left_alone
from crmclean.enriching.policies import Policies
from crmclean.enriching.said import Said
from crmclean.matching.bands import AUTO
from crmclean.table import Normalised

# One row a cell that is filled or proposed.
CELLS_SCHEMA = {
    "row": pl.UInt32,
    "at": pl.UInt32,  # position of the column
    "column": pl.String,
    "field": pl.String,
    "before": pl.String,
    "after": pl.String,
    "policy": pl.String,
    "is_blank": pl.Boolean,
}
_NEEDED = ("street", "city")  # an address without them is none


def decide(cleaned: Normalised, offers: Mapping[str, Offer], said: Said, policies: Policies) -> pl.DataFrame:
    """The cells that are filled or proposed; ``CELLS_SCHEMA``, sorted by row and column.

    Args:
        cleaned: the export.
        offers: by field.
        said: what is said of which records.
        policies: see ``Policies``.
    """
    units: dict[str, list[Offer]] = {}
    for name, offer in offers.items():
        units.setdefault(policy_key(name), []).append(offer)
    parts = []
    for key, members in units.items():
        may = _may(cleaned, key, offers, said)
        parts += _decide_unit(key, members, may, said, policies)
    if not parts:
        return pl.DataFrame(schema=CELLS_SCHEMA)
    return pl.concat(parts).cast(pl.Schema(CELLS_SCHEMA)).sort("row", "at", maintain_order=True)


def _may(cleaned: Normalised, key: str, offers: Mapping[str, Offer], said: Said) -> pl.Series:
    """The records in which a unit may be touched at all."""
    every = pl.repeat(True, len(said.at), dtype=pl.Boolean, eager=True)
    if key == ADDRESS:
        whole = [said.values[name].is_not_null() for name in _NEEDED if name in said.values]
        is_whole = reduce(and_, whole) if len(whole) == len(_NEEDED) else ~every
        return is_whole & ~address_is_left_alone(cleaned, offers, said)
    if key in UNITS:  # the number says nothing without its court, nor the court without its number
        number = said.values.get(key)
        return every if number is None else number.is_not_null()
    return every


def _decide_unit(
    key: str, members: Sequence[Offer], may: pl.Series, said: Said, policies: Policies
) -> list[pl.DataFrame]:
    policy = policies.of(key)
    is_auto = said.rows["band"] == AUTO
    rows = said.rows["number"]
    differs = reduce(or_, (offer.differs for offer in members))
    is_sure = reduce(and_, (offer.is_sure | offer.after.is_null() for offer in members))
    if policy == OVERWRITE:
        may_replace = is_auto
    elif policy == OWN:
        untouched = (~offer.differs | policies.is_own(offer.target.column.name, rows, offer.raw) for offer in members)
        may_replace = reduce(and_, untouched)
    else:
        may_replace = ~is_auto & is_auto
    # A unit is written whole or not at all.
    is_written = may & is_auto & is_sure & (~differs | may_replace)
    if policy == PROPOSE:
        is_written = is_written & ~is_written
    parts = []
    for offer in members:
        wanted = may & offer.after.is_not_null() & ~offer.is_same
        if key == VERIFIED:
            wanted = wanted & is_written
        cells = pl.DataFrame(
            [
                rows.alias("row"), offer.raw.alias("before"), offer.after.alias("after"),
                is_written.alias("is_written"), offer.is_blank.alias("is_blank"),
            ]
        ).filter(wanted)  # fmt: skip
        parts.append(
            cells.select(
                "row",
                at=pl.lit(offer.target.column.index),
                column=pl.lit(offer.target.column.name),
                field=pl.lit(offer.target.field),
                before="before",
                after="after",
                policy=pl.when("is_written").then(pl.lit(policy)).otherwise(pl.lit(PROPOSE)),
                is_blank="is_blank",
            )
        )
    return parts
