"""The phase a relationship is in, by what was bought when and what the firm says itself.

Two models: three phases around the purchase (before the first, after it, bought again), and seven from acquisition to
termination. What nobody can tell is unknown. Facts go before labels: who has bought is no lead whatever the status
says, and who bought again after the end is back.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.language import Text
from crmclean.core.phase_titles import SEVEN, UNKNOWN
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import Group, Lifecycle
from crmclean.measures.amounts import amounts
from crmclean.measures.dated import any_day, earliest, latest
from crmclean.measures.records import Records
from crmclean.measures.status_words import BOUGHT, state_of

FIELDS = ("first_purchase_at", "last_purchase_at", "purchase_count", "ended_at", "lifecycle_phase")
_PURCHASE_DATES = ("first_purchase_at", "last_purchase_at")
THREE = {
    "first_purchase": Text("before the first purchase", "Erstkauf"),
    "after_purchase": Text("after the first purchase", "Nachkauf"),
    "repeat_purchase": Text("bought again", "Wiederkauf"),
    UNKNOWN: Text("unknown", "unbekannt"),
}
CUSTOMERS = frozenset({"onboarding", "growth", "retention", "defence"})  # phases of a living relationship
LEFT = frozenset({"winback", "termination"})


@dataclass(frozen=True, slots=True)
class Phases:
    """The phases record by record: ``String``, n_rows, keys of ``THREE`` and ``SEVEN``.

    Attributes:
        three: see ``THREE``.
        seven: see ``SEVEN``.
        recency_days: ``Int64``: since the last purchase; null where unknown.
        columns: what was read.
    """

    three: pl.Series
    seven: pl.Series
    recency_days: pl.Series
    columns: tuple[str, ...]


def phases(records: Records, limits: LifecycleSection) -> Phases | None:
    """The phases of all records; ``None`` where no column says anything about any record."""
    facts = _facts(records, limits)
    if not facts.width or not facts.select(pl.any_horizontal(pl.all().is_not_null().any())).item():
        return None
    today = pl.lit(records.cleaned.as_of)
    known = facts.with_columns(
        age_first=(today - pl.col("first")).dt.total_days(),
        age_last=(today - pl.col("last")).dt.total_days(),
        has_left=_has_left(today),
    ).with_columns(age_end=(today - pl.coalesce("gone", "last")).dt.total_days())
    said = known.select(_three().alias("three"), _seven(limits, today).alias("seven"), "age_last")
    columns = tuple(j.column.name for name in FIELDS for j in records.cleaned.of_field(name))
    return Phases(said["three"], said["seven"], said["age_last"].alias("recency_days"), columns)


def figures(found: Phases, winnable: pl.Series) -> Lifecycle:
    """How many records are in which phase.

    Args:
        found: the phases.
        winnable: ``Boolean``, n_rows: reachable and allowed to be contacted through some channel.
    """
    lost = found.seven == "winback"
    n_lost = int(lost.sum())
    return Lifecycle(
        columns=found.columns,
        three=_groups(found.three, THREE),
        seven=_groups(found.seven, SEVEN),
        winback=Ratio(n_lost, len(lost)),
        winback_reachable=Ratio(int((lost & winnable).sum()), n_lost),
    )


def _groups(values: pl.Series, titles: dict[str, Text]) -> tuple[Group, ...]:
    found = dict(values.value_counts().iter_rows())
    return tuple(Group(name, title, Ratio(found.get(name, 0), len(values))) for name, title in titles.items())


def _facts(records: Records, limits: LifecycleSection) -> pl.DataFrame:
    """What is known of each record: first and last purchase, number of them, end, state, and whether it bought."""
    if not any(records.has(name) for name in FIELDS):
        return pl.DataFrame()
    count = amounts(records, ("purchase_count",))
    frame = pl.DataFrame(
        {
            "first": earliest(records, ("first_purchase_at",)),
            "last": latest(records, ("last_purchase_at",)),
            "count": count,
            "gone": _end(records),
            "state": _state(records),
        }
    )
    once = pl.col("count") == 1
    # One purchase has one day, whichever column it stands in; no purchase is after the last one.
    frame = frame.with_columns(
        first=pl.when((pl.col("first").is_null() & once) | (pl.col("last") < pl.col("first")))
        .then("last")
        .otherwise("first"),
        last=pl.when(pl.col("last").is_null() & once).then("first").otherwise("last"),
    )
    is_empty_no = limits.empty_is_no_purchase and any(records.has(name) for name in _PURCHASE_DATES)
    filled = pl.Series("filled", records.filled("first_purchase_at") | records.filled("last_purchase_at"))
    has_bought = (
        pl.when(pl.any_horizontal(pl.col("first", "last").is_not_null()) | (pl.col("count") >= 1))
        .then(pl.lit(value=True))
        .when(pl.col("count") == 0)
        .then(pl.lit(value=False))
        .when(pl.col("state").is_in(sorted(BOUGHT)))
        .then(pl.lit(value=True))
        .when((pl.col("state") == "prospect") | (pl.lit(is_empty_no) & ~filled))
        .then(pl.lit(value=False))
    )
    return frame.with_columns(has_bought=has_bought)


def _end(records: Records) -> pl.Series:
    """The latest day named as the end, days to come included."""
    days = [any_day(judged) for judged in records.cleaned.of_field("ended_at")]
    if not days:
        return pl.Series([None], dtype=pl.Date).new_from_index(0, records.n_rows)
    frame = pl.DataFrame([day.alias(str(i)) for i, day in enumerate(days)])
    return frame.select(pl.max_horizontal(pl.all()).alias("gone")).to_series()


def _state(records: Records) -> pl.Series:
    """What the firm says, as a group of ``status_words``; the first column that says something known."""
    said = []
    for judged in records.cleaned.of_field("lifecycle_phase"):
        words = judged.canonical.drop_nulls().unique(maintain_order=True)
        states = pl.Series([state_of(word) for word in words], dtype=pl.String)
        said.append(judged.canonical.replace_strict(words, states, default=None, return_dtype=pl.String))
    if not said:
        return pl.Series([None], dtype=pl.String).new_from_index(0, records.n_rows)
    frame = pl.DataFrame([state.alias(str(i)) for i, state in enumerate(said)])
    return frame.select(pl.coalesce(pl.all()).alias("state")).to_series()


def _has_left(today: pl.Expr) -> pl.Expr:
    """Whether the relationship ended, and nothing was bought after that."""
    ended = (pl.col("gone") <= today).fill_null(value=False)
    is_back = (pl.col("last") > pl.col("gone")).fill_null(value=False)
    return (ended & ~is_back) | ((pl.col("state") == "former").fill_null(value=False) & ~is_back)


def _three() -> pl.Expr:
    has_again = (pl.col("count") >= 2) | (pl.col("last") > pl.col("first"))
    has_once = (pl.col("count") == 1) | (pl.col("count").is_null() & (pl.col("last") == pl.col("first")))
    return (
        pl.when(~pl.col("has_bought"))
        .then(pl.lit("first_purchase"))
        .when(has_again)
        .then(pl.lit("repeat_purchase"))
        .when(has_once | (pl.col("has_bought") & (pl.col("state") == "onboarding")))
        .then(pl.lit("after_purchase"))
        .otherwise(pl.lit(UNKNOWN))
    )


def _seven(limits: LifecycleSection, today: pl.Expr) -> pl.Expr:
    first, last, state = pl.col("age_first"), pl.col("age_last"), pl.col("state")
    # The last purchase is not before the first: a first one within the limit is a last one within it.
    recent = (last.is_not_null() & (last < limits.at_risk_days)) | (last.is_null() & (first < limits.at_risk_days))
    return (
        pl.when(state == "closed")
        .then(pl.lit("termination"))
        .when(pl.col("has_left") & (pl.col("age_end") < limits.ended_days))
        .then(pl.lit("winback"))
        .when(pl.col("has_left"))
        .then(pl.lit("termination"))
        .when(~pl.col("has_bought"))
        .then(pl.lit("acquisition"))
        .when(last >= limits.ended_days)
        .then(pl.lit("termination"))
        .when(last >= limits.lost_days)
        .then(pl.lit("winback"))
        .when((last >= limits.at_risk_days) | (pl.col("has_bought") & (pl.col("gone") > today)))
        .then(pl.lit("defence"))
        .when(state.is_in(["onboarding", "growth", "retention", "defence", "winback"]))
        .then(state)
        .when(recent & (first < limits.onboarding_days))
        .then(pl.lit("onboarding"))
        .when(recent & (first < limits.growth_days))
        .then(pl.lit("growth"))
        .when(recent & first.is_not_null())
        .then(pl.lit("retention"))
        .otherwise(pl.lit(UNKNOWN))
    )
