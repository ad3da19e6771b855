"""Groups of customers: businesses and consumers, recency-frequency-value, and the ABC analysis of revenue.

Sources: Hughes, Strategic Database Marketing, 1994 (RFM in fifths); Dickie, ABC Inventory Analysis Shoots for Dollars,
Not Pennies, 1951, and Pareto's rule (the 20 % that make 80 %, which is measured here and not taken for granted).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.language import Text
from crmclean.core.ratio import Ratio
from crmclean.core.registry import FIELDS
from crmclean.core.relationship import Abc, AbcClass, Group, Rfm
from crmclean.measures.amounts import amounts, columns_of, first_field
from crmclean.measures.records import Records

PARTIES = {
    "business": Text("businesses (B2B)", "Firmen (B2B)"),
    "consumer": Text("consumers (B2C)", "Verbraucher (B2C)"),
    "unknown": Text("unknown", "unbekannt"),
}
RFM_GROUPS = {
    "best": Text("best: recent, frequent, valuable", "beste: kürzlich, oft, viel"),
    "slipping": Text("slipping away: good, but long ago", "entgleitend: gut, aber lange her"),
    "new": Text("new or rare: recent, seldom", "neu oder selten: kürzlich, selten"),
    "quiet": Text("quiet: long ago, seldom, little", "still: lange her, selten, wenig"),
    "middle": Text("in between", "dazwischen"),
}
# What a customer brings; ``revenue`` is the customer's own turnover and says nothing about it.
VALUE_FIELDS = ("customer_revenue", "lifetime_value")
_FIFTHS = 5
_HIGH, _LOW = 4, 2  # fifths that count as high and as low
_TOP = 0.2  # of the customers; Pareto's fifth
_PERSON_NAMES = ("last_name", "first_name", "full_name")


def parties(records: Records) -> pl.Series:
    """What each record is (``String``, n_rows, keys of ``PARTIES``), from what it names.

    A company's name or one of its ids, or a company the record belongs to, makes a business. A person alone is a
    consumer only where the file has a column for the company and it is empty; else nobody knows.
    """
    if records.entity in ("company", "contact", "person"):
        whole = "consumer" if records.entity == "person" else "business"
        return pl.repeat(whole, records.n_rows, dtype=pl.String, eager=True)
    signs = [name for name in records.fields() if FIELDS[name].group == "id" or name in ("company_name", "parent_id")]
    is_business = reduce(or_, (records.usable(name) for name in signs), records.none())
    is_person = reduce(or_, (records.usable(name) for name in _PERSON_NAMES), records.none())
    is_consumer = is_person if records.has("company_name") else records.none()
    frame = pl.DataFrame({"business": is_business, "consumer": is_consumer})
    said = pl.when("business").then(pl.lit("business")).when("consumer").then(pl.lit("consumer"))
    return frame.select(said.otherwise(pl.lit("unknown")).alias("party")).to_series()


def party_groups(found: pl.Series) -> tuple[Group, ...]:
    """How many are what; nothing where the file does not say it of anybody."""
    counted = dict(found.value_counts().iter_rows())
    if counted.get("unknown", 0) == len(found):
        return ()
    return tuple(Group(name, title, Ratio(counted.get(name, 0), len(found))) for name, title in PARTIES.items())


@dataclass(frozen=True, slots=True)
class RfmScores:
    """Fifths record by record.

    Attributes:
        scores: n_rows x up to three columns ``recency``, ``frequency``, ``value`` (``UInt8``, 5 is best, null unknown).
        groups: ``String``, n_rows, keys of ``RFM_GROUPS``; null where one of them is unknown.
        columns: what was read.
    """

    scores: pl.DataFrame
    groups: pl.Series
    columns: tuple[str, ...]


def rfm(records: Records, recency_days: pl.Series | None) -> RfmScores | None:
    """Fifths of the file; ``None`` where fewer than two of the three are known of at least five records."""
    value_field = first_field(records, VALUE_FIELDS)
    facts = {
        "recency": None if recency_days is None else -recency_days,
        "frequency": amounts(records, ("purchase_count",)),
        "value": amounts(records, value_field),
    }
    scores = pl.DataFrame(
        [_fifths(values).alias(name) for name, values in facts.items() if values is not None and values.count()]
    )
    if scores.width < 2 or scores.drop_nulls().height < _FIFTHS:
        return None
    read = {
        "recency": ("last_purchase_at",),
        "frequency": ("purchase_count",),
        "value": value_field,
    }
    columns = tuple(column for name in scores.columns for column in columns_of(records, read[name]))
    return RfmScores(scores, _rfm_groups(scores), columns)


def rfm_figures(found: RfmScores) -> Rfm:
    """How many are in which group."""
    counted = dict(found.groups.drop_nulls().value_counts().iter_rows())
    n_known = sum(counted.values())
    groups = tuple(Group(name, title, Ratio(counted.get(name, 0), n_known)) for name, title in RFM_GROUPS.items())
    return Rfm(found.columns, Ratio(n_known, len(found.groups)), groups)


def _fifths(values: pl.Series) -> pl.Series:
    """1 to 5 by rank, 5 the highest; equal values share their fifth, so that order of rows decides nothing."""
    share = (values.rank("average") - 0.5) / values.count()  # the middle of a rank: never on a border by rounding
    return (share * _FIFTHS).ceil().clip(1, _FIFTHS).cast(pl.UInt8)


def _rfm_groups(scores: pl.DataFrame) -> pl.Series:
    has = scores.columns
    often = [pl.col(name) for name in ("frequency", "value") if name in has]
    is_recent = pl.col("recency") >= _HIGH if "recency" in has else pl.lit(value=True)
    is_long_ago = pl.col("recency") <= _LOW if "recency" in has else pl.lit(value=False)
    is_seldom = pl.col("frequency") <= _LOW if "frequency" in has else pl.lit(value=False)
    said = (
        pl.when(pl.any_horizontal(pl.all().is_null()))
        .then(None)
        .when(is_recent & reduce(and_, (each >= _HIGH for each in often)))
        .then(pl.lit("best"))
        .when(is_long_ago & reduce(or_, (each >= _HIGH for each in often)))
        .then(pl.lit("slipping"))
        .when(is_recent & is_seldom)
        .then(pl.lit("new"))
        .when(is_long_ago & reduce(and_, (each <= _LOW for each in often)))
        .then(pl.lit("quiet"))
        .otherwise(pl.lit("middle"))
    )
    return scores.select(said.cast(pl.String).alias("group")).to_series()


def abc(records: Records, limits: LifecycleSection) -> tuple[Abc, pl.Series] | None:
    """The analysis, and the class of each record (``String``, n_rows; null without a revenue).

    ``None`` where no record has a revenue above zero. Classes are made of whole values: all customers with the same
    revenue are in the class where the first of them stands.
    """
    field = first_field(records, VALUE_FIELDS)
    values = amounts(records, field)
    by_value = _cumulated(values)
    total = float(by_value["until"][-1]) if by_value.height else 0.0
    if total <= 0:
        return None
    before = pl.col("before") / total
    classed = by_value.with_columns(
        pl.when((before < limits.a_share) & (pl.col("value") > 0))
        .then(pl.lit("A"))
        .when((before < limits.b_share) & (pl.col("value") > 0))
        .then(pl.lit("B"))
        .otherwise(pl.lit("C"))
        .alias("class")
    )
    n_known = int(classed["n"].sum())
    n_top = -(-n_known // _FIFTHS)
    figures = Abc(
        columns=columns_of(records, field),
        known=Ratio(n_known, records.n_rows),
        top=Ratio(n_top, n_known),
        top_share=round(_revenue_of(classed, n_top) / total, 4),
        vital=Ratio(_fewest(classed, limits.a_share * total), n_known),
        vital_share=limits.a_share,
        classes=tuple(_class(classed, name, n_known, total) for name in "ABC"),
        negative=int((values < 0).sum()),
    )
    classes = values.replace_strict(classed["value"], classed["class"], default=None, return_dtype=pl.String)
    return figures, classes


def _cumulated(values: pl.Series) -> pl.DataFrame:
    """Different values from the highest on: ``value``, ``n`` customers, ``before`` and ``until``, revenue so far.

    What is below zero adds nothing. Summed from the highest on, so that the order of rows changes no bit of it.
    """
    counted = pl.DataFrame({"value": values.drop_nulls()}).group_by("value").agg(n=pl.len())
    highest_first = counted.sort("value", descending=True)
    made = (pl.col("value").clip(0) * pl.col("n")).cum_sum()
    return highest_first.with_columns(until=made).with_columns(before=pl.col("until").shift(1).fill_null(0.0))


def _revenue_of(by_value: pl.DataFrame, n_customers: int) -> float:
    """What the first so many customers make."""
    counted = by_value.with_columns(seen=pl.col("n").cum_sum().cast(pl.Int64))
    reached = counted.filter(pl.col("seen") >= n_customers).row(0, named=True)
    return float(reached["before"] + max(reached["value"], 0) * (n_customers - (reached["seen"] - reached["n"])))


def _fewest(by_value: pl.DataFrame, revenue: float) -> int:
    """The fewest customers that make so much."""
    counted = by_value.with_columns(seen=pl.col("n").cum_sum().cast(pl.Int64))
    reached = counted.filter(pl.col("until") >= revenue).row(0, named=True)
    missing = revenue - reached["before"]
    n_more = -(-missing // reached["value"]) if reached["value"] > 0 else 0
    return int(reached["seen"] - reached["n"] + n_more)


def _class(by_value: pl.DataFrame, name: str, n_known: int, total: float) -> AbcClass:
    members = by_value.filter(pl.col("class") == name)
    revenue = float((members["value"].clip(0) * members["n"]).sum())
    return AbcClass(name, Ratio(int(members["n"].sum()), n_known), round(revenue / total, 4))
