"""The health of the relationships: reachability, phases, groups, satisfaction; as figures, and record by record."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.relationship import RelationshipFigures
from crmclean.measures.amounts import amounts, first_field
from crmclean.measures.answers import YES
from crmclean.measures.lifecycle import Phases, phases
from crmclean.measures.lifecycle import figures as lifecycle_figures
from crmclean.measures.reachability import Reach, channel_counts, channels, n_channels, reach
from crmclean.measures.records import Records
from crmclean.measures.satisfaction import kpis
from crmclean.measures.segments import VALUE_FIELDS, RfmScores, abc, parties, party_groups, rfm, rfm_figures

# Of the side file; see ``relationship_records``.
COLUMNS = (
    "row",
    "record_id",
    "party",
    "reachable",
    "allowed",
    "both",
    "phase_of_three",
    "phase_of_seven",
    "winback",
    "recency_days",
    "purchases",
    "value",
    "rfm",
    "rfm_group",
    "abc",
)


@dataclass(frozen=True, slots=True)
class _Known:
    ways: dict[str, Reach]
    phases: Phases | None
    parties: pl.Series
    rfm: RfmScores | None


def _known(records: Records, limits: LifecycleSection) -> _Known:
    found = phases(records, limits)
    return _Known(reach(records), found, parties(records), rfm(records, found.recency_days if found else None))


def measure_relationship(records: Records, limits: LifecycleSection) -> RelationshipFigures | None:
    """All figures; ``None`` where no column says anything about a relationship."""
    known = _known(records, limits)
    winnable = n_channels(known.ways, "both", records.n_rows) > 0
    classes = abc(records, limits)
    figures = RelationshipFigures(
        channels=channels(known.ways),
        reachable=channel_counts(known.ways, "reachable", records.n_rows),
        contactable=channel_counts(known.ways, "both", records.n_rows),
        lifecycle=lifecycle_figures(known.phases, winnable) if known.phases else None,
        parties=party_groups(known.parties),
        rfm=rfm_figures(known.rfm) if known.rfm else None,
        abc=classes[0] if classes else None,
        kpis=kpis(records, limits),
    )
    says = (figures.channels, figures.lifecycle, figures.rfm, figures.abc, figures.kpis)
    return figures if any(says) else None


def relationship_records(records: Records, limits: LifecycleSection) -> pl.DataFrame:
    """What the figures are counted from, one row a record with ``COLUMNS``.

    ``reachable``, ``allowed`` and ``both`` list the channels that say yes, with blanks between; ``winback`` is ``yes``
    or ``no``; ``rfm`` is up to three digits from 1 to 5, ``-`` for an unknown one. Null: nothing known. No cell of the
    export but the record's id.
    """
    known = _known(records, limits)
    classes = abc(records, limits)
    nothing = pl.lit(None, dtype=pl.String)
    frame = pl.DataFrame(
        {
            "row": pl.arange(1, records.n_rows + 1, eager=True, dtype=pl.UInt32),
            "record_id": _ids(records),
            "party": known.parties,
            **{question: _yes_channels(known.ways, question, records) for question in ("reachable", "allowed", "both")},
            "purchases": amounts(records, ("purchase_count",)),
            "value": amounts(records, first_field(records, VALUE_FIELDS)),
        }
    )
    if known.phases:
        frame = frame.with_columns(
            known.phases.three.alias("phase_of_three"),
            known.phases.seven.alias("phase_of_seven"),
            known.phases.recency_days,
        ).with_columns(
            winback=pl.when(pl.col("phase_of_seven") == "winback").then(pl.lit("yes")).otherwise(pl.lit("no"))
        )
    if known.rfm:
        frame = frame.with_columns(_digits(known.rfm), known.rfm.groups.alias("rfm_group"))
    if classes:
        frame = frame.with_columns(classes[1].alias("abc"))
    missing = {name: nothing for name in COLUMNS if name not in frame.columns}
    return frame.with_columns(**missing).select(COLUMNS)


def _ids(records: Records) -> pl.Series:
    """The record's id as the file writes it; null where it has none."""
    for judged in records.cleaned.of_field("record_id"):
        return records.cleaned.table.frame[judged.column.name]
    return pl.Series([None], dtype=pl.String).new_from_index(0, records.n_rows)


def _yes_channels(ways: dict[str, Reach], question: str, records: Records) -> pl.Series:
    if not ways:
        return pl.Series([None], dtype=pl.String).new_from_index(0, records.n_rows)
    frame = pl.DataFrame({name: getattr(one, question) == YES for name, one in ways.items()})
    names = [pl.when(pl.col(name)).then(pl.lit(name)) for name in ways]
    return frame.select(pl.concat_str(names, separator=" ", ignore_nulls=True).alias(question)).to_series()


def _digits(found: RfmScores) -> pl.Expr:
    """The fifths as one text: ``555`` is best."""
    digits = [
        found.scores[name].cast(pl.String).fill_null("-")
        if name in found.scores.columns
        else pl.Series(["-"]).new_from_index(0, len(found.groups))
        for name in ("recency", "frequency", "value")
    ]
    frame = pl.DataFrame([digit.alias(str(i)) for i, digit in enumerate(digits)])
    joined = frame.select(pl.concat_str(pl.all()).alias("rfm")).to_series()
    return pl.lit(joined).alias("rfm")
