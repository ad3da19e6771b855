"""What speaks for a value: one function a criterion; smaller is better. A new one is one entry of ``CRITERIA``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from crmclean.merging.consent import refusals
from crmclean.merging.members import LAST, Members, ranked
from crmclean.merging.units import Unit
from crmclean.table import Verdict

# How far a value can be used.
_RANK = {
    int(Verdict.VALID): 0,
    int(Verdict.UNJUDGED): 0,
    int(Verdict.DOUBTFUL): 1,
    int(Verdict.INVALID): 2,
    int(Verdict.PLACEHOLDER): 3,
    int(Verdict.EMPTY): 4,
}
_UNDERSTOOD = (int(Verdict.VALID), int(Verdict.UNJUDGED), int(Verdict.DOUBTFUL))
# Of a whole: a missing part outweighs all broken ones, a broken one all doubtful ones.
_MISSING, _BROKEN = 10_000, 100
_SEPARATOR = (
    "\x1f"  # between the parts of a whole; no cell of a sane file holds it, and it decides nothing but equality
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The members as one unit sees them; all series have k entries.

    Attributes:
        members: all of them.
        unit: what is to survive.
        filled: ``Boolean``: something stands there that is no placeholder.
        key: ``String``: equal where the unit says the same; null where it says nothing.
        text: ``String``: as it stands there.
    """

    members: Members
    unit: Unit
    filled: pl.Series
    key: pl.Series
    text: pl.Series


def candidates(members: Members, unit: Unit) -> Candidates:
    """What each record offers for a unit."""
    names = list(unit.names)
    if len(names) == 1:
        name = names[0]
        return Candidates(members, unit, members.has_something(name), members.keys[name], members.cells[name])
    filled = pl.select(pl.any_horizontal([members.has_something(name) for name in names])).to_series()
    key, text = (
        frame.select(pl.concat_str([pl.col(name).fill_null("") for name in names], separator=_SEPARATOR)).to_series()
        for frame in (members.keys, members.cells)
    )
    return Candidates(members, unit, filled, key, text)


def validity(one: Candidates) -> pl.Series:
    """Usable before doubtful before broken; of a whole first whether its parts are there."""
    verdicts = one.members.verdicts
    names = one.unit.names
    if not one.unit.needed:
        return _worst(verdicts, names)
    lacking = [
        (~pl.any_horizontal(pl.col(name).is_in(_UNDERSTOOD) for name in part)).cast(pl.UInt32)
        for part in one.unit.needed
    ]
    broken = [(pl.col(name) == int(Verdict.INVALID)).cast(pl.UInt32) for name in names]
    doubtful = [(pl.col(name) == int(Verdict.DOUBTFUL)).cast(pl.UInt32) for name in names]
    sums = (pl.sum_horizontal(part) for part in (lacking, broken, doubtful))
    missing, wrong, unsure = sums
    return verdicts.select(
        (missing * _MISSING + wrong * _BROKEN + unsure).cast(pl.UInt32).alias("validity")
    ).to_series()


def _worst(verdicts: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    ranks = [pl.col(name).replace_strict(_RANK, return_dtype=pl.UInt32) for name in names]
    return verdicts.select(pl.max_horizontal(ranks).alias("validity")).to_series()


def source(one: Candidates) -> pl.Series:
    """The trusted source first: by the rule's own order, else by that of ``[merge]``."""
    return ranked(one.members.sources, one.unit.order) if one.unit.order else one.members.source


def frequency(one: Candidates) -> pl.Series:
    """What more records of the cluster say comes first."""
    rows = one.members.rows.select("cluster").with_columns(key=one.key, filled=one.filled.cast(pl.UInt32))
    counted = rows.select(LAST - pl.col("filled").sum().over("cluster", "key"))
    return counted.to_series().cast(pl.UInt32)


def completeness(one: Candidates) -> pl.Series:
    """The record with more usable cells first."""
    return (LAST - one.members.completeness.cast(pl.Int64)).cast(pl.UInt32)


def recency(one: Candidates) -> pl.Series:
    """The record that was changed last first."""
    return one.members.recency


def primary(one: Candidates) -> pl.Series:
    """The surviving record first."""
    return (~one.members.rows["is_primary"]).cast(pl.UInt32)


def length(one: Candidates) -> pl.Series:
    """The longer text first."""
    return (LAST - one.text.fill_null("").str.len_chars().cast(pl.Int64)).cast(pl.UInt32)


def early(one: Candidates) -> pl.Series:
    """The earlier date first; canonical dates sort as they are."""
    return one.key.rank("dense").fill_null(LAST).cast(pl.UInt32)


def late(one: Candidates) -> pl.Series:
    """The later date first."""
    return one.key.rank("dense", descending=True).fill_null(LAST).cast(pl.UInt32)


def refusal(one: Candidates) -> pl.Series:
    """Who refuses first."""
    return refusals(one.members, one.unit.columns[0])


CRITERIA: Mapping[str, Callable[[Candidates], pl.Series]] = {
    "validity": validity,
    "source": source,
    "recency": recency,
    "completeness": completeness,
    "frequency": frequency,
    "primary": primary,
    "length": length,
    "early": early,
    "late": late,
    "refusal": refusal,
}
